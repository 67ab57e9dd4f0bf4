/** What live curves have besides themselves: the run before it was gone back in, and a place. */
import { cssColour, cssText } from './scale.js';

/**
 * @typedef {object} Branch
 * @property {(number | null)[][]} columns  x and one for each curve
 * @property {number} x  the largest
 * @property {number} y  the largest
 */

/**
 * Behind the curves.
 *
 * @param {import('uplot')} plot
 * @param {Branch} branch
 * @param {import('./curves.js').CurveSeries[]} series
 */
export function paintBranch(plot, { columns: [x, ...ys] }, series) {
  for (const [index, y] of ys.entries()) {
    plot.ctx.beginPath();
    for (const [i, value] of y.entries()) {
      if (value === null) continue;
      plot.ctx.lineTo(plot.valToPos(Number(x[i]), 'x', true), plot.valToPos(value, 'y', true));
    }
    stroke(plot, cssText(cssColour(series[index].colour), 0.35), series[index].dash);
  }
}

/** @param {import('uplot')} plot @param {number | null} x */
export function paintMark(plot, x) {
  if (x === null) return;
  const { left, top, height } = plot.bbox;
  const place = Math.max(plot.valToPos(x, 'x', true), left);
  plot.ctx.beginPath();
  plot.ctx.moveTo(place, top);
  plot.ctx.lineTo(place, top + height);
  stroke(plot, cssText(cssColour('--muted')));
}

/** @param {import('uplot')} plot @param {string} colour @param {number[]} [dash] */
function stroke({ ctx }, colour, dash = []) {
  const ratio = window.devicePixelRatio || 1;
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.25 * ratio;
  ctx.setLineDash(dash.map((length) => length * ratio));
  ctx.stroke();
  ctx.restore();
}
