// The network that comes with the page, tested once in pauses and then shown as often as wanted.

/** @typedef {import('../../../shared/protocol.js').Reply} Reply */

/** Milliseconds of Python's time, between two of which others have their turn. */
const SLICE = 25;

/**
 * @param {object} options
 * @param {import('../../session/engine.js').Engine} options.engine
 * @param {() => boolean} options.wanted  somebody sees it, and Python is free
 * @param {(reply: Reply) => void} options.onReply  what is known of it
 */
export function createShipped({ engine, wanted, onReply }) {
  let asking = false;
  /** @type {Reply | null} */
  let known = null;
  /** What was shown last. @type {Reply | null} */
  let shown = null;

  function show() {
    if (!known || known === shown || !wanted()) return;
    // The tests' results come all at once, at their end; the weights are there from the first.
    if (shown && known.head.test_done !== 1) return;
    shown = known;
    onReply(known);
  }

  return {
    /** What is known of it. @returns {Record<string, any> | undefined} */
    get head() {
      return known?.head;
    },
    /** Shows what is known, and finds out the rest. */
    async look() {
      show();
      if (asking) return;
      asking = true;
      try {
        while (wanted() && known?.head.test_done !== 1) {
          known = await engine.call('reading', 'advance', { milliseconds: SLICE });
          show();
        }
      } catch {
        // Python has ended: another one is asked anew.
        known = null;
      } finally {
        asking = false;
      }
    },
    /** Others took its place: it is to be shown again. */
    hidden() {
      shown = null;
    },
    forget() {
      known = null;
      shown = null;
    },
  };
}
