/**
 * A run that Python has open, as the page sees it: what is asked and in which order, and the newest
 * that came back. A request that gives another run waits until the one before has been paused, and
 * nothing is trained between two of them.
 */
import { divergence } from './errors.js';
import { BUDGET, createPlayer } from './player.js';
import { openLeniently } from './settings.js';

/**
 * @typedef {import('../../shared/protocol.js').Reply} Reply
 * @typedef {import('./settings.js').Values} Values
 * @typedef {import('./errors.js').EngineError} EngineError
 */

/**
 * @template {Record<string, any>} Head  what Python last said of the run
 * @param {object} options
 * @param {import('./engine.js').Engine} options.engine
 * @param {string} options.experiment
 * @param {() => object} [options.wanted]  what else a request to train asks for
 * @param {() => void} options.onChange  the state is another one
 * @param {(reply: Reply, fresh: boolean) => void} options.onReply  once for every reply; fresh: of
 *   a run at its start
 * @param {() => void} options.onDraw  in an animation frame, after one reply or several
 * @param {() => void | Promise<void>} options.onRenewed  nothing that gives another run is on its
 *   way any more
 * @param {() => void} [options.onFinished]
 * @param {(error: unknown) => void} options.onError
 */
export function createRun(options) {
  const { engine, experiment, onChange, onError } = options;
  /** @type {Head | null} */
  let head = null;
  /** How much of the data has come. @type {{loaded: number, total: number} | null} */
  let data = null;
  /** Requests that give a run or other settings, from the wish to the answer. */
  let renewals = 0;
  /** All of them so far have come to an end. @type {Promise<unknown>} */
  let renewed = Promise.resolve();
  let fresh = false;
  let newestOpen = 0;

  const ask = (/** @type {string} */ method, /** @type {object} */ args = {}) =>
    engine.call(experiment, method, args);

  const player = createPlayer({
    advance: () => ask('advance', { milliseconds: BUDGET, ...options.wanted?.() }),
    collect(reply) {
      head = /** @type {Head} */ ({ ...(fresh ? {} : head), ...reply.head });
      options.onReply(reply, fresh);
      fresh = false;
    },
    draw() {
      options.onDraw();
      onChange();
    },
    onStop(reason, detail) {
      if (reason === 'error') onError(detail);
      if (reason === 'finished') options.onFinished?.();
      if (reason === 'diverged') onError(divergence(/** @type {Reply} */ (detail)));
    },
    onChange,
  });

  engine.onData((progress) => {
    if (progress.experiment !== experiment) return;
    data = progress;
    onChange();
  });

  /**
   * One request that gives a run, or goes on with the present one.
   *
   * @param {() => Promise<Reply>} request
   * @param {() => boolean} [overtaken]  another request has taken this one's place meanwhile
   */
  function renew(request, overtaken = () => false) {
    const turn = renewInTurn(request, overtaken);
    renewed = Promise.allSettled([renewed, turn]);
    return turn;
  }

  /** @param {() => Promise<Reply>} request @param {() => boolean} overtaken */
  async function renewInTurn(request, overtaken) {
    renewals += 1;
    onChange();
    try {
      await player.pause();
      if (overtaken()) return;
      await player.step(async () => {
        const reply = await request();
        fresh = !reply.head.goes_on;
        return reply;
      });
    } finally {
      renewals -= 1;
      data = null;
      if (renewals === 0) await options.onRenewed();
      onChange();
    }
  }

  return {
    player,
    ask,
    renew,
    get head() {
      return head;
    },
    get data() {
      return data;
    },
    get opening() {
      return renewals > 0;
    },
    /** Counts the calls of `open`. */
    get opened() {
      return newestOpen;
    },
    /** Of the run that has been asked for, not of the one that it replaces. */
    whenRenewed: () => renewed,
    /**
     * A run of these settings. Those that Python refuses are given back and keep their values.
     *
     * @param {Values} settings
     * @param {'open' | 'edit'} how  `edit` goes on where Python can
     * @param {Values} [present]  settings to stay at
     * @returns {Promise<EngineError[] | null>} null: a newer call has taken this one's place
     * @throws {EngineError} the refusal that leaves nothing to change
     */
    async open(settings, how, present) {
      newestOpen += 1;
      const number = newestOpen;
      const overtaken = () => number !== newestOpen;
      /** @type {EngineError[]} */
      let refused = [];
      try {
        await renew(async () => {
          const opened = await openLeniently((values) => ask(how, values), settings, present);
          refused = opened.refused;
          return opened.reply;
        }, overtaken);
      } catch (error) {
        if (!overtaken()) throw error;
      }
      return overtaken() ? null : refused;
    },
    /** It has gone with its worker. */
    lose() {
      head = null;
    },
  };
}
