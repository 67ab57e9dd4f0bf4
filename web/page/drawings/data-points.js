/** The points on the plane. The mark tells a point's class as well as the colour does. */
import { fitToScreen } from './decision-map.js';
import { cssColour, cssText, divergingRGB } from './scale.js';

/**
 * @typedef {object} Points
 * @property {ArrayLike<number>} x  two numbers a point
 * @property {ArrayLike<number>} y  class numbers, or heights where there are no classes
 *
 * @typedef {[number, number, number, number]} Extent  x from, x to, y from, y to
 *
 * @typedef {object} Mark
 * @property {string} path  for an SVG, about a circle of radius 1 in size
 * @property {string} colour  a custom property
 */

/** Hundreds of marks are a few pixels each: where two are enough, these are the most unlike. */
const CIRCLE = 'M1 0A1 1 0 1 1-1 0A1 1 0 1 1 1 0Z';
const CROSS =
  'M0-.59L.59-1.18 1.18-.59.59 0 1.18.59.59 1.18 0 .59-.59 1.18-1.18.59-.59 0-1.18-.59-.59-1.18Z';
const SQUARE = 'M-.88-.88H.88V.88H-.88Z';
const TRIANGLE = 'M0-1.25L1.08.63H-1.08Z';
const DIAMOND = 'M0-1.25L1.25 0 0 1.25-1.25 0Z';

/** A colour alone is told from a larger mark. */
const HEIGHT_SIZE = 1.15;

/** Pixels; smaller marks look alike. */
const SMALLEST = 2.75;

/**
 * @param {number} classes
 * @returns {Mark[]} one a class, in their order
 */
export function marksOf(classes) {
  const paths = classes > 2 ? [CIRCLE, SQUARE, TRIANGLE, DIAMOND] : [CIRCLE, CROSS];
  return paths.map((path, k) => ({ path, colour: `--class-${k}-strong` }));
}

/**
 * @param {HTMLCanvasElement} canvas  as large as its place on the screen
 * @param {object} options
 * @param {Points} options.train  drawn solid
 * @param {Points} [options.test] drawn hollow
 * @param {Extent} options.extent
 * @param {number} options.classes  0: of a surface
 */
export function paintPoints(canvas, { train, test, extent, classes }) {
  const context = fitToScreen(canvas);
  if (!context) return;
  const size = canvas.clientWidth;
  // A handful of points are the subject of the picture; hundreds are its texture.
  const radius = Math.max(SMALLEST, size / (train.y.length <= 16 ? 42 : 125));
  const own = classes > 0 ? radius : HEIGHT_SIZE * radius;
  const markOf = markedBy(classes, (path) => enlarged(path, own));
  const paper = cssText(cssColour('--figure'));
  const thin = cssText(cssColour('--figure'), 0.75);

  for (const [points, solid] of /** @type {const} */ ([
    [test, false],
    [train, true],
  ])) {
    if (!points) continue;
    context.lineWidth = solid ? Math.max(1, radius / 4) : 1.4;
    for (let i = 0; i < points.y.length; i++) {
      const x = ((points.x[2 * i] - extent[0]) / (extent[1] - extent[0])) * size;
      const y = ((extent[3] - points.x[2 * i + 1]) / (extent[3] - extent[2])) * size;
      const { shape, colour } = markOf(points.y[i]);
      context.fillStyle = solid ? colour : thin;
      context.strokeStyle = solid ? paper : colour;
      context.translate(x, y);
      context.fill(shape);
      context.stroke(shape);
      context.translate(-x, -y);
    }
  }
}

/**
 * What a point looks like: by its class, or by its height on a surface.
 *
 * @template Shape
 * @param {number} classes  0: of a surface
 * @param {(path: string) => Shape} shapeOf  an SVG's path, as it will be drawn
 * @returns {(label: number) => {shape: Shape, colour: string}}
 */
export function markedBy(classes, shapeOf) {
  if (classes === 0) {
    const shape = shapeOf(CIRCLE);
    return (height) => ({ shape, colour: cssText(divergingRGB(height)) });
  }
  const marks = marksOf(classes).map(({ path, colour }) => ({
    shape: shapeOf(path),
    colour: cssText(cssColour(colour)),
  }));
  return (label) => marks[label];
}

/** @param {string} path @param {number} radius */
function enlarged(path, radius) {
  const shape = new Path2D();
  shape.addPath(new Path2D(path), new DOMMatrix().scale(radius));
  return shape;
}
