/**
 * Numbers as pixels: the canvas gets as many pixels as there are samples, or a few for each, and the
 * style sheet enlarges it.
 */
import { divergingIndex, divergingTable, inkIndex, inkTable, tintTable } from './scale.js';

/**
 * A square whose samples stand far apart on the screen. Between them values are interpolated, not
 * colours: on the way from orange to blue lies paper, and not a grey.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {ArrayLike<number>} data (side, side) in [-1, 1], row by row from the top
 * @param {number} side at least 2
 * @param {number} times  pixels for each sample along a side
 * @param {string} [tint]  a custom property: what 1 looks like, where 0 is paper and nothing is below
 */
export function paintSmooth(canvas, data, side, times, tint) {
  const fine = side * times;
  const colours = (tint ? tintTable(tint) : divergingTable()).packed;
  const index = tint ? inkIndex : divergingIndex;
  // Where each pixel lies: behind which sample, and by what share of the way to the next. At the
  // edges the share is below 0 or above 1, and the values go on as they came.
  const before = new Uint16Array(fine);
  const share = new Float32Array(fine);
  for (let k = 0; k < fine; k++) {
    const at = (k + 0.5) / times - 0.5;
    before[k] = Math.min(Math.max(Math.floor(at), 0), side - 2);
    share[k] = at - before[k];
  }
  const row = new Float32Array(side);
  paintPixels(canvas, fine, fine, (pixels) => {
    for (let y = 0; y < fine; y++) {
      const start = before[y] * side;
      for (let x = 0; x < side; x++) {
        const above = data[start + x];
        row[x] = above + (data[start + side + x] - above) * share[y];
      }
      for (let x = 0; x < fine; x++) {
        const left = row[before[x]];
        const value = left + (row[before[x] + 1] - left) * share[x];
        pixels[y * fine + x] = colours[index(value)];
      }
    }
  });
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {ArrayLike<number>} data in [0, 1], 0 is paper; row by row from the top
 * @param {number} width
 * @param {number} height
 */
export function paintInk(canvas, data, width, height) {
  const colours = inkTable().packed;
  paintPixels(canvas, width, height, (pixels) => {
    for (let i = 0; i < pixels.length; i++) pixels[i] = colours[inkIndex(data[i])];
  });
}

/** Pixels along a side of each sample where two things are shown of it. */
const CELL = 4;
/** From so much ink on it is shown as a spot. */
const SPOT = 0.4;

/**
 * What speaks for something and what against, as colours, and the ink as a spot in the middle.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {ArrayLike<number>} speaks (side, side) in [-1, 1]
 * @param {ArrayLike<number>} ink (side, side) in [0, 1]
 * @param {number} side
 */
export function paintEvidence(canvas, speaks, ink, side) {
  const [colours, inks] = [divergingTable().packed, inkTable().packed];
  const fine = side * CELL;
  paintPixels(canvas, fine, fine, (pixels) => {
    for (let i = 0; i < pixels.length; i += 1) {
      const [y, x] = [Math.floor(i / fine), i % fine];
      const sample = Math.floor(y / CELL) * side + Math.floor(x / CELL);
      const inside = [y % CELL, x % CELL].every((at) => at > 0 && at < CELL - 1);
      pixels[i] =
        inside && ink[sample] > SPOT
          ? inks[inkIndex(ink[sample])]
          : colours[divergingIndex(speaks[sample])];
    }
  });
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {number} width
 * @param {number} height
 * @param {(pixels: Uint32Array) => void} fill writes one packed colour a sample
 */
export function paintPixels(canvas, width, height, fill) {
  // Assigning a size clears the canvas and costs even when nothing changes.
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const image = context.createImageData(width, height);
  fill(new Uint32Array(image.data.buffer));
  context.putImageData(image, 0, 0);
}
