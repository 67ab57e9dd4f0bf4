/**
 * The play loop: requests to train, asked as soon as a reply has come, and drawing left to the
 * screen's own rhythm with the newest reply only. Pause needs no interrupt: the page just stops
 * asking.
 *
 * @typedef {import('../../shared/protocol.js').Reply} Reply
 * @typedef {'paused' | 'finished' | 'diverged' | 'error'} StopReason
 *
 * @typedef {object} Player
 * @property {() => void} play
 * @property {() => Promise<void>} pause  resolves when nothing is in flight any more
 * @property {(ask: () => Promise<Reply>) => Promise<void>} step  one request outside the loop, which
 *   it ends; requests are made in the order of their calls, and none is left out
 * @property {boolean} playing
 */

/** Milliseconds of work that one request asks for: a button is answered after two of them. */
export const BUDGET = 30;
/** Milliseconds: numbers and curves that change more often than this nobody can follow. */
const DRAW_EVERY = 50;

/**
 * @param {object} options
 * @param {() => Promise<Reply>} options.advance
 * @param {(reply: Reply) => void} options.draw  called in an animation frame, newest reply only
 * @param {(reply: Reply) => void} [options.collect]  called once for every reply, for what must
 *   not be lost when a drawing is left out (the points of a curve)
 * @param {(reason: StopReason, detail?: unknown) => void} [options.onStop]  the loop has ended;
 *   the detail is the last reply, or the error
 * @param {(playing: boolean) => void} [options.onChange]
 * @param {() => number} [options.every]  milliseconds from one request to the next, and one picture of
 *   the screen at least. Otherwise pictures are DRAW_EVERY apart
 * @param {() => boolean} [options.ahead]  whether a second request waits at the worker, so that training
 *   never waits for the page; without `every` it always does
 * @returns {Player}
 */
export function createPlayer({ advance, draw, collect, onStop, onChange, every, ahead }) {
  let playing = false;
  /** @type {Promise<unknown>} everything asked so far, one after the other */
  let queue = Promise.resolve();
  /** @type {Reply | null} */
  let newest = null;
  let drawnAt = 0;

  /** @param {Reply} reply */
  function receive(reply) {
    collect?.(reply);
    if (newest === null) {
      const wait = every ? 0 : drawnAt + DRAW_EVERY - performance.now();
      if (wait > 0) setTimeout(requestAnimationFrame, wait, show);
      else requestAnimationFrame(show);
    }
    newest = reply;
  }

  function show() {
    const reply = newest;
    newest = null;
    if (!reply) return;
    drawnAt = performance.now();
    draw(reply);
  }

  /** @param {StopReason} reason @param {unknown} [detail] */
  function stop(reason, detail) {
    if (!playing) return;
    playing = false;
    onChange?.(false);
    onStop?.(reason, detail);
  }

  /** @param {() => number} milliseconds  which may become fewer meanwhile */
  async function pass(milliseconds) {
    const from = performance.now();
    do {
      await new Promise((resolve) => {
        requestAnimationFrame(resolve);
      });
    } while (playing && performance.now() - from < milliseconds());
  }

  /** @param {boolean} [second]  the request that waits at the worker */
  async function ask(second = false) {
    try {
      while (playing) {
        if (second && every && !ahead?.()) {
          await pass(() => 0);
          continue;
        }
        const passed = every && pass(every);
        const reply = await advance();
        receive(reply);
        const { status } = reply.head;
        if (status === 'finished' || status === 'diverged') stop(status, reply);
        await passed;
      }
    } catch (error) {
      stop('error', error);
    }
  }

  return {
    get playing() {
      return playing;
    },
    play() {
      if (playing) return;
      playing = true;
      onChange?.(true);
      queue = queue.then(() => Promise.all([ask(), ask(true)]));
    },
    async pause() {
      stop('paused');
      await queue;
      // Now, and not in the next animation frame: what comes after a pause may be a new network.
      show();
    },
    async step(ask) {
      stop('paused');
      const request = queue.then(ask).then(receive);
      queue = request.catch(() => {});
      await request;
      show();
    },
  };
}
