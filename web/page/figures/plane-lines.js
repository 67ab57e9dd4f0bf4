/**
 * The neurons of the first layer as what they are: lines on the plane, where their sum is zero. Each
 * can be taken by its middle and moved, or beside it and turned; weights and bias follow.
 */
import { cssColour, cssText } from '../drawings/scale.js';

/**
 * @typedef {import('../drawings/data-points.js').Extent} Extent
 * @typedef {{x: number, y: number}} Spot  pixels from the plane's upper left corner
 * @typedef {{w1: number, w2: number, b: number}} Neuron
 * @typedef {{middle: Spot, ends: [Spot, Spot], handles: [Spot, Spot]}} Line
 * @typedef {{unit: number, handle: number | null, line: Line}} Grasp  null: the middle
 */

/** More than these nobody could tell apart, nor see the plane below. */
export const MOST_LINES = 12;
/** Pixels. */
const NEAR_LINE = 9;
const NEAR_HANDLE = 13;
/** Of the side: how far from the middle a line is taken to be turned. */
const ARM = 0.22;

/**
 * @param {Record<string, import('../../shared/protocol.js').NumberArray>} arrays  of a reply
 * @returns {Neuron[]} of the first layer
 */
export function neuronsIn(arrays) {
  const weights = arrays['weights/0'];
  const biases = arrays['biases/0'];
  // A recording has no biases.
  if (weights?.shape[0] !== 2 || !biases) return [];
  const count = weights.shape[1];
  return Array.from({ length: count }, (_, i) => ({
    w1: weights.data[i],
    w2: weights.data[count + i],
    b: biases.data[i],
  }));
}

/**
 * @param {Neuron} neuron
 * @param {Extent} extent
 * @param {number} size  pixels along a side
 * @returns {Line | null} null: it does not cross the plane
 */
export function lineOf({ w1, w2, b }, [left, right, bottom, top], size) {
  const unit = size / (right - left);
  const long = Math.hypot(w1, w2);
  if (!(long > 0)) return null;
  // The foot of the line below the plane's centre, and the way along it, upwards in y.
  const [cx, cy] = [(left + right) / 2, (bottom + top) / 2];
  const away = (w1 * cx + w2 * cy + b) / long;
  const foot = { x: cx - (away * w1) / long, y: cy - (away * w2) / long };
  const half = (right - left) / 2;
  if (Math.max(Math.abs(foot.x - cx), Math.abs(foot.y - cy)) > half) return null;
  const along = { x: -w2 / long, y: w1 / long };
  const at = (/** @type {number} */ by) => ({
    x: (foot.x + by * along.x - left) * unit,
    y: (top - foot.y - by * along.y) * unit,
  });
  const arm = ARM * (right - left);
  return {
    middle: at(0),
    ends: [at(-3 * half), at(3 * half)],
    handles: [at(-arm), at(arm)],
  };
}

/**
 * @param {Neuron[]} neurons
 * @param {Extent} extent
 * @param {number} size
 * @param {Spot} spot
 * @returns {Grasp | null} what a hand at this place would take
 */
export function graspAt(neurons, extent, size, spot) {
  /** @type {Grasp | null} */
  let nearest = null;
  let distance = Infinity;
  for (const [unit, neuron] of neurons.entries()) {
    const line = lineOf(neuron, extent, size);
    if (!line) continue;
    for (const [handle, place] of line.handles.entries()) {
      const away = Math.hypot(spot.x - place.x, spot.y - place.y) - NEAR_HANDLE;
      if (away < Math.min(0, distance)) [nearest, distance] = [{ unit, handle, line }, away];
    }
    const [from, to] = line.ends;
    const long = Math.hypot(to.x - from.x, to.y - from.y);
    const across = (to.x - from.x) * (spot.y - from.y) - (to.y - from.y) * (spot.x - from.x);
    const away = Math.abs(across) / long - NEAR_LINE;
    if (away < Math.min(0, distance)) [nearest, distance] = [{ unit, handle: null, line }, away];
  }
  return nearest;
}

/**
 * The neuron whose line has been dragged there: turned about its middle, or moved.
 *
 * @param {Neuron} neuron  as it was when it was taken
 * @param {Grasp} grasp
 * @param {Extent} extent
 * @param {number} size
 * @param {Spot} spot
 * @returns {Neuron}
 */
export function dragged({ w1, w2 }, { handle, line }, [left, right, , top], size, spot) {
  const unit = size / (right - left);
  const place = (/** @type {Spot} */ { x, y }) => ({ x: left + x / unit, y: top - y / unit });
  if (handle === null) {
    const through = place(spot);
    return { w1, w2, b: -(w1 * through.x + w2 * through.y) };
  }
  const [middle, hand] = [place(line.middle), place(spot)];
  const sign = handle === 0 ? -1 : 1;
  const reach = Math.hypot(hand.x - middle.x, hand.y - middle.y) || 1;
  const along = {
    x: (sign * (hand.x - middle.x)) / reach,
    y: (sign * (hand.y - middle.y)) / reach,
  };
  const long = Math.hypot(w1, w2);
  const turned = { w1: long * along.y, w2: -long * along.x };
  return { ...turned, b: -(turned.w1 * middle.x + turned.w2 * middle.y) };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Neuron[]} neurons
 * @param {Extent} extent
 * @param {number} size
 * @param {number | null} marked  the unit whose line is taken, or could be
 */
export function paintLines(context, neurons, extent, size, marked) {
  for (const [unit, neuron] of neurons.entries()) {
    const line = lineOf(neuron, extent, size);
    if (!line) continue;
    const strong = unit === marked;
    context.strokeStyle = cssText(cssColour('--ink'), strong ? 0.9 : 0.28);
    context.lineWidth = strong ? 2 : 1.25;
    context.setLineDash(strong ? [] : [6, 4]);
    context.beginPath();
    context.moveTo(line.ends[0].x, line.ends[0].y);
    context.lineTo(line.ends[1].x, line.ends[1].y);
    context.stroke();
    context.setLineDash([]);
    for (const { x, y } of [line.middle, ...(strong ? line.handles : [])]) {
      context.beginPath();
      context.arc(x, y, strong ? 5 : 3, 0, 2 * Math.PI);
      context.fillStyle = cssText(cssColour('--figure'));
      context.fill();
      context.stroke();
    }
  }
}
