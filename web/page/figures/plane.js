/** The plane and the network's answer on it. */
import { html, render } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { classMark } from '../controls/class-mark.js';
import { checkbox } from '../controls/fields.js';
import { paintPoints } from '../drawings/data-points.js';
import { decided, fitToScreen, paintBoundary, paintField } from '../drawings/decision-map.js';
import { make } from '../element.js';
import { formatNumber, formatPercent, t } from '../i18n.js';
import { shareOf } from './network-touch.js';
import { planeRows } from './plane-rows.js';
import { isNear, pointBeside, pointText, pointUnder } from './plane-touch.js';
import './plane.css';

/**
 * @typedef {import('../../shared/protocol.js').Reply} Reply
 * @typedef {import('../drawings/data-points.js').Points} Points
 * @typedef {import('../drawings/data-points.js').Extent} Extent
 * @typedef {import('./plane-touch.js').Point} Point
 * @typedef {{train: Points, test: Points, extent: Extent, classes: number, outputs: number}} Scene
 *   outputs: which layer they are
 */

/**
 * @param {object} options
 * @param {number} options.number
 * @param {(point: Point | null) => void} options.onPoint  somebody points at a place, or no more
 * @returns {import('./figure.js').Figure}
 */
export function createPlaneFigure({ number, onPoint }) {
  const element = make('figure', 'map-figure');
  /** @type {import('lit/directives/ref.js').Ref<HTMLCanvasElement>[]} */
  const [field, line, dots] = [createRef(), createRef(), createRef()];
  /** @type {import('lit/directives/ref.js').Ref<HTMLElement>} */
  const spot = createRef();
  /** @type {Scene | null} */
  let scene = null;
  /** @type {Reply['arrays'][string] | null} */
  let map = null;
  let summary = '';
  let showTest = false;
  let discrete = false;
  /** What somebody points at. @type {Point | null} */
  let point = null;
  /** What was pressed, and stays when the pointer goes. @type {Point | null} */
  let pinned = null;
  /** What the network says there. @type {ArrayLike<number> | null | undefined} */
  let answer = null;
  /** What it says to each of a few points. @type {ArrayLike<number> | undefined} */
  let answers;

  function draw() {
    const many = (scene?.classes ?? 2) > 2;
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
            @pointermove=${pointAt}
            @pointerdown=${pointAt}
            @pointerleave=${() => pointTo(pinned)}
            @keydown=${travel}
          >
            <canvas class="map-field" width="60" height="60" ${ref(field)}></canvas>
            <canvas class="map-layer" ${ref(line)}></canvas>
            <canvas class="map-layer" ${ref(dots)}></canvas>
            <b class="map-spot" ?hidden=${!point} aria-hidden="true" ${ref(spot)}></b>
          </div>
          <div class="map-axis map-axis-x" aria-hidden="true">
            <span>${ticks?.[0]}</span><i>x₁</i><span>${ticks?.[1]}</span>
          </div>
        </div>
        <div class="map-legend">
          ${many ? classesLegend(Number(scene?.classes)) : scaleLegend()}
          ${checkbox({
            label: t('playground:map.showTest'),
            testid: 'show-test',
            checked: showTest,
            onChange: (checked) => {
              showTest = checked;
              paintScene();
            },
          })}
          ${checkbox({
            label: t('playground:map.discrete'),
            testid: 'discrete',
            checked: discrete,
            onChange: (checked) => {
              discrete = checked;
              paintMap();
            },
          })}
        </div>
        <p class="map-point numbers" id="map-point" data-testid="map-point" aria-live="polite">
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
          ${t(many ? 'playground:map.captionMany' : 'playground:map.caption')}
        </figcaption>`,
      element,
    );
    if (!point || !scene || !spot.value) return;
    const [left, top] = shareOf(scene.extent, point.x1, point.x2);
    spot.value.style.left = `${100 * left}%`;
    spot.value.style.top = `${100 * top}%`;
  }

  /** @param {Point | null} next */
  function pointTo(next) {
    if (!scene || (!next && !point)) return;
    point = next;
    answer = null;
    onPoint(next);
    draw();
  }

  /** The same place once more lets go of it. @param {Point} next */
  function pin(next) {
    pinned = scene && isNear(next, pinned, scene.extent) ? null : next;
    pointTo(pinned);
  }

  /** @param {PointerEvent} event */
  function pointAt(event) {
    if (!scene) return;
    const under = pointUnder(event, scene.extent);
    if (event.type === 'pointerdown') pin(under);
    else if (event.pointerType !== 'touch') pointTo(under);
  }

  /** @param {KeyboardEvent} event */
  function travel(event) {
    if (!scene) return;
    const next = event.key === 'Escape' ? null : pointBeside(event.key, point, scene.extent);
    if (next === undefined) return;
    event.preventDefault();
    pinned = next;
    pointTo(next);
  }

  function paintScene() {
    if (!scene || !dots.value) return;
    const { test, ...rest } = scene;
    paintPoints(dots.value, showTest ? { ...rest, test } : rest);
  }

  function paintMap() {
    if (!map || !field.value || !line.value) return;
    paintField(field.value, discrete ? decided(map) : map);
    paintBoundary(line.value, map);
  }

  function repaint() {
    paintMap();
    paintScene();
  }

  /** @param {Reply['arrays']} arrays */
  const answerIn = (arrays) => scene && arrays[`touch/values/${scene.outputs}`]?.data;

  return {
    element,
    get sized() {
      return dots.value;
    },
    draw,
    repaint,
    clear() {
      scene = map = point = pinned = null;
      answers = undefined;
      for (const { value } of [field, line, dots]) if (value) fitToScreen(value);
      draw();
    },
    begin({ head: { extent, classes, layers }, arrays }) {
      scene = {
        train: { x: arrays.train_x.data, y: arrays.train_y.data },
        test: { x: arrays.test_x.data, y: arrays.test_y.data },
        extent,
        classes,
        outputs: layers.length - 1,
      };
      answers = arrays.answers?.data;
      draw();
      paintScene();
    },
    update(arrays) {
      map = arrays.map;
      paintMap();
      const few = arrays.answers?.data;
      const words = answers || few || point;
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
      summary = t('playground:map.summary', {
        epoch: formatNumber(head.epoch),
        accuracy: formatPercent(head.accuracy),
      });
      draw();
    },
  };
}

/** @param {number} classes */
function classesLegend(classes) {
  return html`<div class="legend-classes">
    ${Array.from(
      { length: classes },
      (_, index) =>
        html`<span>${classMark(classes, index)} ${t('playground:map.class', { number: index + 1 })}</span>`,
    )}
  </div>`;
}

function scaleLegend() {
  return html`<div class="legend-scale">
    <span>${classMark(2, 0)} ${t('playground:map.orange')}</span>
    <span class="scale-bar" aria-hidden="true"></span>
    <span>${classMark(2, 1)} ${t('playground:map.blue')}</span>
  </div>`;
}
