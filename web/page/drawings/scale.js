/**
 * The page's one diverging scale, orange (−1) to paper (0) to blue (+1), and the scale of ink,
 * paper (0) to ink (1). The anchors stand in the style sheet; both tables are made anew when the
 * theme changes.
 */
import { onThemeChange } from '../theme.js';

/** @typedef {[number, number, number]} RGB  each from 0 to 255 */

/** Odd, so that 0 has an entry of its own. */
const SIZE = 511;

/** @typedef {{rgb: RGB[], packed: Uint32Array}} Table */
/** @type {{diverging: Table, ink: Table} | null} */
let tables = null;
/** @type {Map<string, Table>} */
const tints = new Map();
/** @type {Map<string, RGB>} */
const colours = new Map();

onThemeChange(() => {
  tables = null;
  tints.clear();
  colours.clear();
});

/**
 * The colour of a custom property. The browser resolves it on a real element because the
 * property's own text may hold `light-dark(…)` or another variable.
 *
 * @param {string} name such as `--ink`
 * @returns {RGB}
 */
export function cssColour(name) {
  let colour = colours.get(name);
  if (!colour) {
    const probe = document.createElement('span');
    probe.style.color = `var(${name})`;
    // Else every colour would be the text's where the system forces its own on the page.
    probe.style.setProperty('forced-color-adjust', 'none');
    document.body.append(probe);
    const [r, g, b] = (getComputedStyle(probe).color.match(/[\d.]+/g) ?? [0, 0, 0]).map(Number);
    probe.remove();
    colour = [r, g, b];
    colours.set(name, colour);
  }
  return colour;
}

/**
 * @param {RGB} rgb
 * @param {number} [alpha]
 */
export function cssText([r, g, b], alpha = 1) {
  return `rgb(${r} ${g} ${b} / ${alpha})`;
}

/**
 * @param {RGB} from
 * @param {RGB} to
 * @param {number} share 0 gives `from`, 1 gives `to`
 * @returns {RGB}
 */
export function mix(from, to, share) {
  const blend = (/** @type {number} */ i) => Math.round(from[i] + (to[i] - from[i]) * share);
  return [blend(0), blend(1), blend(2)];
}

/** @param {number} value in [-1, 1]; beyond it is cut, NaN counts as 0 */
export function divergingRGB(value) {
  return divergingTable().rgb[divergingIndex(value)];
}

/** @param {number} value in [-1, 1] */
export function diverging(value) {
  return cssText(divergingRGB(value));
}

/** @param {number} value 0 is paper, 1 is ink */
export function ink(value) {
  return cssText(inkTable().rgb[inkIndex(value)]);
}

/** @param {number} value in [-1, 1] */
export function divergingIndex(value) {
  return value > -1 ? Math.round((Math.min(value, 1) + 1) * ((SIZE - 1) / 2)) : lowest(value);
}

/** @param {number} value in [0, 1]; of tables of ink and of tints */
export function inkIndex(value) {
  return value > 0 ? Math.round(Math.min(value, 1) * (SIZE - 1)) : 0;
}

/** @param {number} value */
function lowest(value) {
  return Number.isNaN(value) ? (SIZE - 1) / 2 : 0;
}

export function divergingTable() {
  tables ??= build();
  return tables.diverging;
}

export function inkTable() {
  tables ??= build();
  return tables.ink;
}

/** @param {string} name  a custom property; the scale goes from the diverging one's 0 to its colour */
export function tintTable(name) {
  let tint = tints.get(name);
  if (!tint) {
    const [middle, colour] = ['--middle', name].map(cssColour);
    tint = table((i) => mix(middle, colour, i / (SIZE - 1)));
    tints.set(name, tint);
  }
  return tint;
}

function build() {
  const [negative, middle, positive] = ['--negative', '--middle', '--positive'].map(cssColour);
  const [paper, dark] = ['--figure', '--ink'].map(cssColour);
  const half = (SIZE - 1) / 2;
  return {
    diverging: table((i) =>
      i < half ? mix(negative, middle, i / half) : mix(middle, positive, i / half - 1),
    ),
    ink: table((i) => mix(paper, dark, i / (SIZE - 1))),
  };
}

/**
 * @param {(index: number) => RGB} colourAt
 * @returns {Table}
 */
function table(colourAt) {
  const rgb = Array.from({ length: SIZE }, (_, i) => colourAt(i));
  return { rgb, packed: Uint32Array.from(rgb, pack) };
}

/**
 * A pixel of ImageData read as one number: every machine that runs a browser is little-endian.
 *
 * @param {RGB} rgb
 */
export function pack([r, g, b]) {
  return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
}
