/** The boundary that a person expects, sketched on the plane before the network has found its own. */
import { cssColour, cssText } from '../drawings/scale.js';

/**
 * @typedef {[number, number]} Place  thousandths of the side, to the right and up
 * @typedef {Place[]} Stroke
 */

/** Thousandths between two places of a stroke, and as many places as an address holds. */
const APART = 12;
const MOST = 400;

/** @param {string} text  as `pynn.live.guess` has it @returns {Stroke[]} */
export function strokesIn(text) {
  if (!text) return [];
  return text
    .split('*')
    .map((stroke) =>
      stroke.split('_').map((place) => /** @type {Place} */ (place.split('-').map(Number))),
    );
}

/** @param {Stroke[]} strokes */
export function textOf(strokes) {
  return strokes
    .filter((stroke) => stroke.length > 0)
    .map((stroke) => stroke.map((place) => place.join('-')).join('_'))
    .join('*');
}

/**
 * The stroke goes on to there, if that is far enough and there is room for it.
 *
 * @param {Stroke[]} strokes
 * @param {number} across  share of the side
 * @param {number} up
 */
export function extend(strokes, across, up) {
  const place = /** @type {Place} */ (
    [across, up].map((share) => Math.round(1000 * Math.min(Math.max(share, 0), 1)))
  );
  const stroke = strokes[strokes.length - 1];
  const last = stroke.at(-1);
  const count = strokes.reduce((sum, { length }) => sum + length, 0);
  if (count >= MOST) return;
  if (!last || Math.hypot(place[0] - last[0], place[1] - last[1]) >= APART) stroke.push(place);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Stroke[]} strokes
 * @param {number} size  pixels along a side
 */
export function paintStrokes(context, strokes, size) {
  context.lineJoin = 'round';
  context.lineCap = 'round';
  // Dots in ink, on a seam of paper: to be seen on either colour.
  for (const [colour, alpha, width] of /** @type {const} */ ([
    ['--figure', 0.8, 6],
    ['--ink', 1, 3],
  ])) {
    context.strokeStyle = cssText(cssColour(colour), alpha);
    context.lineWidth = width;
    context.setLineDash(colour === '--ink' ? [1, 7] : []);
    for (const stroke of strokes) trace(context, stroke, size);
  }
  context.setLineDash([]);
}

/** @param {CanvasRenderingContext2D} context @param {Stroke} stroke @param {number} size */
function trace(context, stroke, size) {
  context.beginPath();
  for (const [x, y] of stroke) context.lineTo((x / 1000) * size, (1 - y / 1000) * size);
  // A single place is a dot.
  if (stroke.length === 1) {
    const [[x, y]] = stroke;
    context.lineTo((x / 1000) * size + 0.1, (1 - y / 1000) * size);
  }
  context.stroke();
}
