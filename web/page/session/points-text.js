/**
 * A person's own points as the text that stands in an address, as `pynn.datasets.points` has it: four
 * characters a point, 24 bits, two for the class and eleven for each coordinate.
 *
 * @typedef {[number, number, number]} OwnPoint  whole steps along x1 and x2, and the class
 */

const SIGNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const STEPS = 2048;
const HALF = 1024;
const PER_UNIT = 800;

export const MOST_POINTS = 2000;
export const MOST_CLASSES = 4;

/** @param {OwnPoint[]} points */
export function pointsText(points) {
  return points
    .map(([right, up, label]) => {
      const whole = (label << 22) | (right << 11) | up;
      return [18, 12, 6, 0].map((by) => SIGNS[(whole >> by) & 63]).join('');
    })
    .join('');
}

/** The nearest step to a coordinate; of one beyond the plane, the last. @param {number} value */
export function stepAt(value) {
  return Math.min(Math.max(Math.round(value * PER_UNIT) + HALF, 0), STEPS - 1);
}

/** @param {number} step */
export const coordinateAt = (step) => (step - HALF) / PER_UNIT;

/**
 * @param {ArrayLike<number>} x  two numbers a point
 * @param {ArrayLike<number>} y
 * @returns {OwnPoint[]}
 */
export function ownPoints(x, y) {
  return Array.from(y, (label, i) => [stepAt(x[2 * i]), stepAt(x[2 * i + 1]), label]);
}
