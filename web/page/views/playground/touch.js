/**
 * The point of the plane that is pointed at: Python is told where it is, and every frame follows it
 * from then on. Only the newest place is asked for.
 */

/**
 * @typedef {import('../../../shared/protocol.js').Reply} Reply
 * @typedef {import('../../figures/plane-touch.js').Point} Point
 */

/**
 * @param {object} options
 * @param {() => boolean} options.ready  there is a run; before, a recording is pointed at
 * @param {(method: string, args: object) => Promise<Reply>} options.call
 * @param {(arrays: Reply['arrays'] | null) => void} options.onTouch
 * @param {(error: unknown) => void} options.onError
 */
export function createTouch({ ready, call, onTouch, onError }) {
  /** @type {Point | null} */
  let point = null;
  let told = true;
  let telling = false;

  async function tell() {
    if (telling) return;
    telling = true;
    try {
      while (!told) {
        told = true;
        const now = point;
        const { arrays } = await call(now ? 'touch' : 'let_go', now ?? {});
        if (now && now === point) onTouch(arrays);
      }
    } catch (error) {
      onError(error);
    } finally {
      telling = false;
    }
  }

  function send() {
    told = false;
    tell();
  }

  return {
    /** @param {Point | null} next */
    point(next) {
      point = next;
      if (!next) onTouch(null);
      if (ready()) send();
    },
    /** Another run has been opened, which knows nothing of it. */
    again() {
      if (point) send();
    },
  };
}
