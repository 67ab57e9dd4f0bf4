// What a run looks like: its curves, and the picture that suits the recipe.
import { html, nothing, render } from 'lit';
import { classMark } from '../../controls/class-mark.js';
import { curveMark, curveStyle } from '../../drawings/curve-styles.js';
import { createCurves } from '../../drawings/curves.js';
import { paintPoints } from '../../drawings/data-points.js';
import { paintField } from '../../drawings/decision-map.js';
import { paintWeights } from '../../drawings/image-grid.js';
import { make } from '../../element.js';
import { formatNumber, formatPercent, onLanguageChange, t } from '../../i18n.js';
import { onThemeChange } from '../../theme.js';
import { resultName } from './names.js';
import './figures.css';

/**
 * @typedef {import('../../../shared/protocol.js').Reply} Reply
 * @typedef {import('../../../shared/protocol.js').NumberArray} NumberArray
 * @typedef {import('./session.js').Head} Head
 */

/** Where the axis of an accuracy begins, unless a network is worse than that. */
const LOWEST_ACCURACY = 0.8;

/**
 * @param {object} options
 * @param {() => string} options.recipe  the one that is chosen
 * @param {() => Head | null} options.head
 */
export function createFiguresPanel({ recipe, head }) {
  const element = make('section', 'recipe-figures');
  const chart = make('div', 'chart', { testid: 'recipe-chart' });
  const weights = picture('weights', 'recipe-weights');
  const field = document.createElement('canvas');
  const dots = document.createElement('canvas');

  /** Index of the curve, x and y, in the order in which they came. @type {number[][]} */
  let points = [];
  /** @type {Record<string, NumberArray>} the newest array of each name */
  let latest = {};
  /** Of the recipe that was known last: its place stays until the next one is known. */
  let kind = /** @type {Head['picture']} */ (null);
  /** The chart that is on the screen, and what it was made for. */
  let curves = makeCurves([]);
  let drawn = '';

  /** @param {string[]} names */
  function makeCurves(names) {
    // A program that learns images shows the accuracy of a test pass now and then, else an error.
    const shares = kind === 'image';
    // A curve without a name keeps the axes in their place.
    const series = (names.length > 0 ? names : ['']).map((name, place) => ({
      label: () => resultName(name),
      ...curveStyle(place),
    }));
    const lowest = Math.min(LOWEST_ACCURACY, ...points.map(([, , y]) => Math.floor(10 * y) / 10));
    return createCurves(chart, {
      series,
      xLabel: () => t(`recipes:list.${recipe()}.along`),
      yLabel: () => t(`recipes:list.${recipe()}.axis`),
      // An error falls over several powers of ten.
      log: !shares && points.length > 0,
      ...(shares
        ? {
            yRange: /** @type {[number, number]} */ ([lowest, 1]),
            yFormat: (/** @type {number} */ value) => formatPercent(value, 0),
          }
        : {}),
    });
  }

  /** The few points of a run are put in anew: values at the same x then stand in one row. */
  function drawCurves() {
    const { curves: names = [] } = head() ?? {};
    const used = names.filter((_, index) => points.some(([curve]) => curve === index));
    const present = JSON.stringify([recipe(), kind, used, points.length]);
    if (present === drawn) return;
    drawn = present;
    curves.destroy();
    curves = makeCurves(used);
    /** @type {Map<number, number[]>} */
    const rows = new Map();
    for (const [curve, x, y] of points) {
      const row = rows.get(x) ?? [x, ...used.map(() => NaN)];
      row[1 + used.indexOf(names[curve])] = y;
      rows.set(x, row);
    }
    curves.add([...rows.values()].flat());
  }

  function drawPicture() {
    paintWeights(weights, latest.image ?? null);
    if (latest.map) paintField(field, latest.map);
    const extent = head()?.extent;
    if (!extent || !latest.map_train) return;
    paintPoints(dots, {
      train: marks(latest.map_train),
      ...(latest.map_test ? { test: marks(latest.map_test) } : {}),
      extent,
      classes: 4,
    });
  }

  function update() {
    const names = head()?.curves ?? [];
    kind = head()?.picture ?? (head() ? null : kind);
    weights.setAttribute('aria-label', t('recipes:figures.weightsLabel'));
    element.setAttribute('aria-label', t('recipes:figures.label'));
    render(
      html`<figure class="figure-curves" role="group" aria-label=${t('recipes:figures.chartLabel')}>
          ${chart}
          <figcaption>
            <b>${t('recipes:figure', { number: 1 })}</b>
            ${t(`recipes:list.${recipe()}.chart`)}
            ${names.length > 1 ? names.map(legendOf) : nothing}
          </figcaption>
        </figure>
        ${kind === 'image' ? weightsFigure(weights) : nothing}
        ${kind === 'map' ? mapFigure(field, dots) : nothing}`,
      element,
    );
    element.dataset.picture = kind ?? 'none';
    drawCurves();
  }

  new ResizeObserver(drawPicture).observe(dots);
  onThemeChange(drawPicture);
  onLanguageChange(() => curves.relabel());
  drawPicture();

  return {
    element,
    update,
    /** @param {Reply} reply @param {boolean} fresh */
    add({ arrays }, fresh) {
      if (fresh) {
        points = [];
        latest = {};
        // Assigning a size clears a canvas.
        field.width = 60;
        dots.width = 60;
      }
      points.push(...rows(arrays.points, 3));
      latest = { ...latest, ...arrays };
    },
    draw() {
      drawCurves();
      drawPicture();
    },
  };
}

/** @param {HTMLCanvasElement} weights */
function weightsFigure(weights) {
  return html`<figure class="figure-weights">
    <div class="recipe-weights-place">${weights}</div>
    <figcaption>
      <b>${t('recipes:figure', { number: 2 })}</b> ${t('recipes:figures.weights')}
    </figcaption>
  </figure>`;
}

/**
 * @param {HTMLCanvasElement} field
 * @param {HTMLCanvasElement} dots
 */
function mapFigure(field, dots) {
  return html`<figure class="figure-map">
    <div
      class="recipe-map"
      data-testid="recipe-map"
      role="img"
      aria-label=${t('recipes:figures.mapLabel')}
    >${field}${dots}</div>
    <p class="recipe-legend">
      ${[0, 1, 2, 3].map((index) => html`<span>${classMark(4, index)} ${formatNumber(index + 1)}</span>`)}
    </p>
    <figcaption>
      <b>${t('recipes:figure', { number: 2 })}</b> ${t('recipes:figures.map')}
    </figcaption>
  </figure>`;
}

/** @param {string} name @param {number} place */
function legendOf(name, place) {
  return html`<span class="curve-name">${curveMark(place)} ${resultName(name)}</span> `;
}

/** @param {NumberArray} array (n, 3): x, y and the class */
function marks(array) {
  const all = rows(array, 3);
  return { x: all.flatMap((row) => row.slice(0, 2)), y: all.map(([, , label]) => label) };
}

/**
 * @param {NumberArray | undefined} array
 * @param {number} width
 * @returns {number[][]}
 */
function rows(array, width) {
  const data = array?.data ?? [];
  return Array.from({ length: data.length / width }, (_, row) =>
    Array.from(data.slice(row * width, (row + 1) * width)),
  );
}

/** @param {string} className @param {string} testid */
function picture(className, testid) {
  const canvas = document.createElement('canvas');
  canvas.className = className;
  canvas.dataset.testid = testid;
  canvas.setAttribute('role', 'img');
  return canvas;
}
