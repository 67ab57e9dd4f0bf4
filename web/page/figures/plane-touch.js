/** A point of the plane under the pointer, a finger or the arrow keys: where it is, and in words. */
import { formatFixed, formatPercent, t } from '../i18n.js';

/**
 * @typedef {import('../drawings/data-points.js').Extent} Extent
 * @typedef {{x1: number, x2: number}} Point
 */

/** Of the plane's side, for each press of an arrow key. */
const STRIDE = 1 / 20;
/** Of the side, too: as exactly as a finger meets a place. */
const NEAR = 1 / 25;
const ARROWS = { ArrowUp: [0, 1], ArrowDown: [0, -1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

/**
 * @param {PointerEvent} event  on the plane
 * @param {Extent} extent
 * @returns {Point}
 */
export function pointUnder(event, [left, right, bottom, top]) {
  const plane = /** @type {Element} */ (event.currentTarget);
  const box = plane.getBoundingClientRect();
  const across = share((event.clientX - box.left) / box.width);
  const down = share((event.clientY - box.top) / box.height);
  return { x1: left + across * (right - left), x2: top - down * (top - bottom) };
}

const share = (/** @type {number} */ value) => Math.min(Math.max(value, 0), 1);

/**
 * @param {string} key
 * @param {Point | null} from  null: the middle
 * @param {Extent} extent
 * @returns {Point | undefined} undefined: another key
 */
export function pointBeside(key, from, [left, right, bottom, top]) {
  const step = ARROWS[/** @type {keyof typeof ARROWS} */ (key)];
  if (!step) return undefined;
  const { x1, x2 } = from ?? { x1: (left + right) / 2, x2: (bottom + top) / 2 };
  const move = (
    /** @type {number} */ value,
    /** @type {number} */ by,
    /** @type {number[]} */ ends,
  ) => Math.min(Math.max(value + by * STRIDE * (ends[1] - ends[0]), ends[0]), ends[1]);
  return { x1: move(x1, step[0], [left, right]), x2: move(x2, step[1], [bottom, top]) };
}

/** @param {Point} one @param {Point | null} other @param {Extent} extent */
export function isNear(one, other, [left, right, bottom, top]) {
  if (!other) return false;
  const away = [(one.x1 - other.x1) / (right - left), (one.x2 - other.x2) / (top - bottom)];
  return Math.hypot(...away) < NEAR;
}

/**
 * @param {Point} point
 * @param {ArrayLike<number> | null | undefined} answer  a probability for each output, or the height
 *   of a surface; none yet
 * @param {number} classes  0: a surface
 */
export function pointText({ x1, x2 }, answer, classes) {
  const values = { x1: formatFixed(x1, 2), x2: formatFixed(x2, 2) };
  if (!answer) return t('playground:map.point', { ...values, answer: '…' });
  return t('playground:map.point', { ...values, answer: answerText(answer, classes) });
}

/** @param {ArrayLike<number>} answer @param {number} classes */
function answerText(answer, classes) {
  if (classes === 0) return t('playground:map.height', { height: formatFixed(answer[0], 2) });
  if (answer.length === 1) {
    const blue = answer[0] >= 0.5;
    const colour = t(`playground:map.${blue ? 'blue' : 'orange'}`);
    return `${formatPercent(blue ? answer[0] : 1 - answer[0])} ${colour}`;
  }
  const best = Array.from(answer).reduce((k, value, i) => (value > answer[k] ? i : k), 0);
  return `${formatPercent(answer[best])} ${t('playground:map.class', { number: best + 1 })}`;
}

/**
 * Python's line for it.
 *
 * @param {Point} point
 * @param {ArrayLike<number> | null | undefined} answer
 */
export function pointCode({ x1, x2 }, answer) {
  const said = answer && Array.from(answer, (value) => value.toPrecision(4)).join(', ');
  return `network.predict([[${x1.toFixed(3)}, ${x2.toFixed(3)}]])${said ? `  # ${said}` : ''}`;
}
