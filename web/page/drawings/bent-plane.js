/**
 * The plane as a layer bends it: the net's cells in the colour of the network's answer, its lines,
 * and the points, where the layer puts them.
 */
import { paintPoints } from './data-points.js';
import { fitToScreen } from './decision-map.js';
import { cssColour, cssText, divergingRGB, mix } from './scale.js';

/** @typedef {{data: ArrayLike<number>, shape: number[]}} Numbers */

/** Of the picture's half, how far the net reaches. */
const FILLED = 0.92;
/** Of the net's lines, which are drawn. */
const LINE_EVERY = 4;

/**
 * @param {object} canvases  one above the other
 * @param {HTMLCanvasElement} canvases.net
 * @param {HTMLCanvasElement} canvases.points
 * @param {object} options
 * @param {Numbers} options.net  (lines, lines, 2)
 * @param {Numbers} options.answers  (lines, lines, outputs)
 * @param {Numbers} options.places  (n, 2) of the points
 * @param {ArrayLike<number>} options.labels
 * @param {number} options.classes  0: of a surface
 */
export function paintBent(canvases, { net, answers, places, labels, classes }) {
  const { middle, reach } = frameOf(net.data);
  const [cx, cy] = middle;
  paintNet(canvases.net, net, answers, classes, ([x, y]) => [(x - cx) / reach, (y - cy) / reach]);
  paintPoints(canvases.points, {
    train: { x: places.data, y: labels },
    extent: [cx - reach, cx + reach, cy - reach, cy + reach],
    classes,
  });
}

/**
 * In steps, so that it seldom changes while the net does.
 *
 * @param {ArrayLike<number>} net
 */
function frameOf(net) {
  const range = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < net.length; i += 2) {
    range[0] = Math.min(range[0], net[i]);
    range[1] = Math.max(range[1], net[i]);
    range[2] = Math.min(range[2], net[i + 1]);
    range[3] = Math.max(range[3], net[i + 1]);
  }
  const half = Math.max(range[1] - range[0], range[3] - range[2], 1e-6) / 2 / FILLED;
  const reach = 2 ** (Math.ceil(4 * Math.log2(half)) / 4);
  const step = reach / 8;
  const tidy = (/** @type {number} */ value) => Math.round(value / step) * step;
  return { middle: [tidy((range[0] + range[1]) / 2), tidy((range[2] + range[3]) / 2)], reach };
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Numbers} net
 * @param {Numbers} answers
 * @param {number} classes
 * @param {(place: [number, number]) => number[]} share  -1 to 1 along each axis, upwards
 */
function paintNet(canvas, net, answers, classes, share) {
  const context = fitToScreen(canvas);
  if (!context) return;
  const side = net.shape[0];
  const half = canvas.clientWidth / 2;
  /** @type {[number, number][]} */
  const at = Array.from({ length: side * side }, (_, i) => {
    const [x, y] = share([net.data[2 * i], net.data[2 * i + 1]]);
    return [half * (1 + x), half * (1 - y)];
  });
  const colourOf = colours(answers, classes);
  for (let row = 0; row + 1 < side; row++) {
    for (let column = 0; column + 1 < side; column++) {
      const i = row * side + column;
      const corners = [i, i + 1, i + side + 1, i + side];
      context.beginPath();
      for (const corner of corners) context.lineTo(...at[corner]);
      context.closePath();
      context.fillStyle = context.strokeStyle = colourOf(corners);
      context.fill();
      // Without it paper shines through between two cells.
      context.lineWidth = 0.7;
      context.stroke();
    }
  }
  context.strokeStyle = cssText(cssColour('--ink'), 0.28);
  context.lineWidth = 0.75;
  for (let k = 0; k < side; k += LINE_EVERY) {
    for (const next of [
      (/** @type {number} */ i) => k * side + i,
      (/** @type {number} */ i) => i * side + k,
    ]) {
      context.beginPath();
      for (let i = 0; i < side; i++) context.lineTo(...at[next(i)]);
      context.stroke();
    }
  }
}

/**
 * @param {Numbers} answers
 * @param {number} classes
 * @returns {(corners: number[]) => string} the colour of a cell
 */
function colours({ data, shape }, classes) {
  const outputs = shape[2];
  const mean = (/** @type {number[]} */ corners, /** @type {number} */ output) =>
    corners.reduce((sum, corner) => sum + data[corner * outputs + output], 0) / corners.length;
  if (outputs === 1) {
    return (corners) => {
      const answer = mean(corners, 0);
      return cssText(divergingRGB(classes === 0 ? answer : 2 * answer - 1));
    };
  }
  const paper = cssColour('--figure');
  const own = Array.from({ length: outputs }, (_, k) => cssColour(`--class-${k}`));
  return (corners) => {
    const shares = own.map((_, k) => mean(corners, k));
    const best = shares.indexOf(Math.max(...shares));
    return cssText(mix(paper, own[best], Math.min(Math.max(shares[best], 0), 1)));
  };
}
