/**
 * Numbers as pixels: the canvas gets as many pixels as there are samples, and the style sheet
 * enlarges it.
 */
import { divergingIndex, divergingTable, inkIndex, inkTable } from './scale.js';

/**
 * @param {HTMLCanvasElement} canvas
 * @param {ArrayLike<number>} data in [-1, 1], row by row from the top
 * @param {number} width
 * @param {number} height
 */
export function paintDiverging(canvas, data, width, height) {
  paint(canvas, data, width, height, divergingTable().packed, divergingIndex);
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {ArrayLike<number>} data in [0, 1], 0 is paper; row by row from the top
 * @param {number} width
 * @param {number} height
 */
export function paintInk(canvas, data, width, height) {
  paint(canvas, data, width, height, inkTable().packed, inkIndex);
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

/**
 * @param {HTMLCanvasElement} canvas
 * @param {ArrayLike<number>} data
 * @param {number} width
 * @param {number} height
 * @param {Uint32Array} colours
 * @param {(value: number) => number} indexOf
 */
function paint(canvas, data, width, height, colours, indexOf) {
  paintPixels(canvas, width, height, (pixels) => {
    for (let i = 0; i < pixels.length; i++) pixels[i] = colours[indexOf(data[i])];
  });
}
