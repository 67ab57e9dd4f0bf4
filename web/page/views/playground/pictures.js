/** What `build/preset_pictures.py` has drawn beforehand; fetched once, and the page does without it. */

/**
 * @typedef {object} Points
 * @property {number[]} x
 * @property {number[]} y
 * @property {import('../../drawings/data-points.js').Extent} extent
 * @property {number} classes
 *
 * @typedef {Points & {map: number[]}} Picture
 *
 * @typedef {object} Pictures
 * @property {number} side
 * @property {number} levels
 * @property {Record<string, Picture>} pictures  by preset
 * @property {Record<string, Points>} datasets
 */

/** @type {Promise<Pictures | null> | null} */
let asked = null;

/** @returns {Promise<Pictures | null>} null: they did not come */
export function fetchPictures() {
  asked ??= fetch(new URL('presets/pictures.json', document.baseURI))
    .then((response) => (response.ok ? response.json() : null))
    .catch(() => null);
  return asked;
}
