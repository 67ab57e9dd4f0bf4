// The recipe that Python has open, as the page sees it: what is asked and in which order, and all
// that its run has told so far. It knows nothing of buttons and pictures.
import { createRun } from '../../session/run.js';

/**
 * @typedef {import('../../../shared/protocol.js').Reply} Reply
 * @typedef {import('../../session/settings.js').Values} Values
 * @typedef {import('../../session/errors.js').EngineError} EngineError
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
 * @param {import('../../session/engine.js').Engine} options.engine
 * @param {() => void} options.onChange  the state is another one
 * @param {(reply: Reply, fresh: boolean) => void} options.onReply  once for every reply; fresh: a
 *   recipe at its start
 * @param {() => void} options.onDraw  in an animation frame, after one reply or several
 * @param {(error: unknown) => void} options.onError
 */
export function createRecipesSession({ engine, onChange, onReply, onDraw, onError }) {
  /** The person wants a run, and it begins as soon as the recipe is there. */
  let eager = false;
  /** @type {ReturnType<typeof createRun<Head>>} */
  const opened = createRun({
    engine,
    experiment: 'recipes',
    onChange,
    onReply,
    onDraw,
    async onRenewed() {
      if (eager && opened.head) await run();
    },
    onError,
  });
  const { player, ask } = opened;

  async function run() {
    const { head } = opened;
    eager = head === null || opened.opening;
    if (eager) return onChange();
    if (head?.status === 'finished' || head?.status === 'diverged') {
      const number = opened.opened;
      await opened.renew(() => ask('reset'));
      // Another recipe has been chosen meanwhile.
      if (number !== opened.opened) return;
    }
    player.play();
  }

  return {
    get state() {
      const { head, data, opening } = opened;
      return { head, data, opening, running: player.playing || eager };
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
      return opened.renew(() => ask('reset')).catch(onError);
    },
    /**
     * Another recipe, or another length. Settings that Python refuses are left out and given back.
     * @param {Values} settings
     * @returns {Promise<EngineError[] | null>} null: a newer call has taken this one's place
     */
    open(settings) {
      // A click on Run while Python was still starting waits for the recipe that comes first.
      if (opened.head) eager = false;
      return opened.open(settings, 'open');
    },
    /** The recipe is gone, and so is the wish to run it. */
    forget() {
      opened.lose();
      this.stop();
    },
    /** @returns {Promise<Uint8Array | undefined>} the file that the program has written */
    file: async () => (await ask('file')).blob,
  };
}
