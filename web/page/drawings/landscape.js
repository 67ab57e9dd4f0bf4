// Images as places of the plane, each written as its digit: alike lies together, whatever the colour.
import { cssColour, cssText } from './scale.js';

/** Pixels around the places. */
const MARGIN = 12;

/**
 * @typedef {object} Frame  how places become pixels
 * @property {(x: number, y: number) => [number, number]} at
 * @property {number} width
 * @property {number} height
 */

/**
 * @param {HTMLCanvasElement} canvas
 * @param {ArrayLike<number>} places (n, 2)
 * @returns {Frame}
 */
export function frameOf(canvas, places) {
  const [width, height] = [canvas.clientWidth || 1, canvas.clientHeight || 1];
  let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < places.length; i += 2) {
    left = Math.min(left, places[i]);
    right = Math.max(right, places[i]);
    low = Math.min(low, places[i + 1]);
    high = Math.max(high, places[i + 1]);
  }
  const across = (width - 2 * MARGIN) / (right - left || 1);
  const down = (height - 2 * MARGIN) / (high - low || 1);
  return {
    width,
    height,
    at: (x, y) => [MARGIN + (x - left) * across, height - MARGIN - (y - low) * down],
  };
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Frame} frame
 * @param {ArrayLike<number>} places (n, 2)
 * @param {ArrayLike<number>} labels (n,)
 * @param {ArrayLike<number> | null} own  the place of the person's drawing
 */
export function paintLandscape(canvas, frame, places, labels, own) {
  const context = canvas.getContext('2d');
  if (!context) return;
  canvas.width = Math.round(frame.width * devicePixelRatio);
  canvas.height = Math.round(frame.height * devicePixelRatio);
  context.scale(devicePixelRatio, devicePixelRatio);
  const dark = cssColour('--paper')[0] < 128;
  context.font = '600 10px system-ui, sans-serif';
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (let i = 0; i < labels.length; i += 1) {
    const [x, y] = frame.at(places[2 * i], places[2 * i + 1]);
    context.fillStyle = `hsl(${36 * labels[i]} 70% ${dark ? 65 : 38}%)`;
    context.fillText(String(labels[i]), x, y);
  }
  if (!own) return;
  const [x, y] = frame.at(own[0], own[1]);
  context.strokeStyle = cssText(cssColour('--ink'));
  context.lineWidth = 2;
  context.beginPath();
  context.arc(within(x, frame.width), within(y, frame.height), 7, 0, 2 * Math.PI);
  context.stroke();
}

/** @param {number} place @param {number} end */
const within = (place, end) => Math.min(end - MARGIN / 2, Math.max(MARGIN / 2, place));

/**
 * @param {Frame} frame
 * @param {ArrayLike<number>} places (n, 2)
 * @param {number} x  in pixels
 * @param {number} y
 * @returns {number}  the nearest that is near enough; -1 for none
 */
export function nearestOf(frame, places, x, y) {
  let [best, least] = [-1, 14 ** 2];
  for (let i = 0; i < places.length / 2; i += 1) {
    const [left, top] = frame.at(places[2 * i], places[2 * i + 1]);
    const apart = (left - x) ** 2 + (top - y) ** 2;
    if (apart < least) [best, least] = [i, apart];
  }
  return best;
}
