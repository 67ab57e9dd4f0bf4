// The pad's pen by keys: the arrows move it, Space puts it down and lifts it.
import { within } from './pen.js';

/** @type {Record<string, [number, number]>} */
const ARROWS = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** So many steps take it from the top to the bottom. */
const STEPS = 28;

/**
 * @param {object} options
 * @param {HTMLElement} options.element  the pad: how the pen stands is written on it
 * @param {HTMLElement} options.canvas  what has the keyboard's focus
 * @param {HTMLElement} options.nib  shows where the pen is
 * @param {() => number} options.aspect  the paper's width in heights
 * @param {(place: import('./pen.js').Point) => void} options.onDown  a new stroke
 * @param {(place: import('./pen.js').Point) => void} options.onMove  with the pen down
 * @param {(down: boolean) => void} options.onPen  it was put down, or lifted
 * @param {() => void} options.onClear
 * @param {() => void} options.onUndo
 */
export function createPadKeys(options) {
  const { element, canvas, nib, aspect } = options;
  /** @type {import('./pen.js').Point | null} null: in the middle */
  let pen = null;
  let isDown = false;

  const place = () => pen ?? { x: aspect() / 2, y: 0.5 };

  function showNib() {
    const { x, y } = place();
    nib.style.setProperty('left', `${(100 * x) / aspect()}%`);
    nib.style.setProperty('top', `${100 * y}%`);
  }

  /** @param {boolean} down */
  function setPen(down) {
    if (down === isDown) return;
    isDown = down;
    element.dataset.pen = down ? 'down' : 'up';
    options.onPen(down);
    if (down) options.onDown(place());
  }

  /** @param {[number, number]} arrow */
  function move([dx, dy]) {
    const { x, y } = place();
    pen = { x: within(x + dx / STEPS, aspect()), y: within(y + dy / STEPS, 1) };
    showNib();
    if (isDown) options.onMove(pen);
  }

  canvas.addEventListener('keydown', (event) => {
    const undoes = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z';
    if (!undoes && (event.ctrlKey || event.altKey || event.metaKey)) return;
    const arrow = ARROWS[event.key];
    if (undoes || event.key === 'Backspace') options.onUndo();
    else if (arrow) move(arrow);
    else if (event.key === ' ') {
      if (!event.repeat) setPen(!isDown);
    } else if (event.key === 'Escape' || event.key === 'Delete') options.onClear();
    else return;
    event.preventDefault();
    element.dataset.keys = 'true';
  });
  canvas.addEventListener('blur', () => setPen(false));
  element.dataset.pen = 'up';

  return {
    lift: () => setPen(false),
    /** Lifted, and back in the middle. */
    home() {
      setPen(false);
      pen = null;
      showNib();
    },
    showNib,
  };
}
