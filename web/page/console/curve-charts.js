/** The curves of a program: a chart for each group of them. */
import { html, render } from 'lit';
import { createCurves } from '../drawings/curves.js';
import { make } from '../element.js';
import { t } from '../i18n.js';

/** How curves of one chart are told apart, the first one first. */
const STYLES = [
  { colour: '--ink', mark: 'curve-0' },
  { colour: '--accent', dash: [6, 4], mark: 'curve-1' },
  { colour: '--negative-strong', dash: [2, 3], mark: 'curve-2' },
  { colour: '--class-2-strong', dash: [10, 3, 2, 3], mark: 'curve-3' },
];
/** Points that are kept of a curve: beyond it every second one goes. */
const MOST = 2_000;
/** Milliseconds between two drawings. */
const PAUSE = 120;

/** @typedef {ReturnType<typeof createChart>} Chart */

/** @param {string} name of the chart, as the program says it; empty if it says none */
export function createChart(name) {
  const element = make('figure', 'console-chart', { testid: 'output-chart' });
  const place = make('div', 'chart');
  const legend = make('figcaption', 'chart-legend');
  element.append(place, legend);
  /** @type {Map<string, [number, number][]>} */
  const points = new Map();
  /** @type {import('../drawings/curves.js').Curves | null} */
  let curves = null;
  let drawn = 0;
  let timer = 0;

  function build() {
    curves?.destroy();
    const series = [...points.keys()].map((label, index) => ({
      label: () => label,
      ...STYLES[index % STYLES.length],
    }));
    curves = createCurves(place, { series, xLabel: () => '', yLabel: () => name });
    drawn = series.length;
    relabel();
  }

  function relabel() {
    element.setAttribute('aria-label', t('lab:output.chart'));
    render(
      html`${[...points].map(
        ([label, all], index) => html`<span class="legend-entry"
            ><svg class="mark ${STYLES[index % STYLES.length].mark}" viewBox="0 0 28 8" aria-hidden="true"><path
              d="M0 4h28" /></svg><span>${label}</span> <b data-testid="curve-last" data-value=${all.at(-1)?.[1] ?? ''}
              >${newest(all)}</b></span
          >`,
      )}`,
      legend,
    );
  }

  function draw() {
    timer = 0;
    if (drawn !== points.size) build();
    const names = [...points.keys()];
    /** @type {Map<number, number[]>} */
    const rows = new Map();
    for (const [index, label] of names.entries()) {
      for (const [x, y] of points.get(label) ?? []) {
        const row = rows.get(x) ?? [x, ...names.map(() => Number.NaN)];
        row[1 + index] = y;
        rows.set(x, row);
      }
    }
    const sorted = [...rows.values()].sort(([a], [b]) => a - b);
    curves?.clear();
    curves?.add(sorted.flat());
    relabel();
  }

  return {
    element,
    /** @param {string} label @param {import('../../shared/protocol.js').NumberArray} added (n, 2) */
    add(label, { data, shape }) {
      const all = points.get(label) ?? [];
      for (let row = 0; row < shape[0]; row += 1) all.push([data[2 * row], data[2 * row + 1]]);
      const last = all[all.length - 1];
      points.set(label, all.length > MOST ? [...all.filter((_, k) => k % 2 === 0), last] : all);
      if (!timer) timer = window.setTimeout(draw, PAUSE);
    },
    relabel,
    destroy() {
      clearTimeout(timer);
      curves?.destroy();
    },
  };
}

/** @param {[number, number][]} points */
function newest(points) {
  const value = points.at(-1)?.[1];
  return value === undefined ? '' : Number(value.toPrecision(5)).toString();
}
