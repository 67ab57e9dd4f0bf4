/**
 * Tells when a worker has ended. The browser itself says nothing of it: whoever waits for an answer
 * would wait for ever.
 *
 * The worker holds a lock for as long as it lives, and the page asks for the same lock: it is given
 * to the page at the moment when the worker ends, of whatever cause. Where there are no locks, as on
 * a page by plain http, the worker is asked for a sign of life while an answer is due.
 */

/** Milliseconds between two questions. */
const BEAT = 5_000;
/** Questions without an answer. Python may be busy for seconds and answers none meanwhile. */
const MOST_SILENT = 12;

/**
 * @param {object} options
 * @param {() => Promise<string | null>} options.ask  the worker's `lifeline`
 * @param {() => boolean} options.waiting  whether an answer of the worker is due
 * @param {AbortSignal} options.signal  ends the watch
 * @returns {Promise<void>} resolves when the worker has ended, and only then
 */
export async function whenEnded({ ask, waiting, signal }) {
  const name = await ask();
  if (name && navigator.locks) {
    try {
      await navigator.locks.request(name, { signal }, () => {});
      return;
    } catch {
      // The watch is over, or the lock cannot be had.
    }
  }
  await whenSilent(ask, waiting, signal);
}

/**
 * Questions are counted and not seconds: a page that was asleep has missed the answers as well.
 *
 * @param {() => Promise<unknown>} ask
 * @param {() => boolean} waiting
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
function whenSilent(ask, waiting, signal) {
  return new Promise((resolve) => {
    if (signal.aborted) return;
    let silent = 0;
    const timer = setInterval(() => {
      if (!waiting()) {
        silent = 0;
      } else if (silent === MOST_SILENT) {
        clearInterval(timer);
        resolve();
      } else {
        silent += 1;
        ask().then(() => {
          silent = 0;
        });
      }
    }, BEAT);
    signal.addEventListener('abort', () => clearInterval(timer));
  });
}
