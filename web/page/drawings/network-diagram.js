/**
 * The network as a figure: where each unit stands, the connections between them, and which
 * connection is under the pointer. A connection is as thick as its weight is large; orange is
 * negative, blue positive.
 */
import { fitToScreen } from './decision-map.js';
import { cssColour, cssText, divergingRGB } from './scale.js';

/**
 * @typedef {object} Unit
 * @property {number} layer  0 is the input
 * @property {number} index
 * @property {number} x      centre
 * @property {number} y
 * @property {number} size   side of its tile
 *
 * @typedef {object} Edge
 * @property {number} layer  number of the weight matrix
 * @property {number} from
 * @property {number} to
 *
 * @typedef {object} Layout
 * @property {Unit[][]} layers
 * @property {number} width
 * @property {number} height
 *
 * @typedef {{data: ArrayLike<number>, shape: number[]}} Matrix  (fan in, fan out)
 */

const LARGEST_TILE = 50;
/** Below this a layer takes a second column. */
const READABLE = 26;
/** Beyond this many connections the faintest are left out: they are not visible, only slow. */
const MANY_EDGES = 1200;
const FAINT = 0.04;

/**
 * A layer of many units stands in several columns beside one another, as large as there is room for.
 *
 * @param {number[]} sizes  units in each layer, input first
 * @param {number} width
 * @param {number} height
 * @param {number} [scale]  how many times as large as usual
 * @returns {Layout}
 */
export function arrange(sizes, width, height, scale = 1) {
  const column = width / sizes.length;
  const layers = sizes.map((count, layer) => {
    const { size, pitch, columns } = largest(count, column, height, scale * LARGEST_TILE);
    const rows = Math.ceil(count / columns);
    const across = Math.min(1.25 * size, column / columns);
    return Array.from({ length: count }, (_, index) => ({
      layer,
      index,
      x: column * (layer + 0.5) + (Math.floor(index / rows) - (columns - 1) / 2) * across,
      y: (height - pitch * rows) / 2 + pitch * ((index % rows) + 0.5),
      size,
    }));
  });
  return { layers, width, height };
}

/**
 * @param {number} count
 * @param {number} column  of the whole layer
 * @param {number} height
 * @param {number} tile  at most
 */
function largest(count, column, height, tile) {
  const fit = (/** @type {number} */ columns) => {
    const most = Math.min(tile, (column * 0.62) / (1 + 1.2 * (columns - 1)));
    const pitch = Math.min(most * 1.4, height / Math.ceil(count / columns));
    return { columns, pitch, size: Math.min(most, pitch * 0.82) };
  };
  // A single column as long as it can be read.
  return [1, 2, 3, 4]
    .map(fit)
    .reduce((best, next) => (best.size < READABLE && next.size > best.size ? next : best));
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Layout} layout
 * @param {Matrix[]} weights
 * @param {Edge | null} [marked]
 */
export function paintEdges(canvas, layout, weights, marked = null) {
  const context = fitToScreen(canvas);
  if (!context) return;
  const largest = scaleOf(weights);
  const crowded = weights.reduce((sum, { data }) => sum + data.length, 0) > MANY_EDGES;
  context.lineCap = 'butt';
  for (const [layer, { data, shape }] of weights.entries()) {
    // Where two hundred lines meet, each has to be thin.
    const widest = Math.max(1.5, 6 - shape[0] * shape[1] * 0.03);
    for (let i = 0; i < data.length; i++) {
      const share = Math.abs(data[i]) / largest;
      if (crowded && share < FAINT) continue;
      const edge = { layer, from: Math.floor(i / shape[1]), to: i % shape[1] };
      // Never quite as pale as the paper, or a small weight would look like none.
      const colour = divergingRGB(Math.sign(data[i]) * (0.3 + 0.7 * share));
      context.strokeStyle = cssText(colour, 0.55 + 0.45 * share);
      context.lineWidth = 0.75 + (widest - 0.75) * share;
      traceEdge(context, layout, edge);
      context.stroke();
    }
  }
  paintWayOut(context, layout);
  if (marked && weights[marked.layer]) markEdge(context, layout, weights[marked.layer], marked);
}

