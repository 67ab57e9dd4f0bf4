/**
 * Curves of several runs in one chart, each with places of its own on the x axis; and a band between
 * two of them. They are given whole at each drawing.
 */
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { onThemeChange } from '../theme.js';
import { axesOf, frameOf } from './curve-axes.js';
import { atMostEvery, followSize } from './curve-pace.js';
import { cssColour, cssText } from './scale.js';

/**
 * @typedef {object} Curve
 * @property {string} label
 * @property {string} colour  a custom property
 * @property {number[]} x  rising
 * @property {number[]} y  the curve has a gap where it is no number
 * @property {number[]} [dash]
 * @property {number} [alpha]
 *
 * @typedef {object} Drawn
 * @property {Curve[]} curves
 * @property {[number, number, number][]} [bands]  the upper curve, the lower, and how strong
 */

/** Milliseconds: nobody sees curves grow faster. */
const DRAW_EVERY = 100;
/** Points of a curve: a screen is not much wider. */
const MOST_POINTS = 600;

/**
 * @param {HTMLElement} container  its size is the chart's size
 * @param {object} options
 * @param {() => string} options.xLabel
 * @param {() => string} options.yLabel
 */
export function createJoinedCurves(container, { xLabel, yLabel }) {
  /** @type {uPlot | null} */
  let plot = null;
  /** @type {Drawn} */
  let drawn = { curves: [] };
  /** What the plot was built for. */
  let built = '';
  let log = false;

  const kindOf = () =>
    JSON.stringify([
      drawn.bands ?? [],
      drawn.curves.map(({ label, colour, dash, alpha }) => [label, colour, dash, alpha]),
    ]);

  function data() {
    const tables = drawn.curves.map(({ x, y }) => {
      const every = Math.ceil(x.length / MOST_POINTS);
      // The newest stays.
      const kept = x.map((_, i) => i).filter((i) => (x.length - 1 - i) % every === 0);
      return /** @type {uPlot.AlignedData} */ ([
        kept.map((i) => x[i]),
        kept.map((i) => (Number.isFinite(y[i]) ? y[i] : null)),
      ]);
    });
    if (tables.length === 0) return /** @type {uPlot.AlignedData} */ ([[]]);
    // A gap is one at the places of the other curves, too.
    const expand = 2;
    return uPlot.join(
      tables,
      tables.map(() => [expand, expand]),
    );
  }

  function build() {
    plot?.destroy();
    plot = null;
    const { clientWidth, clientHeight } = container;
    if (!clientWidth || !clientHeight || drawn.curves.length === 0) return;
    built = kindOf();
    plot = new uPlot(describe(), data(), container);
  }

  /** @returns {uPlot.Options} */
  function describe() {
    return {
      width: container.clientWidth,
      height: container.clientHeight,
      padding: [8, 20, 0, 0],
      legend: { show: false },
      cursor: { show: false },
      scales: {
        x: {
          time: false,
          range: (_, low, high) => [low ?? 0, Math.max(high ?? 0, (low ?? 0) + 1e-3)],
        },
        y: log ? { distr: 3 } : { range: (_, low, high) => frameOf(low, high) },
      },
      axes: axesOf({ xLabel, yLabel }),
      bands: (drawn.bands ?? []).map(([upper, lower, alpha]) => ({
        series: [upper + 1, lower + 1],
        fill: cssText(cssColour(drawn.curves[upper].colour), alpha),
      })),
      series: [
        {},
        ...drawn.curves.map(({ label, colour, dash, alpha = 1 }) => ({
          label,
          stroke: cssText(cssColour(colour), alpha),
          width: 1.75,
          dash,
          points: { show: false },
        })),
      ],
    };
  }

  const refresh = atMostEvery(DRAW_EVERY, () => {
    if (plot && built === kindOf()) plot.setData(data());
    else build();
  });

  const observer = followSize(container, () => plot, build);
  const forgetTheme = onThemeChange(build);

  return {
    /** @param {Drawn} next */
    show(next) {
      drawn = next;
      refresh();
    },
    relabel: build,
    /** @param {boolean} on */
    scale(on) {
      log = on;
      build();
    },
    destroy() {
      observer.disconnect();
      forgetTheme();
      plot?.destroy();
      plot = null;
    },
  };
}
