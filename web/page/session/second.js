/**
 * The second network of a comparison: the first one's points, seed and settings, but for what is
 * chosen to differ. It is trained along with the first, with as much of everything.
 */
import { EngineError } from './errors.js';
import { pythonName, urlName } from './settings.js';

/**
 * @typedef {import('../../shared/protocol.js').Reply} Reply
 * @typedef {import('./settings.js').Values} Values
 */

const NAME = 'planar/second';
/** Milliseconds of one request while it comes up to the first. */
const CATCH_UP = 60;

/** @param {string} text  as `pynn.live.second` has it @returns {Values} */
export function differencesIn(text) {
  return Object.fromEntries(
    (text ? text.split('*') : []).map((part) => {
      const [name, ...value] = part.split('_');
      return [pythonName(name), value.join('_')];
    }),
  );
}

/** @param {Values} differences */
export function textOf(differences) {
  return Object.entries(differences)
    .map(([name, value]) => `${urlName(name)}_${value}`)
    .join('*');
}

/**
 * @param {object} options
 * @param {import('./engine.js').Engine} options.engine
 * @param {(reply: Reply) => void} options.onReply  once for every reply
 * @param {(reply: Reply) => void} options.onBegin  another run, or the same with other settings
 * @param {(error: unknown) => void} options.onError
 */
export function createSecond({ engine, onReply, onBegin, onError }) {
  let on = false;
  /** Of the first. */
  let goal = 0;
  /** @type {Record<string, any> | null} */
  let head = null;
  /** Requests, one after the other. @type {Promise<unknown>} */
  let queue = Promise.resolve();

  const call = (/** @type {string} */ method, /** @type {object} */ args = {}) =>
    engine.call(NAME, method, args);

  /** @param {Reply} reply */
  function take(reply) {
    head = { ...head, ...reply.head };
    onReply(reply);
  }

  /** In turn, so that a change never overtakes a training. @param {() => Promise<void>} ask */
  function inTurn(ask) {
    const turn = queue.then(() => (on ? ask() : undefined));
    queue = turn.catch(() => {});
    return turn;
  }

  async function catchUp() {
    while (on && head && head.step < goal && head.status !== 'diverged') {
      take(await call('advance', { milliseconds: CATCH_UP, steps: goal - head.step }));
    }
  }

  return {
    get on() {
      return on;
    },
    /**
     * @param {Values} settings  all of them
     * @param {number} step  where the first is
     */
    async open(settings, step) {
      on = true;
      goal = step;
      await inTurn(async () => {
        const asked = { ...settings, edits: '', guess: '', compare: '' };
        const reply = await call('edit', asked);
        head = reply.head.goes_on ? { ...head, ...reply.head } : reply.head;
        onBegin(reply);
        take(await call('watch', { timed: true }));
        await catchUp();
      });
    },
    /** The first has gone back. @param {number} step */
    rewind(step) {
      goal = step;
      inTurn(async () => {
        if (!head || head.step <= step) return;
        const reply = await call('rewind', { step });
        head = reply.head;
        onBegin(reply);
        take(await call('watch', { timed: true }));
      }).catch(onError);
    },
    /** What the first is asked for at the same time. @param {object} ask @returns {Promise<void>} */
    along(ask) {
      if (!on) return Promise.resolve();
      return inTurn(async () => {
        if (head && head.status !== 'diverged') take(await call('advance', ask));
      }).catch((error) => {
        // Of an ended worker the first tells.
        if (!(error instanceof EngineError && error.type === 'WorkerError')) onError(error);
      });
    },
    reset() {
      goal = 0;
      inTurn(async () => {
        const reply = await call('reset');
        head = reply.head;
        onBegin(reply);
        take(await call('watch', { timed: true }));
      }).catch(onError);
    },
    /** @returns {Promise<string>} Python that gives it natively */
    async script() {
      await queue;
      return (await call('script')).head.script;
    },
    close() {
      on = false;
      head = null;
    },
  };
}
