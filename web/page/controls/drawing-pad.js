// Paper to write on, with mouse, finger, pen or keys. It keeps the strokes, paints them in the
// theme's ink, and says under each digit what it was read as.
import { make } from '../element.js';
import { createPadKeys } from './pad-keys.js';
import { asBytes, extend, PEN_WIDTH, paintStrokes } from './pen.js';
import './drawing-pad.css';

/** @typedef {import('./pen.js').Point} Point */
/**
 * @typedef {object} PadWords
 * @property {string} label the pad's name
 * @property {string} keys how to use it from the keyboard
 * @property {string} hint faint, on the empty paper
 * @property {string} penDown said when Space has put the pen down
 * @property {string} penUp
 *
 * @typedef {object} PadNote  what stands under a digit
 * @property {string} text
 * @property {boolean} unsure
 * @property {number[]} box  left, top, right and bottom, in heights of the paper
 */

/** A digit that reaches further down has its note above that line. */
const LOW = 0.86;

/**
 * @param {{onChange: () => void}} options onChange: the drawing is another one; may come often
 */
export function createDrawingPad({ onChange }) {
  const element = make('div', 'pad');
  const canvas = make('canvas', 'pad-paper', { testid: 'drawing-pad' });
  canvas.tabIndex = 0;
  // Screen readers hand the arrow keys on only to an application.
  canvas.setAttribute('role', 'application');
  canvas.setAttribute('aria-describedby', 'pad-keys');
  const notes = part('pad-notes', true);
  const hint = part('pad-hint', true);
  const nib = part('pad-nib', true);
  const keys = part('visually-hidden');
  keys.id = 'pad-keys';
  const spoken = part('visually-hidden');
  spoken.setAttribute('role', 'status');
  element.append(canvas, notes, hint, nib, keys, spoken);
  const screen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));

  /** @type {import('./pen.js').Stroke[]} */
  let strokes = [];
  /** @type {number | null} the pointer that draws; a second finger is left alone */
  let pointer = null;
  /** It has left the paper, and goes on with a new stroke where it comes back. */
  let outside = false;
  let painting = false;
  /** @type {PadWords | null} */
  let words = null;

  const aspect = () => canvas.clientWidth / canvas.clientHeight || 1;
  const pen = createPadKeys({
    element,
    canvas,
    nib,
    aspect,
    onDown: begin,
    onMove(place) {
      extend(strokes[strokes.length - 1], place);
      changed();
    },
    onPen(down) {
      spoken.textContent = words ? (down ? words.penDown : words.penUp) : '';
    },
    onClear: clear,
    onUndo: undo,
  });

  function paint() {
    element.dataset.blank = String(strokes.length === 0);
    paintStrokes(screen, canvas.height, strokes, getComputedStyle(canvas).color);
  }

  function changed() {
    if (!painting) {
      painting = true;
      requestAnimationFrame(() => {
        painting = false;
        paint();
      });
    }
    onChange();
  }

  /** @param {Point} place */
  function begin(place) {
    strokes.push([place]);
    changed();
  }

  /** @param {PointerEvent} event @returns {Point} */
  function placeOf(event) {
    const box = canvas.getBoundingClientRect();
    return {
      x: (event.clientX - box.left) / box.height,
      y: (event.clientY - box.top) / box.height,
    };
  }

  /** @param {Point} place */
  function goOn(place) {
    const onPaper = { x: within(place.x, aspect()), y: within(place.y, 1) };
    const left = onPaper.x !== place.x || onPaper.y !== place.y;
    if (outside && !left) strokes.push([onPaper]);
    else if (!outside) extend(strokes[strokes.length - 1], onPaper);
    outside = left;
  }

  canvas.addEventListener('pointerdown', (event) => {
    if (pointer !== null || event.button !== 0) return;
    pointer = event.pointerId;
    canvas.setPointerCapture(pointer);
    pen.lift();
    element.dataset.keys = 'false';
    outside = false;
    begin(placeOf(event));
  });
  canvas.addEventListener('pointermove', (event) => {
    if (event.pointerId !== pointer || strokes.length === 0) return;
    // A quick hand gives several samples between two frames; the event itself is the last of them.
    for (const sample of event.getCoalescedEvents?.() ?? []) goOn(placeOf(sample));
    goOn(placeOf(event));
    changed();
  });
  for (const end of /** @type {const} */ (['pointerup', 'pointercancel', 'lostpointercapture'])) {
    canvas.addEventListener(end, (event) => {
      if (event.pointerId === pointer) pointer = null;
    });
  }

  function clear() {
    strokes = [];
    pen.home();
    // A finger that still rests on the paper goes on with a new stroke when it comes down again.
    pointer = null;
    changed();
  }

  /** The last stroke is taken back. */
  function undo() {
    pen.lift();
    pointer = null;
    if (strokes.pop()) changed();
  }

  // The screen's canvas has as many pixels as the screen gives it, for a line as sharp as text.
  new ResizeObserver(() => {
    const [width, height] = [canvas.clientWidth, canvas.clientHeight].map((side) =>
      Math.max(1, Math.round(side * devicePixelRatio)),
    );
    if (width === canvas.width && height === canvas.height) return;
    canvas.width = width;
    canvas.height = height;
    pen.showNib();
    paint();
  }).observe(canvas);

  element.style.setProperty('--pen-width', String(PEN_WIDTH));
  pen.showNib();
  paint();

  return {
    element,
    clear,
    undo,
    /** Paints again, with the ink of a theme that has changed. */
    repaint: paint,
    blank: () => strokes.length === 0,
    /** What Python reads. */
    strokes: () => asBytes(strokes),
    /** @param {PadNote[]} written */
    annotate(written) {
      notes.replaceChildren(
        ...written.map(({ text, unsure, box: [left, , right, bottom] }) => {
          const note = part('pad-note');
          note.textContent = text;
          note.dataset.unsure = String(unsure);
          // Inside, where there is no paper left below.
          note.dataset.low = String(bottom > LOW);
          note.style.setProperty('left', `${(50 * (left + right)) / aspect()}%`);
          note.style.setProperty('top', `${100 * (bottom + PEN_WIDTH)}%`);
          return note;
        }),
      );
    },
    /** @param {PadWords} newWords */
    relabel(newWords) {
      words = newWords;
      canvas.setAttribute('aria-label', words.label);
      hint.textContent = words.hint;
      keys.textContent = words.keys;
    },
  };
}

/** @param {string} className @param {boolean} [hidden] from those who listen */
function part(className, hidden = false) {
  const span = document.createElement('span');
  span.className = className;
  if (hidden) span.setAttribute('aria-hidden', 'true');
  return span;
}

/** @param {number} place keeps it on the paper @param {number} end */
function within(place, end) {
  return Math.min(end, Math.max(0, place));
}
