/**
 * What a person changes of the network itself. A hand that drags changes more often than Python
 * answers: what it wants of the same weight meanwhile takes the place of what it wanted before.
 */

/**
 * @typedef {Record<string, number>} Changes  by the names of `pynn.live.edits`: "w1.0.3", "b1.3",
 *   "hold.w1.0.3", "off1.3"
 */

/** Milliseconds after the last change until the hand rests. */
const REST = 250;

/**
 * @param {object} options
 * @param {() => void} options.allow  throws where it is not to be changed
 * @param {(changes: string) => Promise<void>} options.put
 * @param {() => void} options.onRest  all has been answered, and no more has come
 * @param {(error: unknown) => void} options.onError
 */
export function createByHand({ allow, put, onRest, onError }) {
  /** @type {Changes} */
  let wanted = {};
  let putting = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let rest;

  async function putAll() {
    putting = true;
    try {
      while (Object.keys(wanted).length > 0) {
        const changes = Object.entries(wanted).map(([name, value]) => `${name}_${value}`);
        wanted = {};
        await put(changes.join('*'));
      }
    } catch (error) {
      wanted = {};
      onError(error);
    } finally {
      putting = false;
      clearTimeout(rest);
      rest = setTimeout(onRest, REST);
    }
  }

  return (/** @type {Changes} */ changes) => {
    try {
      allow();
    } catch (error) {
      return onError(error);
    }
    Object.assign(wanted, changes);
    if (!putting) putAll();
  };
}
