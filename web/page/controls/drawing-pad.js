// Paper to write on, with mouse, finger, pen or keys. It keeps the strokes, paints them in the
// theme's ink, and says under each digit what it was read as.
import { make } from '../element.js';
import { createPadKeys } from './pad-keys.js';
import { placeOf as placeOfPicture } from './pad-picture.js';
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
  /** What lies on the paper instead. @type {import('./pad-picture.js').Picture | null} */
  let picture = null;
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
    element.dataset.blank = String(blank());
    paintStrokes(screen, canvas.height, strokes, getComputedStyle(canvas).color);
    if (!picture) return;
    const { left, top, wide, tall } = placeOfPicture(picture, aspect());
    const [x, y, width, height] = [left, top, wide, tall].map((side) => side * canvas.height);
    screen.drawImage(picture.bitmap, x, y, width, height);
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

  const blank = () => strokes.length === 0 && picture === null;

  /** @param {Point} place */
  function begin(place) {
    picture = null;
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
    picture = null;
    pen.home();
    // A finger that still rests on the paper goes on with a new stroke when it comes down again.
    pointer = null;
    changed();
  }

  /** The last stroke is taken back. */
  function undo() {
    pen.lift();
    pointer = null;
    if (picture) clear();
    else if (strokes.pop()) changed();
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
    blank,
    /** Its width in its heights. */
    aspect,
    /** @param {import('./pad-picture.js').Picture} shown  in the place of all that is there */
    show(shown) {
      clear();
      picture = shown;
      changed();
    },
    /** What Python reads: its method and the arguments. @returns {[string, object]} */
    content() {
      if (!picture) return ['read', { strokes: asBytes(strokes), pen: PEN_WIDTH }];
      const { width, height, grey } = picture;
      return ['picture', { width, height, grey }];
    },
    /** @param {PadNote[]} written */
    annotate(written) {
      const {
        left: x,
        top: y,
        tall,
      } = picture ? placeOfPicture(picture, aspect()) : { left: 0, top: 0, tall: 1 };
      notes.replaceChildren(
        ...written.map(({ text, unsure, box }) => {
          const [left, , right, below] = box.map((side) => tall * side);
          const bottom = y + below;
          const note = part('pad-note');
          note.textContent = text;
          note.dataset.unsure = String(unsure);
          // Inside, where there is no paper left below.
          note.dataset.low = String(bottom > LOW);
          note.style.setProperty('left', `${(100 * (x + (left + right) / 2)) / aspect()}%`);
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
