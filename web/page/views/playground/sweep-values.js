/** The values of a sweep: what is worth a try, and what a person has written. */
import { halfDecade, powerOfTwo } from '../../controls/fields.js';

/** @typedef {import('../../../shared/protocol.js').Setting} Setting */

const SEEDS = 20;

/**
 * Around the present one.
 *
 * @param {Setting} setting
 * @param {any} value
 */
export function usualValues({ name, kind, options = [], low = 0, high = Infinity }, value) {
  if (name === 'seed') {
    const first = Math.min(Number(value), high - SEEDS + 1);
    return `${first}–${first + SEEDS - 1}`;
  }
  if (name === 'network_shape') return '2 | 8 | 8,8';
  if (kind === 'choice') return options.join(', ');
  const within = (/** @type {number} */ next) => Math.min(Math.max(next, low), high);
  const now = Number(value);
  if (name === 'batch_size') return three(now, (by) => within(powerOfTwo(powerOfTwo(now, by), by)));
  if (name === 'learning_rate')
    return three(now, (by) => within(halfDecade(halfDecade(now, by), by)));
  if (name === 'count') return '20, 100, 400, 1600';
  if (name === 'noise') return '0, 0.1, 0.25, 0.5';
  if (name === 'dropout') return '0, 0.1, 0.3';
  return '0, 0.0003, 0.003, 0.03';
}

/** @param {number} now @param {(by: 1 | -1) => number} next */
const three = (now, next) => [...new Set([next(-1), now, next(1)])].join(', ');

/**
 * Values between commas; of lists, which have commas of their own, between bars. "1–20" are all
 * whole numbers from the first to the last.
 *
 * @param {Setting | undefined} setting
 * @param {string} text
 * @returns {string[]}
 */
export function valuesIn(setting, text) {
  const lists = ['layers', 'words', 'subset'].includes(String(setting?.kind));
  const parts = text
    .split(lists || text.includes('|') ? '|' : /[,;，；、]/)
    .map((part) => part.trim());
  return parts.flatMap((part) => {
    const range = /^(\d{1,10})\s*[–—-]\s*(\d{1,10})$/.exec(part);
    if (!range || setting?.kind !== 'integer') return [part];
    const [first, last] = range.slice(1).map(Number);
    // More than Python takes is for Python to refuse.
    return Array.from(
      { length: Math.min(Math.max(last - first + 1, 1), 100) },
      (_, i) => `${first + i}`,
    );
  });
}
