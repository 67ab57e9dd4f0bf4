/**
 * The playground's settings and the experiment behind them in Python: what the fields show, what
 * Python has opened, and what it has refused.
 */
import { EngineError } from '../../session/errors.js';
import { defaults, fromQuery, openLeniently, toQuery } from '../../session/settings.js';

/**
 * @typedef {import('../../../shared/protocol.js').Reply} Reply
 * @typedef {import('../../../shared/protocol.js').Setting} Setting
 * @typedef {import('../../session/settings.js').Values} Values
 * @typedef {Awaited<ReturnType<typeof openLeniently>>} Opened
 */

const EXPERIMENT = 'planar';

/**
 * @param {object} options
 * @param {import('../../session/engine.js').Engine} options.engine
 * @param {() => Promise<void>} options.pause    before anything is opened
 * @param {() => void} options.onFields          the fields have to be drawn anew
 * @param {(reply: Reply) => void} options.onOpen  the first frame of an experiment, or one of the
 *   present one (`goes_on`) with other settings
 */
export function createSession({ engine, pause, onFields, onOpen }) {
  /** Of an address that came before Python was ready. */
  let asked = new URLSearchParams();
  /** @type {Setting[]} */
  let table = [];
  /** What the fields show; ahead of Python while it opens anew. @type {Values} */
  let values = {};
  /** What Python has opened. @type {Values} */
  let settings = {};
  /** What leads back to the run: the settings it began with, and what was changed since. @type {Values} */
  let link = {};
  /** What Python has not taken of the fields, and why. @type {Map<string, EngineError>} */
  let invalid = new Map();
  /** Counts the openings: only the newest that waits for its turn is asked for. */
  let opening = 0;
  /** Openings that have been asked for, one after the other. @type {Promise<unknown>} */
  let queue = Promise.resolve();

  const call = (/** @type {string} */ method, /** @type {object} */ args = {}) =>
    engine.call(EXPERIMENT, method, args);

  /**
   * @param {() => Promise<Opened>} ask
   * @param {boolean} typed  in the fields, where it stays when it is refused
   * @returns {Promise<Opened | null>} null when a newer opening has overtaken this one
   */
  async function open(ask, typed) {
    const mine = ++opening;
    const turn = queue.then(async () => {
      await pause();
      if (mine !== opening) return null;
      const answer = await ask();
      if (typed && mine === opening) mark(answer.refused);
      accept(answer.reply, mine === opening);
      return answer;
    });
    queue = turn.catch(() => {});
    try {
      const answer = await turn;
      return mine === opening ? answer : null;
    } catch (error) {
      if (mine !== opening) return null;
      throw error;
    }
  }

  /**
   * @param {Reply} reply  of what Python holds from now on
   * @param {boolean} newest  otherwise the fields are ahead of it
   */
  function accept(reply, newest) {
    learn(reply, newest);
    onOpen(reply);
  }

  /** @param {Reply} reply @param {boolean} newest */
  function learn({ head }, newest) {
    link = head.link ?? link;
    if (!head.settings) return;
    settings = head.settings;
    if (newest) show(settings);
    else onFields();
  }

  /** What the fields have, but for what Python has not taken. @param {Values} next */
  function show(next) {
    const typed = [...invalid.keys()].map((name) => [name, values[name]]);
    values = { ...next, ...Object.fromEntries(typed) };
    onFields();
  }

  /** @param {EngineError[]} refused */
  function mark(refused) {
    for (const error of refused) {
      if (error.type === 'SettingsError' && error.code !== 'unknown')
        invalid.set(error.values.name, error);
    }
  }

  return {
    call,
    /** What Python holds from now on. @param {Reply} reply */
    accept: (reply) => accept(reply, true),
    /** What a reply says of the settings, which an address may have changed by itself. @param {Reply} reply */
    learn: (reply) => learn(reply, true),
    /** Of what has been asked for, not of what it replaces. @param {object} args */
    script: (args) => queue.then(() => call('script', args)),
    /** The fields show the settings of a moment of the past, or the present ones. @param {Values | null} moment */
    glimpse: (moment) => show(moment ?? settings),
    get table() {
      return table;
    },
    get values() {
      return values;
    },
    /** What Python has opened. */
    get settings() {
      return settings;
    },
    get invalid() {
      return invalid;
    },
    query: () => (table.length > 0 ? toQuery(table, link) : asked),

    /**
     * The person changed settings, with which the network is trained on or made anew. What Python
     * refuses stays in its field, marked.
     *
     * @param {Values} change
     * @returns {Promise<EngineError[] | null>} what was refused; null: overtaken
     * @throws {EngineError} nothing is left to change, and the experiment before it goes on
     */
    async change(change) {
      values = { ...values, ...change };
      for (const name of Object.keys(change)) invalid.delete(name);
      onFields();
      const wanted = { ...values };
      for (const name of invalid.keys()) wanted[name] = settings[name];
      try {
        const answer = await open(
          () => openLeniently((left) => call('edit', left), wanted, settings),
          true,
        );
        return answer?.refused ?? null;
      } catch (error) {
        if (error instanceof EngineError) mark([error]);
        onFields();
        throw error;
      }
    },

    /**
     * Opens the settings of an address, as far as Python takes them.
     *
     * @param {URLSearchParams} params
     * @param {Promise<import('../../../shared/protocol.js').Tables>} tables
     * @returns {Promise<EngineError[] | null>} what was refused; null: overtaken
     */
    async openAddress(params, tables) {
      asked = params;
      const found = (await tables)[EXPERIMENT];
      if (asked !== params) return null;
      table = found;
      const raw = fromQuery(params);
      values = { ...defaults(table), ...raw };
      invalid = new Map();
      const answer = await open(() => openLeniently((left) => call('open', left), raw), false);
      return answer?.refused ?? null;
    },
  };
}
