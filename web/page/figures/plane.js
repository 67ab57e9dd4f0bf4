/** The plane and the network's answer on it. */
import { html, nothing, render } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { make } from '../element.js';
import { formatNumber, formatPercent, t } from '../i18n.js';
import { isPlain } from './network-features.js';
import { shareOf } from './network-touch.js';
import { withAxes } from './plane-axes.js';
import { planeCaption, planeLegend } from './plane-legend.js';
import { planePalette } from './plane-palette.js';
import { createPlanePicture } from './plane-picture.js';
import { planeRows, pointLine } from './plane-rows.js';
import { createTools } from './plane-tools.js';
import { isNear, pointBeside, pointUnder } from './plane-touch.js';
import './plane.css';

/**
 * @typedef {object} PlaneHands
 * @property {(seen: Picture | null) => void} lens  what one unit responds to, in the answer's place
 * @property {(empty: boolean) => void} paint  points can be put on the plane now, or added to others
 * @property {(text: string) => void} tell  of a file with points
 * @property {() => import('./plane-picture.js').Seen} seen
 *
 * @typedef {import('../../shared/protocol.js').Reply} Reply
 * @typedef {import('./plane-touch.js').Point} Point
 * @typedef {import('../drawings/unit-picture.js').Picture} Picture
 */

/**
 * @param {object} options
 * @param {number} options.number
 * @param {(point: Point | null) => void} options.onPoint  somebody points at a place, or no more
 * @param {(changes: Record<string, number>) => void} options.onPut  a neuron's line was dragged
 * @param {(guess: string) => void} options.onGuess
 * @param {(points: import('../session/points-text.js').OwnPoint[]) => void} options.onOwn  were painted
 * @param {(file: File) => void} options.onLoad  points of a file
 * @param {() => void} options.onSave  points into a file
 * @returns {import('./figure.js').Figure & PlaneHands}
 */
