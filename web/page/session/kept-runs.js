/**
 * Runs that outlive the page: the newest of an experiment, in the browser's own store. Where that
 * is switched off or full, a run lasts as long as the page.
 */
import { del, get, set } from 'idb-keyval';

/**
 * @typedef {object} KeptRun
 * @property {Uint8Array} run  what Python's `keep` gave
 * @property {Record<string, any>} settings  of the run
 * @property {number} at  when it was kept, as Date.now() has it
 * @property {Record<string, any>} head  what was last said of it
 */

const key = (/** @type {string} */ experiment) => `run:${experiment}`;

/** @param {string} experiment @param {KeptRun} kept */
export function keepRun(experiment, kept) {
  return set(key(experiment), kept).catch(() => {});
}

/** @param {string} experiment @returns {Promise<KeptRun | undefined>} */
export function keptRun(experiment) {
  return get(key(experiment)).catch(() => undefined);
}

/** @param {string} experiment */
export function forgetRun(experiment) {
  return del(key(experiment)).catch(() => {});
}
