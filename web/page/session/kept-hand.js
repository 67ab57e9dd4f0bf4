/**
 * The person's own examples, in the browser's own store: nothing is uploaded. Where that is switched
 * off or full, they last as long as the page.
 */
import { del, get, set } from 'idb-keyval';

/**
 * @typedef {object} KeptHand
 * @property {Uint8Array} file  what Python's `file` gave
 * @property {boolean | null} mixed  how they were learned; null: not yet
 */

const KEY = 'hand';

/** @param {KeptHand | null} kept  null: there are none any more */
export function keepHand(kept) {
  return (kept ? set(KEY, kept) : del(KEY)).catch(() => {});
}

/** @returns {Promise<KeptHand | undefined>} */
export function keptHand() {
  return get(KEY).catch(() => undefined);
}
