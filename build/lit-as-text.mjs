// A stand-in for lit where there is no document: templates become HTML text. It knows the
// kinds of places that the page's templates use, and says so when it meets another one.

/** @typedef {{strings: TemplateStringsArray, values: unknown[]}} Template */

/**
 * @param {TemplateStringsArray} strings
 * @param {...unknown} values
 * @returns {Template}
 */
export const html = (strings, ...values) => ({ strings, values });
export const svg = html;
// The page's copy of this file and the build's own mean the same by it.
export const nothing = Symbol.for('pynn: nothing');
export const noChange = nothing;
export class Directive {}
/** @param {new () => {render: (...values: any[]) => unknown}} kind a directive of the page's own */
export const directive =
  (kind) =>
  /** @param {...unknown} values */
  (...values) =>
    new kind().render(...values);
/** @param {unknown} value */
export const live = (value) => value;
export const createRef = () => ({ value: undefined });
/** @param {unknown} target */
export const ref = (target) => ({ target });
/**
 * @param {unknown[]} items
 * @param {unknown} _key
 * @param {(item: unknown) => unknown} template
 */
export const repeat = (items, _key, template) => items.map(template);

/**
 * @param {unknown} value
 * @param {{rendered: unknown}} element
 */
export function render(value, element) {
  element.rendered = value;
}

/** @param {unknown} value */
function escaped(value) {
  return String(value)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/**
 * @param {unknown} value  in the place of a child
 * @returns {string}
 */
export function asText(value) {
  if (value === nothing || value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(asText).join('');
  if (typeof value !== 'object') return escaped(value);
  if ('outerHTML' in value) return String(value.outerHTML);
  const { strings, values } = /** @type {Template} */ (value);
  let result = strings[0];
  for (const [i, each] of values.entries()) result = placed(result, each) + strings[i + 1];
  // The one property that is no attribute stands between the tags.
  return result.replace(/ textContent="([^"]*)"([^>]*>)/g, '$2$1');
}

/**
 * @param {string} before  the text so far
 * @param {unknown} value
 */
function placed(before, value) {
  const tag = /<[^>]*$/.exec(before)?.[0];
  if (!tag) return before + asText(value);
  // What belongs to an element as a whole is for the browser.
  const place = /\s+([@?.]?[\w-]+)=("[^"]*)?$/.exec(tag);
  if (!place) return before;
  const [all, name, quoted] = place;
  if (quoted) return before + (value === nothing ? '' : escaped(value));
  const without = before.slice(0, -all.length);
  if (name.startsWith('@') || value === nothing) return without;
  // The properties that templates set (value, checked, selected) are attributes of the same name.
  const isSwitch = name.startsWith('?') || typeof value === 'boolean';
  const attribute = name.replace(/^[?.]/, '');
  if (isSwitch) return value ? `${without} ${attribute}` : without;
  return `${without} ${attribute}="${escaped(value)}"`;
}
