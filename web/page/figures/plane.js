/** The plane and the network's answer on it. */
import { html, nothing, render } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { make } from '../element.js';
import { formatNumber, formatPercent, t } from '../i18n.js';
import { shareOf } from './network-touch.js';
import { createHand } from './plane-hand.js';
import { planeLegend } from './plane-legend.js';
import { createPlanePicture } from './plane-picture.js';
import { planeRows } from './plane-rows.js';
import { isNear, pointBeside, pointCode, pointText, pointUnder } from './plane-touch.js';
import './plane.css';

/**
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
 * @returns {import('./figure.js').Figure & {lens: (picture: Picture | null) => void}}
 *   lens: what one unit responds to, in the place of the network's answer
 */
export function createPlaneFigure({ number, onPoint, onPut, onGuess }) {
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
  const hand = createHand({ onPut, onGuess });

  function draw() {
    const { scene, showTest, discrete } = picture;
    const classes = scene?.classes ?? 2;
    const ticks = scene?.extent.map((value) => formatNumber(value, { maximumFractionDigits: 1 }));
    render(
      html`<div class="map">
          <div class="map-axis map-axis-y" aria-hidden="true">
            <span>${ticks?.[3]}</span><i>x₂</i><span>${ticks?.[2]}</span>
          </div>
          <div
            class="map-plane"
            data-testid="decision-map"
            role="application"
            tabindex=${scene ? 0 : -1}
            aria-label=${summary || t('playground:map.empty')}
            aria-describedby="map-point"
            data-hand=${hand.sketching ? 'sketch' : 'point'}
            @pointermove=${pointAt}
            @pointerdown=${pointAt}
            @pointerup=${hand.up}
            @pointercancel=${hand.up}
            @pointerleave=${leave}
            @touchstart=${{ handleEvent: keep, passive: false }}
            @keydown=${travel}
          >
            ${picture.layers()}
            <b class="map-spot" ?hidden=${!point} aria-hidden="true" ${ref(spot)}></b>
          </div>
          <div class="map-axis map-axis-x" aria-hidden="true">
            <span>${ticks?.[0]}</span><i>x₁</i><span>${ticks?.[1]}</span>
          </div>
        </div>
        ${planeLegend({
          classes,
          showTest,
          discrete,
          hand,
          distance,
          onShowTest(on) {
            picture.showTest = on;
            picture.paintScene();
          },
          onDiscrete(on) {
            picture.discrete = on;
            picture.paintMap();
          },
          onHand: draw,
        })}
        <p
          class="map-point numbers"
          id="map-point"
          data-testid="map-point"
          aria-live="polite"
          title=${point ? pointCode(point, answer) : nothing}
        >
          ${point ? pointText(point, answer) : t('playground:map.hint')}
        </p>
        ${planeRows({
          points: scene?.train,
          answers,
          pinned,
          onPoint: pin,
        })}
        <figcaption>
          <b>${t('playground:figure', { number })}</b>
          ${t(classes > 2 ? 'playground:map.captionMany' : 'playground:map.caption')}
        </figcaption>`,
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
    const busy = event.type === 'pointerdown' ? hand.down(event) : hand.move(event);
    if (busy) return pointTo(pinned);
    const under = pointUnder(event, scene.extent);
    if (event.type === 'pointerdown') pin(under);
    else if (event.pointerType !== 'touch') pointTo(under);
  }

  function leave() {
    hand.leave();
    pointTo(pinned);
  }

  /** A finger that drags does not scroll. @param {TouchEvent} event */
  function keep(event) {
    const { scene } = picture;
    if (scene && event.cancelable && hand.wants(event)) event.preventDefault();
  }

  /** @param {KeyboardEvent} event */
  function travel(event) {
    const { scene } = picture;
    if (!scene) return;
    if (event.key === 'Enter' && hand.sketching && point) {
      const [across, down] = shareOf(scene.extent, point.x1, point.x2);
      return hand.add(across, 1 - down);
    }
    const next = event.key === 'Escape' ? null : pointBeside(event.key, point, scene.extent);
    if (next === undefined) return;
    event.preventDefault();
    pinned = next;
    pointTo(next);
  }

  function repaint() {
    picture.paintMap();
    picture.paintScene();
    hand.paint();
  }

  /** @param {Record<string, any>} head */
  function takeGuess(head) {
    if (head.settings) hand.guessed(head.settings.guess ?? '');
    const before = distance;
    distance = head.guess_distance;
    return before !== distance || !!head.settings;
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
      hand.begin(extent);
      takeGuess(head);
      picture.take(arrays);
      draw();
    },
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
