// Python names results and curves in English; here they get the words of the page's language.
import { hasText, t } from '../i18n.js';

/** Numbers in a name have places in its text: `mean error after 10,000` and its like share one. */
const NUMBERS = /\d+(?:,\d{3})*/g;

/** @param {string} name  of a result or a curve */
export const resultName = (name) => lookUp('results', name);

/** @param {string} text  a result: words, or numbers that are written alike everywhere */
export const resultText = (text) => lookUp('texts', text);

/**
 * @param {string} section  of the locale file
 * @param {string} english
 * @returns {string} the English itself where no text is known
 */
function lookUp(section, english) {
  const key = `recipes:${section}.${english.replace(NUMBERS, '#')}`;
  if (!hasText(key)) return english;
  const numbers = (english.match(NUMBERS) ?? []).map((number, place) => [`n${place}`, number]);
  return t(key, Object.fromEntries(numbers));
}
