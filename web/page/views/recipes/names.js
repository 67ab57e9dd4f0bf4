// Programs name results and curves in English; here they get the words of the page's language.
import { formatNumber, hasText, t } from '../../i18n.js';

/**
 * @param {string} name  of a result or a curve
 * @param {Record<string, any>} [at]  when or where: `{ updates: 10000 }`
 */
export const resultName = (name, at) => lookUp('results', name, at);

/** @param {string} text  a result: words, or numbers that are written alike everywhere */
export const resultText = (text) => lookUp('texts', text);

/**
 * @param {string} section  of the locale file
 * @param {string} english
 * @param {Record<string, any>} [at]
 * @returns {string} the English itself where no text is known
 */
function lookUp(section, english, at = {}) {
  const key = `recipes:${section}.${english}`;
  if (!hasText(key)) return english;
  const values = Object.entries(at).map(([name, value]) => [
    name,
    typeof value === 'number' ? formatNumber(value) : value,
  ]);
  return t(key, Object.fromEntries(values));
}
