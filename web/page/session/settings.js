/**
 * Settings between the address bar, the form and Python. Python holds the table (names, defaults,
 * limits) and checks every value; here they only travel.
 */
import { EngineError } from './errors.js';

/**
 * @typedef {import('../../shared/protocol.js').Reply} Reply
 * @typedef {import('../../shared/protocol.js').Setting} Setting
 * @typedef {Record<string, any>} Values  by the setting's name in Python
 */

/** `learning-rate` and `learning_rate` are the same setting. @param {string} name */
export const pythonName = (name) => name.replaceAll('-', '_');

/** @param {string} name */
export const urlName = (name) => name.replaceAll('_', '-');

/**
 * The raw settings of an address: whatever stands there, unchecked.
 *
 * @param {URLSearchParams} params
 * @returns {Values}
 */
export function fromQuery(params) {
  return Object.fromEntries([...params].map(([name, value]) => [pythonName(name), value]));
}

/**
 * The query that leads back to these settings: only what differs from the defaults.
 *
 * @param {Setting[]} table
 * @param {Values} values
 */
export function toQuery(table, values) {
  const query = new URLSearchParams();
  for (const { name, default: usual } of table) {
    if (Object.hasOwn(values, name) && String(values[name]) !== String(usual)) {
      query.set(urlName(name), String(values[name]));
    }
  }
  return query;
}

/** @param {Setting[]} table @returns {Values} */
export function defaults(table) {
  return Object.fromEntries(table.map((setting) => [setting.name, setting.default]));
}

/**
 * Opens an experiment with settings of unknown quality: a setting that Python refuses keeps its
 * present value, or its default where there is none, and all others are taken.
 *
 * @param {(raw: Values) => Promise<Reply>} open
 * @param {Values} raw
 * @param {Values} [present]  of the experiment that is open
 * @returns {Promise<{reply: Reply, refused: EngineError[]}>}
 * @throws {EngineError} the refusal that leaves nothing to change
 */
export async function openLeniently(open, raw, present = {}) {
  const left = { ...raw };
  /** @type {EngineError[]} */
  const refused = [];
  for (;;) {
    try {
      return { reply: await open(left), refused };
    } catch (error) {
      const names = error instanceof EngineError ? culprits(error, left) : [];
      if (names.length === 0) throw error;
      refused.push(/** @type {EngineError} */ (error));
      for (const name of names) {
        if (Object.hasOwn(present, name)) left[name] = present[name];
        else delete left[name];
      }
      if (Object.keys(present).length > 0 && changed(left, present).length === 0) throw error;
    }
  }
}

/**
 * The names whose values are others than the present ones, as they are written.
 *
 * @param {Values} values
 * @param {Values} present
 */
function changed(values, present) {
  return Object.keys(values).filter((name) => String(values[name]) !== String(present[name]));
}

/**
 * The settings among `values` that a refusal is about: one, or all those that Python does not know.
 *
 * @param {EngineError} error
 * @param {Values} values
 */
function culprits({ type, code, values: { name, allowed } }, values) {
  if (type !== 'SettingsError') return [];
  const known = code === 'unknown' ? allowed.split(', ') : null;
  return Object.keys(values).filter((key) => (known ? !known.includes(key) : key === name));
}
