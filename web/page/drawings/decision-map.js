/**
 * The plane that the network divides: its answer everywhere as colour, and the boundary where it is
 * undecided. Each is a function of a canvas and data.
 */
import { paintPixels, paintSmooth } from './raster.js';
import { cssColour, cssText, pack } from './scale.js';

/** Of the classes, where there are more than two. */
const COLOURS = ['--class-0', '--class-1', '--class-2', '--class-3'];

/** Pixels for each sample along a side of the map, and while pictures follow one another. */
const FINER = 4;
const MOVING = 2;

/**
 * @param {HTMLCanvasElement} canvas
 * @param {{data: Float32Array, shape: number[]}} map  (side, side) in [-1, 1], or a probability
 *   for each class and place (classes, side, side); the first row is the top
 * @param {boolean} [moving]  the next comes at once
 */
export function paintField(canvas, { data, shape }, moving = false) {
  const side = shape[shape.length - 1];
  if (shape.length === 2) paintSmooth(canvas, data, side, moving ? MOVING : FINER);
  else paintBlend(canvas, data, shape[0], side);
}

/**
 * The class that is the most likely, alone and as if nothing else were possible.
 *
 * @param {{data: Float32Array, shape: number[]}} map
 */
export function decided({ data, shape }) {
  if (shape.length === 2) return { data: data.map((value) => (value < 0 ? -1 : 1)), shape };
  const area = shape[1] * shape[2];
  const whole = new Float32Array(data.length);
  for (let i = 0; i < area; i++) {
    let best = i;
    for (let k = i + area; k < data.length; k += area) if (data[k] > data[best]) best = k;
    whole[best] = 1;
  }
  return { data: whole, shape };
}

/**
 * Each class's colour as strong as its probability, on paper: where nobody knows, the colours
 * cancel out into grey.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {Float32Array} data
 * @param {number} classes
 * @param {number} side
 */
function paintBlend(canvas, data, classes, side) {
  const colours = COLOURS.slice(0, classes).map(cssColour);
  const area = side * side;
  paintPixels(canvas, side, side, (pixels) => {
    for (let i = 0; i < area; i++) {
      let r = 0;
      let g = 0;
      let b = 0;
      for (let k = 0; k < classes; k++) {
        const p = data[k * area + i];
        r += p * colours[k][0];
        g += p * colours[k][1];
        b += p * colours[k][2];
      }
      pixels[i] = pack([r, g, b]);
    }
  });
}

/**
 * The line where a map of two classes is zero, by marching squares over the samples' centres.
 *
 * @param {HTMLCanvasElement} canvas  as large as its place on the screen
 * @param {{data: Float32Array, shape: number[]}} map
 */
export function paintBoundary(canvas, { data, shape }) {
  const context = fitToScreen(canvas);
  if (!context || shape.length !== 2) return;
  const size = canvas.clientWidth;
  context.beginPath();
  for (const [x0, y0, x1, y1] of boundaryOf(data, shape[0])) {
    context.moveTo(x0 * size, y0 * size);
    context.lineTo(x1 * size, y1 * size);
  }
  context.strokeStyle = cssText(cssColour('--ink'), 0.65);
  context.lineWidth = 1.25;
  context.stroke();
}

/**
 * @param {Float32Array} data
 * @param {number} side
 * @returns {[number, number, number, number][]} its pieces, from and to, in shares of the sides
 */
export function boundaryOf(data, side) {
  const sample = (/** @type {number} */ row, /** @type {number} */ column) =>
    data[row * side + column];
  // One sample beyond each edge, so that the line reaches it: the map goes on as it came.
  const inRow = (/** @type {number} */ row, /** @type {number} */ column) =>
    extended((k) => sample(row, k), column, side);
  const value = (/** @type {number} */ row, /** @type {number} */ column) =>
    extended((k) => inRow(k, column), row, side);
  const at = (/** @type {number} */ k) => (k + 0.5) / side;
  /** @type {[number, number, number, number][]} */
  const pieces = [];
  for (let row = -1; row < side; row++) {
    for (let column = -1; column < side; column++) {
      const places = crossings([
        value(row, column),
        value(row, column + 1),
        value(row + 1, column + 1),
        value(row + 1, column),
      ]);
      for (let k = 0; k + 1 < places.length; k += 2) {
        const [from, to] = [places[k], places[k + 1]];
        pieces.push([at(column + from[0]), at(row + from[1]), at(column + to[0]), at(row + to[1])]);
      }
    }
  }
  return pieces;
}

/**
 * @param {(k: number) => number} values  known for 0 to count - 1
 * @param {number} k  from -1 to count
 * @param {number} count
 */
function extended(values, k, count) {
  if (k < 0) return 2 * values(0) - values(1);
  if (k >= count) return 2 * values(count - 1) - values(count - 2);
  return values(k);
}

/**
 * Where zero crosses the sides of one square; the places are taken in pairs.
 *
 * @param {number[]} corners  clockwise from the top left
 * @returns {[number, number][]}
 */
function crossings([a, b, c, d]) {
  /** @type {[number, number][]} */
  const places = [];
  if (a < 0 !== b < 0) places.push([a / (a - b), 0]);
  if (b < 0 !== c < 0) places.push([1, b / (b - c)]);
  if (c < 0 !== d < 0) places.push([d / (d - c), 1]);
  if (d < 0 !== a < 0) places.push([0, a / (a - d)]);
  return places;
}

/**
 * Gives a canvas the screen's own pixels and clears it; drawing goes on in CSS pixels.
 *
 * @param {HTMLCanvasElement} canvas
 * @returns {CanvasRenderingContext2D | null} null while it is not on the screen
 */
export function fitToScreen(canvas) {
  const { clientWidth, clientHeight } = canvas;
  if (!clientWidth || !clientHeight) return null;
  const ratio = window.devicePixelRatio || 1;
  const width = Math.round(clientWidth * ratio);
  const height = Math.round(clientHeight * ratio);
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, clientWidth, clientHeight);
  return context;
}
