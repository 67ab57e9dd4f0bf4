// A square of paper to write a digit on, with mouse, finger, pen or keys. It keeps the strokes,
// paints them in the theme's ink, and hands out how much ink lies on each small square of it.
import { make } from '../element.js';
import { CELLS, extend, PEN_WIDTH, paintStrokes } from './pen.js';
import './drawing-pad.css';

/** @typedef {import('./pen.js').Point} Point */
/** @typedef {{side: number, ink: Uint8Array}} Ink  row by row from the top, 0 paper … 255 ink */
/**
 * @typedef {object} PadWords
 * @property {string} label the pad's name
 * @property {string} keys how to use it from the keyboard
 * @property {string} hint faint, on the empty paper
 * @property {string} penDown said when Space has put the pen down
 * @property {string} penUp
 */

/** Side of the picture that is handed out: ten samples for each pixel that the network sees. */
const INK_SIDE = 10 * CELLS;

/** @type {Record<string, [number, number]>} */
const ARROWS = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

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
  const hint = part('pad-hint');
  hint.setAttribute('aria-hidden', 'true');
  const nib = part('pad-nib');
  nib.setAttribute('aria-hidden', 'true');
  const keys = part('visually-hidden');
  keys.id = 'pad-keys';
  const spoken = part('visually-hidden');
  spoken.setAttribute('role', 'status');
  element.append(canvas, hint, nib, keys, spoken);

  const screen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const small = document.createElement('canvas');
  small.width = INK_SIDE;
  small.height = INK_SIDE;
  const paper = /** @type {CanvasRenderingContext2D} */ (
    small.getContext('2d', { willReadFrequently: true })
  );

  /** @type {import('./pen.js').Stroke[]} */
  let strokes = [];
  /** @type {number | null} the pointer that draws; a second finger is left alone */
  let pointer = null;
  /** @type {Point} where the keyboard's pen stands */
  let pen = { x: 0.5, y: 0.5 };
  let penIsDown = false;
  let painting = false;
  /** @type {PadWords | null} */
  let words = null;

  function paint() {
    element.dataset.blank = String(strokes.length === 0);
    paintStrokes(screen, canvas.width, strokes, getComputedStyle(canvas).color);
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

  /** @param {PointerEvent} event @returns {Point} */
  function place(event) {
    const box = canvas.getBoundingClientRect();
    return {
      x: (event.clientX - box.left) / box.width,
      y: (event.clientY - box.top) / box.height,
    };
  }

  canvas.addEventListener('pointerdown', (event) => {
    if (pointer !== null || event.button !== 0) return;
    pointer = event.pointerId;
    canvas.setPointerCapture(pointer);
    setPen(false);
    element.dataset.keys = 'false';
    strokes.push([place(event)]);
    changed();
  });
  canvas.addEventListener('pointermove', (event) => {
    if (event.pointerId !== pointer) return;
    const stroke = strokes[strokes.length - 1];
    if (!stroke) return;
    // A quick hand gives several samples between two frames; the event itself is the last of them.
    for (const sample of event.getCoalescedEvents?.() ?? []) extend(stroke, place(sample));
    extend(stroke, place(event));
    changed();
  });
  for (const end of /** @type {const} */ (['pointerup', 'pointercancel', 'lostpointercapture'])) {
    canvas.addEventListener(end, (event) => {
      if (event.pointerId === pointer) pointer = null;
    });
  }

  canvas.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const arrow = ARROWS[event.key];
    if (arrow) movePen(arrow);
    else if (event.key === ' ') {
      if (!event.repeat) setPen(!penIsDown);
    } else if (event.key === 'Escape' || event.key === 'Delete') clear();
    else return;
    event.preventDefault();
    element.dataset.keys = 'true';
  });
  canvas.addEventListener('blur', () => setPen(false));

  /** @param {[number, number]} arrow */
  function movePen([dx, dy]) {
    pen = { x: within(pen.x + dx / CELLS), y: within(pen.y + dy / CELLS) };
    showNib();
    if (!penIsDown) return;
    extend(strokes[strokes.length - 1], pen);
    changed();
  }

  /** @param {boolean} down */
  function setPen(down) {
    if (down === penIsDown) return;
    penIsDown = down;
    element.dataset.pen = down ? 'down' : 'up';
    spoken.textContent = words ? (down ? words.penDown : words.penUp) : '';
    if (!down) return;
    strokes.push([pen]);
    changed();
  }

  function showNib() {
    nib.style.setProperty('left', `${pen.x * 100}%`);
    nib.style.setProperty('top', `${pen.y * 100}%`);
  }

  function clear() {
    setPen(false);
    strokes = [];
    pen = { x: 0.5, y: 0.5 };
    showNib();
    // A finger that still rests on the paper goes on with a new stroke when it comes down again.
    pointer = null;
    changed();
  }

  // The screen's canvas has as many pixels as the screen gives it, for a line as sharp as text.
  new ResizeObserver(() => {
    const side = Math.max(1, Math.round(canvas.clientWidth * devicePixelRatio));
    if (side === canvas.width) return;
    canvas.width = side;
    canvas.height = side;
    paint();
  }).observe(canvas);

  element.dataset.pen = 'up';
  element.style.setProperty('--pen-width', String(PEN_WIDTH));
  showNib();
  paint();

  return {
    element,
    clear,
    /** Paints again, with the ink of a theme that has changed. */
    repaint: paint,
    blank: () => strokes.length === 0,
    /** @returns {Ink} */
    ink() {
      paintStrokes(paper, INK_SIDE, strokes, '#000');
      const { data } = paper.getImageData(0, 0, INK_SIDE, INK_SIDE);
      const ink = new Uint8Array(INK_SIDE * INK_SIDE);
      // The paper is transparent: how opaque a pixel is says how much ink lies on it.
      for (let i = 0; i < ink.length; i += 1) ink[i] = data[4 * i + 3];
      return { side: INK_SIDE, ink };
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

/** @param {string} className */
function part(className) {
  const span = document.createElement('span');
  span.className = className;
  return span;
}

/** @param {number} share keeps the keyboard's pen on the paper */
function within(share) {
  return Math.min(1, Math.max(0, share));
}
