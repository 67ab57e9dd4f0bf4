// A picture on the pad in the place of strokes: a photo of digits, as Python reads it.
import { fault } from '../../shared/protocol.js';

/** Longer sides are made as short as that: a digit needs few pixels. */
const MOST = 800;

/**
 * @typedef {object} Picture
 * @property {number} width
 * @property {number} height
 * @property {Uint8Array} grey  row by row from the top, 0 black … 255 white
 * @property {ImageBitmap} bitmap  for the screen
 */

/**
 * @param {Blob} file
 * @returns {Promise<Picture>}
 * @throws {import('../../shared/protocol.js').Fault} where the browser cannot open it
 */
export async function pictureFrom(file) {
  const bitmap = await createImageBitmap(file).catch(() => {
    throw fault('PictureError', 'decode', {}, 'The browser cannot open this picture.');
  });
  const scale = Math.min(1, MOST / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(2, Math.round(bitmap.width * scale));
  const height = Math.max(2, Math.round(bitmap.height * scale));
  const canvas = new OffscreenCanvas(width, height);
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (
    canvas.getContext('2d', { willReadFrequently: true })
  );
  // What is transparent is paper.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  const grey = new Uint8Array(width * height);
  for (let i = 0; i < grey.length; i += 1) {
    // How bright an eye finds the three colours (ITU-R BT.601).
    grey[i] = 0.299 * data[4 * i] + 0.587 * data[4 * i + 1] + 0.114 * data[4 * i + 2];
  }
  return { width, height, grey, bitmap };
}

/**
 * Where it lies on a paper, whole and in the middle: in heights of the paper.
 *
 * @param {Picture} picture
 * @param {number} aspect  the paper's width in heights
 */
export function placeOf({ width, height }, aspect) {
  const tall = Math.min(1, (aspect * height) / width);
  const wide = (tall * width) / height;
  return { left: (aspect - wide) / 2, top: (1 - tall) / 2, wide, tall };
}
