/** The tiles of the network's diagram, one for each unit. */
import { html, nothing } from 'lit';
import { paintSmooth } from '../drawings/raster.js';
import { unitPicture } from '../drawings/unit-picture.js';
import { featureSign } from './network-features.js';
import { unitName } from './network-texts.js';
import { touchOn } from './network-touch.js';

/**
 * @typedef {import('../drawings/network-diagram.js').Unit} Unit
 * @typedef {import('../drawings/network-diagram.js').Layout} Layout
 * @typedef {import('../drawings/unit-picture.js').Place} Place
 */

/** Along a side of a tile, at least. */
const TILE_PIXELS = 60;

/**
 * @param {number[]} layers  units in each layer, input first
 * @param {Unit} unit
 * @param {object} hands
 * @param {Place} hands.current  where the tab key stops
 * @param {import('./network-touch.js').Touch | null} hands.touch
 * @param {string[]} hands.features  the inputs
 * @param {string[]} hands.off  units that are switched off, as Python names them
 * @param {(event: FocusEvent) => void} hands.onFocus
 * @param {() => void} hands.onBlur
 */
export function tile(layers, unit, { current, touch, features, off, onFocus, onBlur }) {
  const here = unit.layer === current.layer && unit.index === current.index;
  const silent = off.includes(`${unit.layer}.${unit.index}`);
  return html`<button
    type="button"
    class="neuron${silent ? ' neuron-off' : ''}"
    tabindex=${here ? 0 : -1}
    data-place="${unit.layer}/${unit.index}"
    aria-label=${unitName(layers, unit, features)}
    aria-describedby=${here ? 'network-note' : nothing}
    @focus=${onFocus}
    @blur=${onBlur}
  ><canvas width="20" height="20"></canvas>${
    unit.layer === 0
      ? html`<i aria-hidden="true">${featureSign(features[unit.index])}</i>`
      : nothing
  }${touchOn(touch, unit)}</button>`;
}

/** @param {Element} tile @returns {Place} */
export function placeOf(tile) {
  const [layer, index] = String(/** @type {HTMLElement} */ (tile).dataset.place).split('/');
  return { layer: Number(layer), index: Number(index) };
}

/** @param {Element} diagram @param {Place} place @returns {HTMLElement | null} */
export function tileOf(diagram, { layer, index }) {
  return diagram.querySelector(`[data-place="${layer}/${index}"]`);
}

/**
 * Sizes and places are set here because the page's policy forbids style attributes.
 *
 * @param {Element} diagram
 * @param {Layout} layout
 */
export function putTiles(diagram, layout) {
  for (const unit of layout.layers.flat()) {
    const style = /** @type {HTMLElement} */ (tileOf(diagram, unit)).style;
    style.left = `${unit.x - unit.size / 2}px`;
    style.top = `${unit.y - unit.size / 2}px`;
    style.width = `${unit.size}px`;
    style.height = `${unit.size}px`;
  }
}

/**
 * @param {Element | null | undefined} canvas
 * @param {import('../../shared/protocol.js').Reply} frame
 * @param {number[]} layers
 * @param {Place} unit
 */
export function paintUnit(canvas, frame, layers, unit) {
  if (!canvas) return;
  const { data, side, colour } = unitPicture(frame, layers, unit);
  const times = Math.ceil(TILE_PIXELS / side);
  paintSmooth(/** @type {HTMLCanvasElement} */ (canvas), data, side, times, colour);
}
