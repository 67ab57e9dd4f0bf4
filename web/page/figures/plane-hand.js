/**
 * What a hand does on the plane besides pointing: it drags a neuron's line, or sketches a guess. Both
 * are drawn on one canvas above the map.
 */
import { fitToScreen } from '../drawings/decision-map.js';
import { extend, paintStrokes, strokesIn, textOf } from './plane-guess.js';
import { dragged, graspAt, MOST_LINES, neuronsIn, paintLines } from './plane-lines.js';

/**
 * @typedef {import('../drawings/data-points.js').Extent} Extent
 * @typedef {import('./plane-lines.js').Neuron} Neuron
 * @typedef {import('./plane-lines.js').Grasp} Grasp
 */

/**
 * @param {object} options
 * @param {(changes: Record<string, number>) => void} options.onPut
 * @param {(guess: string) => void} options.onGuess
 */
export function createHand({ onPut, onGuess }) {
  /** @type {HTMLCanvasElement | undefined} */
  let canvas;
  /** @type {Extent} */
  let extent = [0, 1, 0, 1];
  /** @type {Neuron[]} */
  let neurons = [];
  /** Whether the first layer is told coordinates, and its neurons are lines. */
  let straight = true;
  /** Null: by their number. @type {boolean | null} */
  let wished = null;
  /** What the hand has, or could take. @type {Grasp | null} */
  let grasp = null;
  /** The neuron as it was taken. @type {Neuron | null} */
  let taken = null;
  let sketching = false;
  let drawing = false;
  /** @type {import('./plane-guess.js').Stroke[]} */
  let strokes = [];

  const possible = () => neurons.length > 0 && neurons.length <= MOST_LINES;
  const lines = () => possible() && (wished ?? neurons.length <= 4);

  function paint() {
    if (!canvas) return;
    const context = fitToScreen(canvas);
    if (!context) return;
    const size = canvas.clientWidth;
    paintStrokes(context, strokes, size);
    if (lines()) paintLines(context, neurons, extent, size, grasp?.unit ?? null);
  }

  /** @param {PointerEvent | Touch} event */
  function spotOf({ clientX, clientY }) {
    const box = /** @type {HTMLCanvasElement} */ (canvas).getBoundingClientRect();
    return { x: clientX - box.left, y: clientY - box.top, size: box.width };
  }

  /** @param {PointerEvent} event */
  function drag(event) {
    const { size, ...spot } = spotOf(event);
    if (!grasp || !taken) return;
    const moved = dragged(taken, grasp, extent, size, spot);
    const { unit } = grasp;
    neurons[unit] = moved;
    const tidy = (/** @type {number} */ value) => Number(value.toFixed(4));
    onPut({
      [`w1.0.${unit}`]: tidy(moved.w1),
      [`w1.1.${unit}`]: tidy(moved.w2),
      [`b1.${unit}`]: tidy(moved.b),
    });
    paint();
  }

  /** @param {number} across @param {number} up */
  function sketch(across, up) {
    extend(strokes, across, up);
    paint();
  }

  return {
    /** @param {Element | undefined} place */
    on(place) {
      canvas = /** @type {HTMLCanvasElement | undefined} */ (place);
    },
    paint,
    /** @param {Extent} next @param {boolean} plain  the network is told the coordinates alone */
    begin(next, plain) {
      extent = next;
      straight = plain;
      grasp = taken = null;
      drawing = false;
    },
    /** @param {Parameters<typeof neuronsIn>[0]} arrays */
    update(arrays) {
      const held = grasp && taken ? neurons[grasp.unit] : null;
      neurons = straight ? neuronsIn(arrays) : [];
      // The hand is ahead of Python.
      if (held && grasp) neurons[grasp.unit] = held;
      if (lines() || strokes.length > 0) paint();
    },
    /** @param {string} guess  as Python has it */
    guessed(guess) {
      if (drawing) return;
      strokes = strokesIn(guess);
      paint();
    },
    get possible() {
      return possible();
    },
    get lines() {
      return lines();
    },
    /** @param {boolean} on */
    showLines(on) {
      wished = on;
      grasp = null;
      paint();
    },
    get sketching() {
      return sketching;
    },
    /** @param {boolean} on */
    sketch(on) {
      sketching = on;
      grasp = null;
    },
    get guess() {
      return textOf(strokes);
    },
    forgetGuess() {
      strokes = [];
      onGuess('');
    },
    /** Another place of the guess, by the keyboard. @param {number} across @param {number} up */
    add(across, up) {
      if (strokes.length === 0) strokes.push([]);
      sketch(across, up);
      onGuess(textOf(strokes));
    },
    /** Whether a finger here would do something. @param {TouchEvent} event */
    wants({ touches: [touch] }) {
      if (sketching) return true;
      const { size, ...spot } = spotOf(touch);
      return lines() && graspAt(neurons, extent, size, spot) !== null;
    },
    /** @param {PointerEvent} event @returns {boolean} whether the hand has taken something */
    down(event) {
      const { size, ...spot } = spotOf(event);
      if (sketching) {
        drawing = true;
        strokes.push([]);
        sketch(spot.x / size, 1 - spot.y / size);
      } else {
        grasp = lines() ? graspAt(neurons, extent, size, spot) : null;
        if (!grasp) return false;
        taken = { ...neurons[grasp.unit] };
        paint();
      }
      /** @type {Element} */ (event.currentTarget).setPointerCapture(event.pointerId);
      return true;
    },
    /** @param {PointerEvent} event @returns {boolean} whether it has something, or could take it */
    move(event) {
      const { size, ...spot } = spotOf(event);
      if (drawing) sketch(spot.x / size, 1 - spot.y / size);
      else if (taken) drag(event);
      else if (!sketching && lines()) {
        const before = grasp?.unit;
        grasp = graspAt(neurons, extent, size, spot);
        if (grasp?.unit !== before) paint();
      }
      return drawing || !!grasp;
    },
    up() {
      if (drawing) {
        drawing = false;
        onGuess(textOf(strokes));
      }
      taken = null;
    },
    /** The pointer has gone. */
    leave() {
      if (taken || !grasp) return;
      grasp = null;
      paint();
    },
  };
}
