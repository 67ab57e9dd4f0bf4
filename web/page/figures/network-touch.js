/**
 * A point of the plane on its way through the network: the spot on each tile, what each unit says to
 * it, and what each connection carries.
 */
import { html, nothing } from 'lit';
import { formatFixed } from '../i18n.js';

/**
 * @typedef {import('../../shared/protocol.js').Reply['arrays']} Arrays
 * @typedef {import('../drawings/unit-picture.js').Place} Place
 * @typedef {import('../drawings/data-points.js').Extent} Extent
 * @typedef {{arrays: Arrays, extent: Extent}} Touch
 */

/** Pixels along a side of a tile that has room for a number. */
const ROOM = 34;

/**
 * @param {Arrays} arrays  of a reply
 * @param {Extent} extent
 * @returns {Touch | null} null: it follows no point
 */
export function touchOf(arrays, extent) {
  return arrays['touch/values/0'] ? { arrays, extent } : null;
}

/**
 * What the diagram's lines show: weights, or what they carry.
 *
 * @param {number[]} layers
 * @param {Arrays} arrays
 * @param {Touch | null} touch
 */
export function connectionsOf(layers, arrays, touch) {
  return layers
    .slice(1)
    .map((_, i) => touch?.arrays[`touch/shares/${i}`] ?? arrays[`weights/${i}`]);
}

/** @param {Touch} touch @param {Place} unit */
export function valueAt({ arrays }, { layer, index }) {
  return arrays[`touch/values/${layer}`]?.data[index] ?? 0;
}

/**
 * On a unit's tile.
 *
 * @param {Touch | null} touch
 * @param {Place & {size: number}} unit
 */
export function touchOn(touch, unit) {
  if (!touch) return nothing;
  const value = unit.size < ROOM ? nothing : formatFixed(valueAt(touch, unit), 2);
  return html`<b class="neuron-spot" aria-hidden="true"></b>
    <b class="neuron-value numbers" aria-hidden="true">${value}</b>`;
}

/**
 * The same place on every tile; the page's policy forbids style attributes.
 *
 * @param {Element} element
 * @param {Touch | null} touch
 */
export function putSpots(element, touch) {
  if (!touch) return;
  const [x, y] = touch.arrays['touch/point'].data;
  const [left, top] = shareOf(touch.extent, x, y);
  for (const spot of element.querySelectorAll('.neuron-spot')) {
    const { style } = /** @type {HTMLElement} */ (spot);
    style.left = `${100 * left}%`;
    style.top = `${100 * top}%`;
  }
}

/** @param {Extent} extent @param {number} x @param {number} y @returns shares of width and height */
export function shareOf([left, right, bottom, top], x, y) {
  return [(x - left) / (right - left), (top - y) / (top - bottom)];
}
