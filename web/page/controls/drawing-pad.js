// Paper to write on, with mouse, finger, pen or keys. It keeps the strokes, paints them in the
// theme's ink, and says under each digit what it was read as.
import { make } from '../element.js';
import { createPadKeys } from './pad-keys.js';
import { part, writeNotes } from './pad-notes.js';
import { placeOf as placeOfPicture } from './pad-picture.js';
import { asBytes, erased, extend, PEN_WIDTH, paintStrokes, within } from './pen.js';
import './drawing-pad.css';

/** @typedef {import('./pen.js').Point} Point */
/** @typedef {import('./pad-notes.js').PadWords} PadWords */

const UNDONE = 100;

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
  /** What was there before each change, the newest last. @type {(import('./pen.js').Stroke[])[]} */
  let before = [];
  let penWidth = PEN_WIDTH;
  /** The pointer takes strokes away; and what it does has been noted for undo. */
  let erases = false;
  let kept = false;
  let rubbed = { x: 0, y: 0 };
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
    paintStrokes(screen, canvas.height, strokes, getComputedStyle(canvas).color, penWidth);
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
    kept = false;
    rubbed = place;
    if (erases) return erase(place);
    keep();
    strokes.push([place]);
    changed();
  }

  /** For undo. */
  function keep() {
    kept = true;
    before = [...before.slice(1 - UNDONE), strokes.map((stroke) => [...stroke])];
  }

  /** @param {Point} place */
  function erase(place) {
    const left = erased(strokes, rubbed, place, penWidth);
    rubbed = place;
    if (left.length === strokes.length) return;
    if (!kept) keep();
    strokes = left;
    changed();
  }

  /** @param {PointerEvent} event @returns {Point} */
  function placeOf(event) {
    const box = canvas.getBoundingClientRect();
    return {
      x: (event.clientX - box.left) / box.height,
      y: (event.clientY - box.top) / box.height,
      // A mouse presses nothing, and a finger says little of it.
      ...(event.pointerType === 'pen' && event.pressure > 0 ? { pressure: event.pressure } : {}),
    };
  }

  /** @param {Point} place */
  function goOn(place) {
    if (erases) return erase(place);
    const onPaper = { ...place, x: within(place.x, aspect()), y: within(place.y, 1) };
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
    if (event.pointerId !== pointer || (strokes.length === 0 && !erases)) return;
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
    if (strokes.length) keep();
    strokes = [];
    picture = null;
    pen.home();
    // A finger that still rests on the paper goes on with a new stroke when it comes down again.
    pointer = null;
    changed();
  }

  /** The last change is taken back. */
  function undo() {
    pen.lift();
    pointer = null;
    if (picture) return clear();
    const earlier = before.pop();
    if (!earlier) return;
    strokes = earlier;
    changed();
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

  element.style.setProperty('--pen-width', String(penWidth));
  pen.showNib();
  paint();

  return {
    element,
    clear,
    undo,
    repaint: paint,
    blank,
    canUndo: () => before.length > 0 || picture !== null,
    penWidth: () => penWidth,
    /** @param {number} next  of the pen, in heights of the paper */
    setWidth(next) {
      penWidth = next;
      element.style.setProperty('--pen-width', String(penWidth));
      changed();
    },
    /** The pointer takes strokes away from now on, or draws. @param {boolean} on */
    setErasing(on) {
      erases = on;
      element.dataset.tool = on ? 'eraser' : 'pen';
    },
    aspect,
    /** @param {import('./pad-picture.js').Picture} shown  in the place of all that is there */
    show(shown) {
      clear();
      picture = shown;
      changed();
    },
    /** What Python reads: its method and the arguments. @returns {[string, object]} */
    content() {
      if (!picture) return ['read', { strokes: asBytes(strokes), pen: penWidth }];
      const { width, height, grey } = picture;
      return ['picture', { width, height, grey }];
    },
    /** @param {import('./pad-notes.js').PadNote[]} written */
    annotate(written) {
      const {
        left: x,
        top: y,
        tall,
      } = picture ? placeOfPicture(picture, aspect()) : { left: 0, top: 0, tall: 1 };
      writeNotes(notes, written, { left: x, top: y, tall, aspect: aspect(), pen: penWidth });
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
