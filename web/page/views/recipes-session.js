// The recipe that Python has open, as the page sees it: what is asked and in which order, and all
// that its run has told so far. It knows nothing of buttons and pictures.
import { fault } from '../../shared/protocol.js';
import { BUDGET, createPlayer } from '../player.js';
import { openLeniently } from '../settings.js';

/**
 * @typedef {import('../../shared/protocol.js').Reply} Reply
 * @typedef {import('../settings.js').Values} Values
 * @typedef {import('../engine.js').EngineError} EngineError
 *
 * @typedef {object} Head  what Python last said, of the opened recipe and of its run
 * @property {Values} settings
 * @property {string} title
 * @property {string} source
 * @property {string} code
 * @property {[string, string[]][]} published  results with the texts that the post gives
 * @property {boolean} has_short
 * @property {[string, any, any][]} changes  setting, as published, as it is here
 * @property {number} done  from 0 to 1
 * @property {'ready' | 'running' | 'finished' | 'diverged'} status
 * @property {string | null} reason
 * @property {string[]} lines  since the reply before
 * @property {[string, string, string, Record<string, any>][]} compared  result, published, here,
 *   and when or where
 * @property {string[]} curves
 * @property {'map' | 'image' | null} picture  of which kind the program shows pictures
 * @property {[number, number, number, number]} [extent]
 * @property {string | null} file
 */

/**
 * @param {object} options
 * @param {import('../engine.js').Engine} options.engine
 * @param {() => void} options.onChange  the state is another one
 * @param {(reply: Reply, fresh: boolean) => void} options.onReply  once for every reply; fresh: a
 *   recipe at its start
 * @param {() => void} options.onDraw  in an animation frame, after one reply or several
 * @param {(error: unknown) => void} options.onError
 */
export function createRecipesSession({ engine, onChange, onReply, onDraw, onError }) {
  /** @type {Head | null} */
  let head = null;
  /** @type {{loaded: number, total: number} | null} */
  let data = null;
  /** The person wants a run, and it begins as soon as the recipe is there. */
  let eager = false;
  /** Requests under way that give a recipe at its start. */
  let renewals = 0;
  let fresh = false;
  let newestOpen = 0;

  const ask = (/** @type {string} */ method, /** @type {object} */ args = {}) =>
    engine.call('recipes', method, args);

  const player = createPlayer({
    advance: () => ask('advance', { milliseconds: BUDGET }),
    collect(reply) {
      head = /** @type {Head} */ ({ ...(fresh ? {} : head), ...reply.head });
      onReply(reply, fresh);
      fresh = false;
    },
    draw() {
      onDraw();
      onChange();
    },
    onStop(reason, detail) {
      if (reason === 'error') onError(detail);
      if (reason === 'diverged') onError(divergence(/** @type {Reply} */ (detail)));
    },
    onChange,
  });

  engine.onData((progress) => {
    if (progress.experiment !== 'recipes') return;
    data = progress;
    onChange();
  });

  /**
   * One request that gives a recipe at its start, after the run before it has been stopped.
   * @param {() => Promise<Reply>} request
   */
  async function renew(request) {
    renewals += 1;
    onChange();
    try {
      await player.pause();
      await player.step(async () => {
        const reply = await request();
        fresh = true;
        return reply;
      });
    } finally {
      renewals -= 1;
      data = null;
      if (renewals === 0 && eager && head) await run();
      else onChange();
    }
  }

  async function run() {
    eager = head === null || renewals > 0;
    if (eager) return onChange();
    if (head?.status === 'finished' || head?.status === 'diverged') {
      const number = newestOpen;
      await renew(() => ask('reset'));
      // Another recipe has been chosen meanwhile.
      if (number !== newestOpen) return;
    }
    player.play();
  }

  return {
    get state() {
      return { head, data, opening: renewals > 0, running: player.playing || eager };
    },
    /** From the start, or from where it was stopped. */
    run: () => run().catch(onError),
    stop() {
      eager = false;
      void player.pause();
      onChange();
    },
    reset() {
      eager = false;
      return renew(() => ask('reset')).catch(onError);
    },
    /**
     * Another recipe, or another length. Settings that Python refuses are left out and given back.
     * @param {Values} settings
     * @returns {Promise<EngineError[] | null>} null: a newer call has taken this one's place
     */
    async open(settings) {
      newestOpen += 1;
      const number = newestOpen;
      // A click on Run while Python was still starting waits for the recipe that comes first.
      if (head) eager = false;
      await player.pause();
      if (number !== newestOpen) return null;
      /** @type {EngineError[]} */
      let refused = [];
      try {
        await renew(async () => {
          const opened = await openLeniently((values) => ask('open', values), settings);
          refused = opened.refused;
          return opened.reply;
        });
      } catch (error) {
        if (number === newestOpen) throw error;
      }
      return number === newestOpen ? refused : null;
    },
    /** The recipe is gone, and so is the wish to run it. */
    forget() {
      head = null;
      this.stop();
    },
    /** @returns {Promise<Uint8Array | undefined>} the file that the program has written */
    file: async () => (await ask('file')).blob,
  };
}

/** @param {Reply} reply of a run that has gone beyond all numbers */
function divergence({ head }) {
  const message = `Training stopped: ${head.reason}`;
  return fault('diverged', String(head.reason), {}, message);
}
