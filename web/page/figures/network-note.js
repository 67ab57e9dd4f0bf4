/** The note of the network's diagram, and its place beside the unit or connection that it is about. */
import { html, nothing } from 'lit';
import { placesOn } from '../drawings/network-diagram.js';
import { besideBox, besideCurve, common } from '../drawings/note-place.js';

/**
 * @typedef {import('../drawings/network-diagram.js').Layout} Layout
 * @typedef {import('../drawings/note-place.js').Box} Box
 * @typedef {ReturnType<typeof import('./network-subject.js').createSubject>} Subject
 */

/** Pixels between the note and the edges of the window. */
const MARGIN = 4;

/** @param {string[]} lines @param {boolean} picture  with a canvas for the unit's picture */
export function noteBox(lines, picture) {
  return html`<div
    class="network-note"
    id="network-note"
    role="tooltip"
    data-testid="network-note"
  >
    ${picture ? html`<canvas width="20" height="20"></canvas>` : nothing}
    ${lines.map((line) => html`<p class="numbers">${line}</p>`)}
  </div>`;
}

/**
 * Inside the diagram, and off the units if there is room; else anywhere in the window.
 *
 * @param {HTMLElement} stage  holds the note
 * @param {Layout} layout
 * @param {Subject} subject
 */
export function putNote(stage, layout, { now, place }) {
  /** @type {HTMLElement | null} */
  const note = stage.querySelector('.network-note');
  if (!note || !now) return;
  const size = { width: note.offsetWidth, height: note.offsetHeight };
  const beside = (/** @type {Box} */ within, /** @type {Box[]} */ avoid) =>
    'unit' in now
      ? besideBox(boxOf(layout, now.unit), size, within, avoid)
      : besideCurve(placesOn(layout, now.edge), place, size, within, avoid);
  const seen = windowAround(stage);
  const diagram = { left: 0, top: 0, right: layout.width, bottom: layout.height };
  const inside = common(diagram, seen);
  const units = layout.layers.flat().map((unit) => boxOf(layout, unit));
  const { left, top } = beside(inside, units) ?? beside(inside, []) ?? beside(seen, []) ?? seen;
  note.style.left = `${left}px`;
  note.style.top = `${top}px`;
}

/** @param {HTMLElement} stage @returns {Box} the window, measured from the stage's corner */
function windowAround(stage) {
  const { left, top } = stage.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  return {
    left: MARGIN - left,
    top: MARGIN - top,
    right: clientWidth - MARGIN - left,
    bottom: clientHeight - MARGIN - top,
  };
}

/** @param {Layout} layout @param {import('../drawings/unit-picture.js').Place} unit */
function boxOf({ layers }, { layer, index }) {
  const { x, y, size } = layers[layer][index];
  const half = size / 2;
  return { left: x - half, top: y - half, right: x + half, bottom: y + half };
}
