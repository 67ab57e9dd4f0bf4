// From the pad to Python and back. One question is under way at most; when its answer comes, the
// drawing as it is by then is asked about, so that the newest one wins and none piles up.

/** @typedef {import('../../../shared/protocol.js').Reply} Reply */

/** While the network trains, the same drawing is asked about again this often, in milliseconds. */
const AGAIN_AFTER = 450;

/**
 * @param {object} options
 * @param {(content: [string, object]) => Promise<Reply>} options.read
 * @param {{blank: () => boolean, content: () => [string, object]}} options.pad
 * @param {(reply: Reply | null, busy: boolean) => void} options.show  null: the pad is blank;
 *   busy: the answer to the newest drawing is still to come
 * @param {(error: unknown) => void} options.onError
 */
export function createRecogniser({ read, pad, show, onError }) {
  let ready = true;
  let asking = false;
  /** Counts drawings; an answer is up to date when its question had this number. */
  let newest = 0;
  let answered = 0;
  /** The number of the drawing when the paper was last blank: answers to older ones are dropped. */
  let blankAt = 0;
  let askAgain = false;
  let lastAsked = 0;
  /** @type {Reply | null} */
  let latest = null;

  async function ask() {
    if (asking || !ready) return;
    asking = true;
    try {
      while (ready && !pad.blank() && (askAgain || answered < newest)) {
        const number = newest;
        askAgain = false;
        lastAsked = performance.now();
        const reply = await read(pad.content());
        answered = number;
        if (number <= blankAt) continue;
        latest = reply;
        show(latest, answered < newest);
      }
    } catch (error) {
      // The drawing stays; the next stroke, or the next frame of training, asks again.
      answered = newest;
      show(latest, false);
      onError(error);
    } finally {
      asking = false;
    }
  }

  return {
    /** The person has drawn, or cleared the pad. */
    drawn() {
      newest += 1;
      if (pad.blank()) {
        blankAt = newest;
        answered = newest;
        latest = null;
        show(null, false);
      } else {
        show(latest, true);
        void ask();
      }
    },
    /** Python is gone, until `renewed`. */
    lost() {
      ready = false;
    },
    /** Another network answers than before, or it has stopped learning. */
    renewed() {
      ready = true;
      if (!pad.blank()) this.drawn();
    },
    /** The network has learned a little: the same drawing again, if the last time is long ago. */
    nowAndThen() {
      if (performance.now() - lastAsked < AGAIN_AFTER) return;
      askAgain = true;
      void ask();
    },
  };
}
