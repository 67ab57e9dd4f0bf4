/** One image of any size, or many side by side. */
import { paintPixels } from './raster.js';
import { divergingIndex, divergingTable, inkIndex, inkTable } from './scale.js';

/** Transparent pixels between images. */
const GAP = 1;
/** How much wider than high the whole may be. */
const WIDE = 4;

/**
 * @param {HTMLCanvasElement} canvas
 * @param {{data: Float32Array, shape: number[]}} images  (count, height, width): within -1 to 1 where
 *   they are signed, else within 0 (paper) to 1
 * @param {boolean} signed
 */
export function paintImages(canvas, { data, shape }, signed) {
  const [count, height, width] = shape;
  const columns = Math.min(
    count,
    Math.max(1, Math.ceil(Math.sqrt((WIDE * count * height) / width))),
  );
  const rows = Math.ceil(count / columns);
  const colours = (signed ? divergingTable() : inkTable()).packed;
  const indexOf = signed ? divergingIndex : inkIndex;
  const across = columns * (width + GAP) - GAP;
  canvas.dataset.columns = String(columns);
  canvas.dataset.across = String(across);
  paintPixels(canvas, across, rows * (height + GAP) - GAP, (pixels) => {
    let i = 0;
    for (let image = 0; image < count; image += 1) {
      const left = (image % columns) * (width + GAP);
      const top = Math.floor(image / columns) * (height + GAP);
      for (let y = 0; y < height; y += 1) {
        for (let x = 0; x < width; x += 1) {
          pixels[(top + y) * across + left + x] = colours[indexOf(data[i])];
          i += 1;
        }
      }
    }
  });
}
