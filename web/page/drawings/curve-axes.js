/** The axes of the curves: their letters, their numbers, where they end. */
import { formatNumber } from '../i18n.js';
import { textScale } from '../text-size.js';
import { cssColour, cssText } from './scale.js';

/**
 * @param {object} options
 * @param {() => string} options.xLabel
 * @param {() => string} options.yLabel
 * @param {(value: number) => string} [options.yFormat]
 * @returns {import('uplot').Axis[]}
 */
export function axesOf({ xLabel, yLabel, yFormat }) {
  const scale = textScale();
  const font = `${12 * scale}px ${getComputedStyle(document.body).fontFamily}`;
  const common = {
    stroke: cssText(cssColour('--muted')),
    font,
    labelFont: font,
    labelSize: 18 * scale,
    labelGap: 2,
    gap: 4,
    ticks: { show: false },
  };
  const grid = { stroke: cssText(cssColour('--hairline')), width: 1 };
  const size = 46 * scale;
  return [
    { ...common, grid: { show: false }, ...named(xLabel()), size: 26 * scale, values: ticks() },
    { ...common, grid, ...named(yLabel()), size, space: 34 * scale, values: ticks(yFormat) },
  ];
}

/** An axis without a label keeps no room for one. @param {string} label */
const named = (label) => (label ? { label } : {});

/**
 * From 0, or from below it where the numbers are, unless the ends are given.
 *
 * @param {number | null} low
 * @param {number | null} high
 * @param {[number | null, number | null]} [fixed]
 * @returns {[number, number]}
 */
export function frameOf(low, high, fixed) {
  const [bottom, top] = fixed ?? [Math.min(0, 1.05 * (low ?? 0)), null];
  const from = bottom ?? low ?? 0;
  const to = top ?? Math.max(fixed ? from : 0, (high ?? 1) * 1.05);
  return [from, to > from ? to : from + 1];
}

/**
 * @param {(value: number) => string} [format]
 * @returns {(plot: uPlot, splits: (number | null)[]) => string[]}
 */
function ticks(format = (value) => formatNumber(value, { maximumSignificantDigits: 6 })) {
  return (_, splits) => splits.map((value) => (value === null ? '' : format(value)));
}
