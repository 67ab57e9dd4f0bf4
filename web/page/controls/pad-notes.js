// What stands on the pad in words: what it was read as, under each digit on the paper.

/**
 * @typedef {object} PadWords
 * @property {string} label the pad's name
 * @property {string} keys how to use it from the keyboard
 * @property {string} hint faint, on the empty paper
 * @property {string} penDown said when Space has put the pen down
 * @property {string} penUp
 */

/**
 * @typedef {object} PadNote  what stands under a digit
 * @property {string} text
 * @property {boolean} unsure
 * @property {number[]} box  left, top, right and bottom, in heights of the paper
 */

/** A digit that reaches further down has its note above that line. */
const LOW = 0.86;

/**
 * @param {HTMLElement} notes  lies over the paper
 * @param {PadNote[]} written
 * @param {{left: number, top: number, tall: number, aspect: number, pen: number}} paper  where what is
 *   read lies on it and how high it is, its width and the pen's, all in its heights
 */
export function writeNotes(notes, written, { left: x0, top: y0, tall, aspect, pen }) {
  notes.replaceChildren(
    ...written.map(({ text, unsure, box }) => {
      const [left, , right, below] = box.map((side) => tall * side);
      const bottom = y0 + below;
      const note = part('pad-note');
      note.textContent = text;
      note.dataset.unsure = String(unsure);
      // Inside, where there is no paper left below.
      note.dataset.low = String(bottom > LOW);
      note.style.setProperty('left', `${(100 * (x0 + (left + right) / 2)) / aspect}%`);
      note.style.setProperty('top', `${100 * (bottom + pen)}%`);
      return note;
    }),
  );
}

/** @param {string} className @param {boolean} [hidden] from those who listen */
export function part(className, hidden = false) {
  const span = document.createElement('span');
  span.className = className;
  if (hidden) span.setAttribute('aria-hidden', 'true');
  return span;
}
