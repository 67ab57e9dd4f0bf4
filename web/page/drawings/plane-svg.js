/**
 * The plane as a drawing to keep: the answer as a picture of its colours, the boundary as lines, the
 * points as shapes.
 */
import { markedBy } from './data-points.js';
import { boundaryOf, paintField } from './decision-map.js';
import { cssColour, cssText } from './scale.js';

const SIZE = 480;
const MARGIN = 40;

/**
 * @typedef {object} Plane
 * @property {{data: Float32Array, shape: number[]}} map
 * @property {import('./data-points.js').Points} points
 * @property {import('./data-points.js').Extent} extent
 * @property {number} classes  0: of a surface
 * @property {string} caption
 */

/** @param {Plane} plane @returns {string} an SVG file */
export function planeSVG({ map, points, extent, classes, caption }) {
  const width = SIZE + 2 * MARGIN;
  const height = SIZE + 2.5 * MARGIN;
  const ink = cssText(cssColour('--ink'));
  const text = (/** @type {string} */ content, /** @type {string} */ more) =>
    `<text fill="${ink}" font-family="sans-serif" font-size="13" ${more}>${escaped(content)}</text>`;
  const [left, right, bottom, top] = extent.map((value) => String(Number(value.toFixed(2))));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">
<rect width="${width}" height="${height}" fill="${cssText(cssColour('--paper'))}"/>
<g transform="translate(${MARGIN} ${MARGIN / 2})">
<image href="${fieldOf(map)}" width="${SIZE}" height="${SIZE}" preserveAspectRatio="none"/>
<path d="${boundary(map)}" fill="none" stroke="${ink}" stroke-opacity="0.65" stroke-width="1.25"/>
${marks(points, extent, classes)}
<rect width="${SIZE}" height="${SIZE}" fill="none" stroke="${ink}"/>
${text(left, `y="${SIZE + 18}"`)}${text(right, `x="${SIZE}" y="${SIZE + 18}" text-anchor="end"`)}
${text(top, `x="-6" y="12" text-anchor="end"`)}${text(bottom, `x="-6" y="${SIZE}" text-anchor="end"`)}
${text(caption, `y="${SIZE + 48}"`)}
</g>
</svg>
`;
}

/** @param {Plane['map']} map @returns {string} a picture as an address */
function fieldOf(map) {
  const canvas = document.createElement('canvas');
  paintField(canvas, map);
  return canvas.toDataURL('image/png');
}

/** @param {Plane['map']} map */
function boundary({ data, shape }) {
  if (shape.length !== 2) return '';
  const at = (/** @type {number} */ share) => (share * SIZE).toFixed(1);
  return boundaryOf(data, shape[0])
    .map(([x0, y0, x1, y1]) => `M${at(x0)} ${at(y0)}L${at(x1)} ${at(y1)}`)
    .join('');
}

/** @param {Plane['points']} points @param {Plane['extent']} extent @param {number} classes */
function marks({ x, y }, [left, right, bottom, top], classes) {
  const radius = y.length <= 16 ? 11 : 3.6;
  const paper = cssText(cssColour('--figure'));
  const markOf = markedBy(classes, (path) => path);
  return Array.from(y, (label, i) => {
    const across = (((x[2 * i] - left) / (right - left)) * SIZE).toFixed(1);
    const down = (((top - x[2 * i + 1]) / (top - bottom)) * SIZE).toFixed(1);
    const { shape, colour } = markOf(label);
    return `<path d="${shape}" transform="translate(${across} ${down}) scale(${radius})" fill="${colour}" stroke="${paper}" stroke-width="0.25"/>`;
  }).join('\n');
}

/** @param {string} text */
const escaped = (text) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/**
 * The same as a picture of pixels.
 *
 * @param {string} svg
 * @returns {Promise<Uint8Array>} a PNG file
 */
export async function svgAsPNG(svg) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = 2 * image.width;
  canvas.height = 2 * image.height;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
  return new Uint8Array(await /** @type {Blob} */ (blob).arrayBuffer());
}