export function createPlaneFigure({ number, onPoint, onPut, onGuess, onOwn, onLoad, onSave }) {
  const element = make('figure', 'map-figure');
  const picture = createPlanePicture();
  /** @type {import('lit/directives/ref.js').Ref<HTMLElement>} */
  const spot = createRef();
  let summary = '';
  /** What somebody points at. @type {Point | null} */
  let point = null;
  /** What was pressed, and stays when the pointer goes. @type {Point | null} */
  let pinned = null;
  /** What the network says there. @type {ArrayLike<number> | null | undefined} */
  let answer = null;
  /** What it says to each of a few points. @type {ArrayLike<number> | undefined} */
  let answers;
  /** Of a guess from the network's boundary. @type {number | null | undefined} */
  let distance;
  /** Of a file with points. */
  let news = '';
  /** Not a recording. */
  let live = false;
  const tools = createTools({ picture, onPut, onGuess, onOwn, onChange: draw });
  const { hand, paint } = tools;

  function draw() {
    const { scene } = picture;
    const classes = scene?.classes ?? 2;
    render(
      html`${withAxes(
        scene?.extent,
        html`<div
            class="map-plane"
            data-testid="decision-map"
            role="application"
            tabindex=${scene ? 0 : -1}
            aria-label=${summary || t('playground:map.empty')}
            aria-describedby="map-point"
            ?data-bare=${paint.on && paint.points.length === 0}
            data-hand=${paint.on ? 'paint' : hand.sketching ? 'sketch' : 'point'}
            @pointermove=${pointAt}
            @pointerdown=${pointAt}
            @pointerup=${tools.up}
            @pointercancel=${tools.up}
            @pointerleave=${leave}
            @touchstart=${{ handleEvent: keep, passive: false }}
            @keydown=${travel}
          >
            ${picture.layers()}
            <b class="map-spot" ?hidden=${!point} aria-hidden="true" ${ref(spot)}></b>
          </div>`,
      )}
        ${planeLegend({
          classes,
          live,
          picture,
          hand,
          distance,
          paint,
          onPaint: () => (paint.on ? paint.stop() : tools.startPainting(false)),
          onHand: draw,
        })}
        ${paint.on ? planePalette({ paint, news, onLoad, onSave }) : nothing}
        ${pointLine(point, answer, classes)}
        ${planeRows({
          points: scene?.train,
          classes,
          answers,
          pinned,
          onPoint: pin,
        })}
        ${planeCaption(number, classes)}`,
      element,
    );
    hand.on(picture.hand);
    if (!point || !scene || !spot.value) return;
    const [left, top] = shareOf(scene.extent, point.x1, point.x2);
    spot.value.style.left = `${100 * left}%`;
    spot.value.style.top = `${100 * top}%`;
  }

  /** @param {Point | null} next */
  function pointTo(next) {
    const { scene } = picture;
    if (!scene || (!next && !point)) return;
    point = next;
    answer = null;
    onPoint(next);
    draw();
  }

  /** The same place once more lets go of it. @param {Point} next */
  function pin(next) {
    const { scene } = picture;
    pinned = scene && isNear(next, pinned, scene.extent) ? null : next;
    pointTo(pinned);
  }

  /** @param {PointerEvent} event */
  function pointAt(event) {
    const { scene } = picture;
    if (!scene) return;
    const busy = event.type === 'pointerdown' ? tools.down(event) : tools.move(event);
    if (busy) return pointTo(pinned);
    const under = pointUnder(event, scene.extent);
    if (event.type === 'pointerdown') pin(under);
    else if (event.pointerType !== 'touch') pointTo(under);
  }

  function leave() {
    tools.leave();
    pointTo(pinned);
  }

  /** A finger that drags does not scroll. @param {TouchEvent} event */
  function keep(event) {
    const { scene } = picture;
    if (scene && event.cancelable && tools.wants(event)) event.preventDefault();
  }

  /** @param {KeyboardEvent} event */
  function travel(event) {
    const { scene } = picture;
    if (!scene) return;
    if (tools.key(event, point)) return event.preventDefault();
    if (event.key === 'Enter' && hand.sketching && point) {
      const [across, down] = shareOf(scene.extent, point.x1, point.x2);
      return hand.add(across, 1 - down);
    }
    const next = event.key === 'Escape' ? null : pointBeside(event.key, point, scene.extent);
    if (next === undefined) return;
    event.preventDefault();
    pinned = next;
    if (next && paint.carries) paint.carry(next);
    pointTo(next);
  }

  function repaint() {
    picture.paintMap();
    picture.paintScene();
    hand.paint();
  }

  /** @param {Record<string, any>} head @returns {boolean} whether there is something to be told */
  function takeGuess({ settings, guess_distance: now }) {
    if (settings) hand.guessed(settings.guess ?? '');
    const told = now === distance && !settings;
    distance = now;
    return !told;
  }

  /** @param {Reply['arrays']} arrays */
  const answerIn = ({ [`touch/values/${picture.scene?.outputs}`]: said }) => said?.data;

  return {
    element,
    get sized() {
      return picture.sized;
    },
    draw,
    lively: true,
    repaint,
    clear() {
      picture.clear();
      point = pinned = null;
      answers = undefined;
      draw();
    },
    begin({ head, arrays }) {
      const { extent, classes, layers } = head;
      const none = { x: [], y: [] };
      const outputs = layers.length - 1;
      picture.scene = { train: none, test: none, extent, classes, outputs };
      answers = arrays.answers?.data;
      live = !!head.settings;
      hand.begin(extent, isPlain(head.settings?.features));
      takeGuess(head);
      picture.take(arrays);
      tools.opened();
      draw();
    },
    paint: tools.startPainting,
    tell(text) {
      news = text;
      draw();
    },
    seen: picture.seen,
    lens: (seen) => picture.lens(seen),
    update(arrays, head, moving) {
      picture.take(arrays);
      hand.update(arrays);
      picture.show(arrays.map, moving);
      const few = arrays.answers?.data;
      const words = takeGuess(head) || answers || few || point;
      answers = few;
      if (point) answer = answerIn(arrays);
      if (words) draw();
    },
    touch(arrays) {
      if (arrays) answer = answerIn(arrays);
      draw();
    },
    describe(head) {
      if (!head) return;
      picture.settle();
      summary = t('playground:map.summary', {
        epoch: formatNumber(head.epoch),
        accuracy: formatPercent(head.accuracy),
      });
      draw();
    },
  };
}
