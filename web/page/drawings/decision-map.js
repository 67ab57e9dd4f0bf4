/**
 * The plane that the network divides: its answer everywhere as colour, the boundary where it is
 * undecided, and the points it learns from. Each is a function of a canvas and data.
 */
import { paintPixels, paintSmooth } from './raster.js';
import { cssColour, cssText, pack } from './scale.js';

/**
 * @typedef {object} Points
 * @property {ArrayLike<number>} x  two numbers a point
 * @property {ArrayLike<number>} y  class numbers
 *
 * @typedef {[number, number, number, number]} Extent  x from, x to, y from, y to
 */

/** Colours of the classes on the map and, stronger, of the points on top of it. */
const TWO = { map: [], points: ['--negative-strong', '--positive-strong'] };
const FOUR = {
  map: ['--class-0', '--class-1', '--class-2', '--class-3'],
  points: ['--class-0-strong', '--class-1-strong', '--class-2-strong', '--class-3-strong'],
};

/** Pixels for each sample along a side of the map. */
const FINER = 4;

/**
 * @param {HTMLCanvasElement} canvas
 * @param {{data: Float32Array, shape: number[]}} map  (side, side) in [-1, 1], or a probability
 *   for each class and place (classes, side, side); the first row is the top
 */
export function paintField(canvas, { data, shape }) {
  const side = shape[shape.length - 1];
  if (shape.length === 2) paintSmooth(canvas, data, side, FINER);
  else paintBlend(canvas, data, shape[0], side);
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
  const colours = FOUR.map.slice(0, classes).map(cssColour);
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
  const side = shape[0];
  const size = canvas.clientWidth;
  const sample = (/** @type {number} */ row, /** @type {number} */ column) =>
    data[row * side + column];
  // One sample beyond each edge, so that the line reaches it: the map goes on as it came.
  const inRow = (/** @type {number} */ row, /** @type {number} */ column) =>
    extended((k) => sample(row, k), column, side);
  const value = (/** @type {number} */ row, /** @type {number} */ column) =>
    extended((k) => inRow(k, column), row, side);
  const at = (/** @type {number} */ k) => ((k + 0.5) / side) * size;
  context.beginPath();
  for (let row = -1; row < side; row++) {
    for (let column = -1; column < side; column++) {
      const places = crossings([
        value(row, column),
        value(row, column + 1),
        value(row + 1, column + 1),
        value(row + 1, column),
      ]);
      for (let k = 0; k + 1 < places.length; k += 2) {
        context.moveTo(at(column + places[k][0]), at(row + places[k][1]));
        context.lineTo(at(column + places[k + 1][0]), at(row + places[k + 1][1]));
      }
    }
  }
  context.strokeStyle = cssText(cssColour('--ink'), 0.65);
  context.lineWidth = 1.25;
  context.stroke();
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
 * @param {HTMLCanvasElement} canvas  as large as its place on the screen
 * @param {object} options
 * @param {Points} options.train  drawn solid
 * @param {Points} [options.test] drawn hollow
 * @param {Extent} options.extent
 * @param {number} options.classes
 */
export function paintPoints(canvas, { train, test, extent, classes }) {
  const context = fitToScreen(canvas);
  if (!context) return;
  const size = canvas.clientWidth;
  // A handful of points are the subject of the picture; hundreds are its texture.
  const radius = train.y.length <= 16 ? size / 42 : size / 125;
  const colours = (classes > 2 ? FOUR : TWO).points.map(cssColour);
  const paper = cssText(cssColour('--figure'));

  for (const [points, solid] of /** @type {const} */ ([
    [test, false],
    [train, true],
  ])) {
    if (!points) continue;
    for (let i = 0; i < points.y.length; i++) {
      const x = ((points.x[2 * i] - extent[0]) / (extent[1] - extent[0])) * size;
      const y = ((extent[3] - points.x[2 * i + 1]) / (extent[3] - extent[2])) * size;
      const label = points.y[i];
      context.beginPath();
      traceShape(context, classes > 2 ? label : 0, x, y, radius);
      const colour = cssText(colours[label] ?? colours[0]);
      context.lineWidth = solid ? Math.max(1, radius / 4) : 1.4;
      context.fillStyle = solid ? colour : cssText(cssColour('--figure'), 0.75);
      context.strokeStyle = solid ? paper : colour;
      context.fill();
      context.stroke();
    }
  }
}

/**
 * Beyond two classes the shape tells the class as well as the colour: circle, square, triangle,
 * diamond.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {number} label
 * @param {number} x
 * @param {number} y
 * @param {number} r
 */
function traceShape(context, label, x, y, r) {
  if (label === 0) {
    context.arc(x, y, r, 0, 2 * Math.PI);
    return;
  }
  const corners = { 1: 4, 2: 3, 3: 4 }[label] ?? 5;
  const turn = label === 1 ? Math.PI / 4 : Math.PI / 2;
  for (let k = 0; k < corners; k++) {
    const angle = turn + (2 * Math.PI * k) / corners;
    context.lineTo(x + 1.25 * r * Math.cos(angle), y - 1.25 * r * Math.sin(angle));
  }
  context.closePath();
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