/**
 * From the outputs on to the plane, which is the network's last node and lies to the right.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Layout} layout
 */
function paintWayOut(context, { layers, width, height }) {
  const outputs = layers[layers.length - 1] ?? [];
  context.strokeStyle = cssText(cssColour('--line'));
  context.lineWidth = 1.5;
  for (const { x, y, size } of outputs) {
    const start = x + size / 2;
    const middle = (start + width) / 2;
    const end = height / 2 + (y - height / 2) / 4;
    context.beginPath();
    context.moveTo(start, y);
    context.bezierCurveTo(middle, y, middle, end, width - 1, end);
    context.lineTo(width - 8, end - 4);
    context.moveTo(width - 1, end);
    context.lineTo(width - 8, end + 4);
    context.stroke();
  }
}

/**
 * What the thickest line stands for: a power of two, so that it seldom changes while weights grow.
 *
 * @param {Matrix[]} weights
 */
export function scaleOf(weights) {
  let largest = 1;
  for (const { data } of weights) {
    for (let i = 0; i < data.length; i++) {
      const size = Math.abs(data[i]);
      while (size > largest && size < Infinity) largest *= 2;
    }
  }
  return largest;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Layout} layout
 * @param {Matrix} weights
 * @param {Edge} edge
 */
function markEdge(context, layout, { data, shape }, edge) {
  const weight = data[edge.from * shape[1] + edge.to];
  context.strokeStyle = cssText(divergingRGB(Math.sign(weight)));
  context.lineWidth = 5;
  traceEdge(context, layout, edge);
  context.stroke();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Layout} layout
 * @param {Edge} edge
 */
function traceEdge(context, layout, edge) {
  const [x0, y0, x1, y1] = ends(layout, edge);
  const middle = (x0 + x1) / 2;
  context.beginPath();
  context.moveTo(x0, y0);
  context.bezierCurveTo(middle, y0, middle, y1, x1, y1);
}

/**
 * @param {Layout} layout
 * @param {Edge} edge
 * @returns {[number, number, number, number]}
 */
function ends({ layers }, { layer, from, to }) {
  const start = layers[layer][from];
  const end = layers[layer + 1][to];
  return [start.x + start.size / 2, start.y, end.x - end.size / 2, end.y];
}

/**
 * @param {Layout} layout
 * @param {Edge} edge
 * @returns {{x: number, y: number}[]} places along it, from left to right
 */
export function placesOn(layout, edge) {
  const [x0, y0, x1, y1] = ends(layout, edge);
  return Array.from({ length: 17 }, (_, i) => {
    const share = i / 16;
    return { x: x0 + (x1 - x0) * share, y: y0 + (y1 - y0) * height(share) };
  });
}

/**
 * The connection nearest to a place.
 *
 * @param {Layout} layout
 * @param {number} x
 * @param {number} y
 * @param {number} [reach] how far away it may be
 * @returns {Edge | null}
 */
export function edgeAt(layout, x, y, reach = 8) {
  /** @type {Edge | null} */
  let nearest = null;
  let distance = reach;
  for (let layer = 0; layer + 1 < layout.layers.length; layer++) {
    for (const start of layout.layers[layer]) {
      for (const end of layout.layers[layer + 1]) {
        const edge = { layer, from: start.index, to: end.index };
        const [x0, y0, x1, y1] = ends(layout, edge);
        if (x < x0 || x > x1) continue;
        const away = Math.abs(y0 + (y1 - y0) * height((x - x0) / (x1 - x0)) - y);
        if (away < distance) {
          distance = away;
          nearest = edge;
        }
      }
    }
  }
  return nearest;
}

/**
 * How far up a curve has come (0 to 1) at a share of its width: x(t) of the Bézier curve with both
 * handles at the middle is solved for t by bisection, and y(t) is given.
 *
 * @param {number} share
 */
function height(share) {
  let low = 0;
  let high = 1;
  for (let i = 0; i < 24; i++) {
    const t = (low + high) / 2;
    const x = 1.5 * t * (1 - t) + t ** 3;
    if (x < share) low = t;
    else high = t;
  }
  const t = (low + high) / 2;
  return t * t * (3 - 2 * t);
}
