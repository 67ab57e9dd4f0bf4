/**
 * Live curves around uPlot: they keep what they were given, follow theme, language and size, and
 * thin themselves out so that a long run stays as quick to draw as a short one.
 */
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { onThemeChange } from '../theme.js';
import { axesOf, frameOf } from './curve-axes.js';
import { paintBranch, paintMark } from './curve-marks.js';
import { atMostEvery, followSize } from './curve-pace.js';
import { cssColour, cssText } from './scale.js';

/**
 * @typedef {object} CurveSeries
 * @property {() => string} label
 * @property {string} colour   a custom property, such as `--positive`
 * @property {number[]} [dash]
 *
 * @typedef {object} Curves
 * @property {(points: ArrayLike<number>) => void} add  rows of x and one value a series (NaN: none)
 * @property {() => void} clear
 * @property {() => void} branch  what was drawn stays as a faint curve, and others begin
 * @property {(x: number | null) => void} mark  a place on the x axis, or none
 * @property {() => void} relabel  reads the labels anew
 * @property {(log: boolean) => void} scale  whether the y axis is logarithmic
 * @property {() => void} destroy
 */

/** @typedef {import('./curve-marks.js').Branch} Branch */

/** Milliseconds: nobody sees a curve grow faster. */
const DRAW_EVERY = 48;
/** Beyond this many points every second one is dropped. */
const MOST_POINTS = 3000;

/**
 * @param {HTMLElement} container its size is the chart's size
 * @param {object} options
 * @param {CurveSeries[]} options.series
 * @param {() => string} options.xLabel
 * @param {() => string} options.yLabel
 * @param {boolean} [options.log] a logarithmic y axis
 * @param {(point: (number | null)[] | null) => void} [options.onHover]  x and the values of the curves
 *   under the pointer, or no more
 * @param {[number | null, number | null]} [options.yRange] fixed ends of the y axis; null: by data
 * @param {(value: number) => string} [options.yFormat]
 * @returns {Curves}
 */
export function createCurves(container, options) {
  const width = options.series.length + 1;
  /** @type {(number | null)[][]} */
  let columns = Array.from({ length: width }, () => []);
  let stride = 1;
  let seen = 0;
  /** The newest point is shown even when the stride leaves it out. */
  let provisional = false;
  /** @type {uPlot | null} */
  let plot = null;
  /** Of the run before it was gone back in. @type {Branch} */
  let branch = { columns: [], x: 0, y: 0 };
  /** @type {number | null} */
  let marked = null;

  const data = () => /** @type {uPlot.AlignedData} */ (/** @type {unknown} */ (columns));

  const refresh = atMostEvery(DRAW_EVERY, () => plot?.setData(data()));

  function build() {
    plot?.destroy();
    const { clientWidth, clientHeight } = container;
    plot =
      clientWidth && clientHeight
        ? new uPlot(
            describe(
              container,
              options,
              () => branch,
              () => marked,
            ),
            data(),
            container,
          )
        : null;
  }

  const observer = followSize(container, () => plot, build);
  const forgetTheme = onThemeChange(build);

  function clear() {
    columns = columns.map(() => []);
    stride = 1;
    seen = 0;
    provisional = false;
    refresh();
  }

  return {
    add(points) {
      for (let row = 0; row + width <= points.length; row += width) {
        if (provisional) for (const column of columns) column.pop();
        for (let i = 0; i < width; i++) {
          const value = points[row + i];
          columns[i].push(Number.isFinite(value) ? value : null);
        }
        provisional = seen % stride !== 0;
        seen += 1;
      }
      while (columns[0].length > MOST_POINTS) {
        if (provisional) for (const column of columns) column.pop();
        columns = columns.map((column) => column.filter((_, i) => i % 2 === 0));
        stride *= 2;
        provisional = false;
      }
      refresh();
    },
    clear() {
      branch = { columns: [], x: 0, y: 0 };
      marked = null;
      clear();
    },
    branch() {
      const [x, ...ys] = columns;
      const values = ys.flat().filter((value) => value !== null);
      branch = { columns, x: x.at(-1) ?? 0, y: values.reduce((a, b) => Math.max(a, b), 0) };
      clear();
    },
    mark(x) {
      if (x === marked) return;
      marked = x;
      refresh();
    },
    relabel: build,
    scale(log) {
      options.log = log;
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

/**
 * @param {HTMLElement} container
 * @param {Parameters<typeof createCurves>[1]} options
 * @param {() => Branch} branch
 * @param {() => number | null} marked
 * @returns {uPlot.Options}
 */
function describe(container, options, branch, marked) {
  const { series, xLabel, yLabel, log = false, yRange, yFormat, onHover } = options;
  return {
    width: container.clientWidth,
    height: container.clientHeight,
    padding: [8, 20, 0, 0],
    legend: { show: false },
    cursor: { show: !!onHover, y: false, drag: { x: false, y: false } },
    scales: {
      x: {
        time: false,
        range: (_, low, high) => [low ?? 0, Math.max(high ?? 0, branch().x, (low ?? 0) + 1)],
      },
      y: log
        ? { distr: 3 }
        : {
            range: (_, low, high) => frameOf(low, Math.max(high ?? 0, branch().y) || high, yRange),
          },
    },
    hooks: {
      drawAxes: [(plot) => paintBranch(plot, branch(), series)],
      draw: [(plot) => paintMark(plot, marked())],
      setCursor: [(plot) => onHover?.(underCursor(plot))],
    },
    axes: axesOf({ xLabel, yLabel, yFormat }),
    series: [
      {},
      ...series.map(({ label, colour, dash }) => ({
        label: label(),
        stroke: cssText(cssColour(colour)),
        width: 1.75,
        dash,
        // A line needs two points; a single one is shown as such.
        points: { show: isLonely },
      })),
    ],
  };
}

/** @param {uPlot} plot */
function underCursor({ cursor: { idx }, data }) {
  return idx == null ? null : Array.from(data, (column) => column[idx] ?? null);
}

/** @param {uPlot} plot @param {number} series */
function isLonely(plot, series) {
  return Array.from(plot.data[series]).filter((value) => value != null).length === 1;
}
