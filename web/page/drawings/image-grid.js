// Many small pictures at once: the weights of the first layer on one canvas, and the digits that
// the network got wrong, each with its two labels.

import { paintInk, paintPixels } from './raster.js';
import {
  cssColour,
  divergingIndex,
  divergingTable,
  inkIndex,
  inkTable,
  mix,
  pack,
} from './scale.js';

/** @typedef {import('../../shared/protocol.js').NumberArray} NumberArray */

/** Pixels of a tile's side: MNIST's own. */
const SIDE = 28;
/** Transparent pixels between tiles. */
const GAP = 2;
/** Tiles of an empty grid. */
const GHOSTS = 32;

/**
 * @param {HTMLCanvasElement} canvas
 * @param {NumberArray | null} images (m, 28, 28) in [-1, 1]; null: empty tiles
 */
export function paintWeights(canvas, images) {
  const count = images ? images.shape[0] : GHOSTS;
  const columns = columnsFor(count);
  const rows = Math.ceil(count / columns);
  const width = columns * (SIDE + GAP) - GAP;
  const colours = divergingTable().packed;
  const ghost = pack(mix(cssColour('--paper'), cssColour('--hairline'), 0.3));
  canvas.dataset.columns = String(columns);
  paintPixels(canvas, width, rows * (SIDE + GAP) - GAP, (pixels) => {
    for (let tile = 0; tile < count; tile += 1) {
      const left = (tile % columns) * (SIDE + GAP);
      const top = Math.floor(tile / columns) * (SIDE + GAP);
      for (let y = 0; y < SIDE; y += 1) {
        for (let x = 0; x < SIDE; x += 1) {
          const value = images?.data[(tile * SIDE + y) * SIDE + x];
          const colour = value === undefined ? ghost : colours[divergingIndex(value)];
          pixels[(top + y) * width + left + x] = colour;
        }
      }
    }
  });
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {NumberArray} images (m, 28, 28) in [0, 1], 0 is paper
 * @param {number} columns
 */
export function paintTiles(canvas, images, columns) {
  const count = images.shape[0];
  const width = columns * (SIDE + GAP) - GAP;
  const colours = inkTable().packed;
  paintPixels(canvas, width, Math.ceil(count / columns) * (SIDE + GAP) - GAP, (pixels) => {
    for (let i = 0; i < images.data.length; i += 1) {
      const tile = Math.floor(i / (SIDE * SIDE));
      const [y, x] = [Math.floor(i / SIDE) % SIDE, i % SIDE];
      const top = Math.floor(tile / columns) * (SIDE + GAP) + y;
      const left = (tile % columns) * (SIDE + GAP) + x;
      pixels[top * width + left] = colours[inkIndex(images.data[i])];
    }
  });
}

/** @param {number} count wide enough that four rows hold all, and ten fill two rows of five */
function columnsFor(count) {
  return count <= 10 ? 5 : 8;
}

/**
 * @param {HTMLElement} list gets one figure an image
 * @param {{images: NumberArray, labels: NumberArray} | null} mistakes images (m, 28, 28) in [0, 1];
 *   labels (m, 3): truth, answer, probability of the answer; null: empty places
 * @param {number} most  this many are shown
 * @param {(truth: number, answer: number) => string} describe the accessible name of an image
 */
export function paintMistakes(list, mistakes, most, describe) {
  const count = mistakes ? Math.min(most, mistakes.images.shape[0]) : most;
  while (list.children.length > count) list.lastElementChild?.remove();
  while (list.children.length < count) list.append(place());
  for (const [index, item] of [...list.children].entries()) {
    const canvas = /** @type {HTMLCanvasElement} */ (item.children[0]);
    const [truth, answer] = /** @type {NodeListOf<HTMLElement>} */ (item.querySelectorAll('b'));
    if (mistakes) {
      const { images, labels } = mistakes;
      const start = index * SIDE * SIDE;
      paintInk(canvas, images.data.subarray(start, start + SIDE * SIDE), SIDE, SIDE);
      truth.textContent = String(labels.data[3 * index]);
      answer.textContent = String(labels.data[3 * index + 1]);
      canvas.setAttribute(
        'aria-label',
        describe(labels.data[3 * index], labels.data[3 * index + 1]),
      );
      canvas.setAttribute('role', 'img');
    } else {
      canvas.width = SIDE;
      canvas.removeAttribute('role');
      canvas.removeAttribute('aria-label');
      truth.textContent = '';
      answer.textContent = '';
    }
    /** @type {HTMLElement} */ (item).dataset.filled = String(mistakes !== null);
  }
}

/** @returns {HTMLElement} an image's place: the canvas, and "truth → answer" below */
function place() {
  const item = document.createElement('li');
  item.className = 'mistake';
  const canvas = item.appendChild(document.createElement('canvas'));
  canvas.width = SIDE;
  canvas.height = SIDE;
  const label = item.appendChild(document.createElement('span'));
  label.className = 'mistake-label';
  label.setAttribute('aria-hidden', 'true');
  const arrow = document.createElement('span');
  arrow.textContent = '→';
  label.append(document.createElement('b'), arrow, document.createElement('b'));
  return item;
}
