/** The curves of a program: a chart for each group of them. */
import { html, render } from 'lit';
import { curveMark, curveStyle } from '../drawings/curve-styles.js';
import { createJoinedCurves } from '../drawings/joined-curves.js';
import { make } from '../element.js';
import { t } from '../i18n.js';

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
  const curves = createJoinedCurves(place, { xLabel: () => '', yLabel: () => name });
  /** In the order in which the program gave them. @type {Map<string, [number, number][]>} */
  const points = new Map();
  let timer = 0;

  function relabel() {
    element.setAttribute('aria-label', t('lab:output.chart'));
    render(
      html`${[...points].map(
        ([label, all], index) => html`<span class="legend-entry"
            >${curveMark(index)}<span>${label}</span> <b data-testid="curve-last" data-value=${all.at(-1)?.[1] ?? ''}
              >${newest(all)}</b></span
          >`,
      )}`,
      legend,
    );
  }

  function draw() {
    timer = 0;
    curves.show({
      curves: [...points].map(([label, all], index) => {
        const sorted = [...all].sort(([a], [b]) => a - b);
        return {
          label,
          ...curveStyle(index),
          x: sorted.map(([x]) => x),
          y: sorted.map(([, y]) => y),
        };
      }),
    });
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
      curves.destroy();
    },
  };
}

/** @param {[number, number][]} points */
function newest(points) {
  const value = points.at(-1)?.[1];
  return value === undefined ? '' : Number(value.toPrecision(5)).toString();
}
