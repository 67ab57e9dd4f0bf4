/** The plane and the network's answer on it. */
import { html, render } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { classMark } from '../controls/class-mark.js';
import { checkbox } from '../controls/fields.js';
import { paintPoints } from '../drawings/data-points.js';
import { fitToScreen, paintBoundary, paintField } from '../drawings/decision-map.js';
import { make } from '../element.js';
import { formatNumber, formatPercent, t } from '../i18n.js';
import './plane.css';

/**
 * @typedef {import('../../shared/protocol.js').Reply} Reply
 * @typedef {import('../drawings/data-points.js').Points} Points
 * @typedef {import('../drawings/data-points.js').Extent} Extent
 * @typedef {{train: Points, test: Points, extent: Extent, classes: number}} Scene
 */

/**
 * @param {{number: number}} options
 * @returns {import('./figure.js').Figure}
 */
export function createPlaneFigure({ number }) {
  const element = make('figure', 'map-figure');
  /** @type {import('lit/directives/ref.js').Ref<HTMLCanvasElement>[]} */
  const [field, line, dots] = [createRef(), createRef(), createRef()];
  /** @type {Scene | null} */
  let scene = null;
  /** @type {Reply['arrays'][string] | null} */
  let map = null;
  let summary = '';
  let showTest = false;

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
            role="img"
            aria-label=${summary || t('playground:map.empty')}
          >
            <canvas class="map-field" width="60" height="60" ${ref(field)}></canvas>
            <canvas class="map-layer" ${ref(line)}></canvas>
            <canvas class="map-layer" ${ref(dots)}></canvas>
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
        </div>
        <figcaption>
          <b>${t('playground:figure', { number })}</b>
          ${t(many ? 'playground:map.captionMany' : 'playground:map.caption')}
        </figcaption>`,
      element,
    );
  }

  function paintScene() {
    if (!scene || !dots.value) return;
    const { test, ...rest } = scene;
    paintPoints(dots.value, showTest ? { ...rest, test } : rest);
  }

  function paintMap() {
    if (!map || !field.value || !line.value) return;
    paintField(field.value, map);
    paintBoundary(line.value, map);
  }

  function repaint() {
    paintMap();
    paintScene();
  }

  return {
    element,
    get sized() {
      return dots.value;
    },
    draw,
    repaint,
    clear() {
      scene = map = null;
      for (const { value } of [field, line, dots]) if (value) fitToScreen(value);
      draw();
    },
    begin({ head: { extent, classes }, arrays }) {
      scene = {
        train: { x: arrays.train_x.data, y: arrays.train_y.data },
        test: { x: arrays.test_x.data, y: arrays.test_y.data },
        extent,
        classes,
      };
      draw();
      paintScene();
    },
    update(arrays) {
      map = arrays.map;
      paintMap();
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
