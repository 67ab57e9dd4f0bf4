/** What is looked at besides the plane, and of which Python has to be told: every frame has it then. */

/**
 * @typedef {import('../../../shared/protocol.js').Reply} Reply
 * @typedef {{confusion: boolean, timed: boolean, inside: number}} Watched  timed: the curve with its
 *   times; inside: the layer, 0 for none
 */

/** The last one, however many there are. */
export const LAST = 8;

/**
 * @param {object} options
 * @param {(method: string, args: object) => Promise<Reply>} options.call
 * @param {(reply: Reply) => void} options.onReply
 * @param {(error: unknown) => void} options.onError
 */
export function createWatching({ call, onReply, onError }) {
  /** @type {Watched} */
  let watched = { confusion: false, timed: false, inside: 0 };

  const tell = () => call('watch', watched).then(onReply, onError);

  return {
    /** @param {Partial<Watched>} change */
    set(change) {
      watched = { ...watched, ...change };
      tell();
    },
    /** Another run has been opened, which knows nothing of it. */
    again() {
      if (watched.confusion || watched.timed || watched.inside > 0) tell();
    },
  };
}
