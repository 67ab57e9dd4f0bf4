/**
 * Runs that outlive a worker: while one is trained, Python is asked now and then for all that it
 * is, and when the worker has ended, the next one goes on from there.
 */
import { EngineError } from './errors.js';
import { keepRun } from './kept-runs.js';

/** @typedef {import('./engine.js').Engine} Engine */
/** @typedef {import('../../shared/protocol.js').Reply} Reply */

/** Milliseconds of training that may be lost: with an answer under way, fewer than five seconds. */
const KEEP_EVERY = 4_000;
/** After these the run is another one, unless the reply says that it goes on. */
const RENEWING = new Set(['open', 'edit', 'reset', 'rewind', 'load', 'resume']);
const TRAINING = new Set(['advance', 'more']);
/** Refusals after which the same run may be asked for again. */
const PASSING = new Set(['SettingsError', 'WorkerError', 'DataError']);
/** Experiments whose runs can be kept. */
const KEPT = new Set(['planar', 'digits']);
/** Those whose runs take long enough to be kept beyond the page, too. */
const KEPT_LONG = new Set(['digits']);

/**
 * @param {Engine} engine
 * @returns {Engine} the same, but its `call` keeps runs, and after an end `open` resumes them
 */
export function createRecovery(engine) {
  /** What Python gave, by experiment. @type {Map<string, Uint8Array>} */
  const runs = new Map();
  /** With which settings each was opened, or goes on. @type {Map<string, object>} */
  const settings = new Map();
  /** When it was asked last. @type {Map<string, number>} */
  const asked = new Map();
  /** Experiments whose runs have gone with a worker. @type {Set<string>} */
  const lost = new Set();

  engine.onEnd(() => {
    for (const experiment of runs.keys()) lost.add(experiment);
    asked.clear();
  });

  /** @param {string} experiment @param {Reply} reply */
  function keep(experiment, { head }) {
    const now = performance.now();
    const due = now - (asked.get(experiment) ?? -KEEP_EVERY) >= KEEP_EVERY;
    if (!due && head.status !== 'finished') return;
    asked.set(experiment, now);
    engine.call(experiment, 'keep').then(
      ({ blob }) => {
        if (!blob) return;
        runs.set(experiment, blob);
        if (!KEPT_LONG.has(experiment)) return;
        const kept = { run: blob, settings: settings.get(experiment) ?? {}, head, at: Date.now() };
        void keepRun(experiment, kept);
      },
      // A run that has diverged stays as it was before.
      () => {},
    );
  }

  /** @param {string} experiment */
  function forget(experiment) {
    runs.delete(experiment);
    lost.delete(experiment);
    asked.delete(experiment);
  }

  /**
   * @param {string} experiment
   * @param {object} wanted  settings
   * @returns {Promise<Reply | null>} null: these settings are another run's, or it cannot be read
   */
  async function resume(experiment, wanted) {
    try {
      const run = runs.get(experiment);
      const reply = await engine.call(experiment, 'resume', { run, settings: wanted });
      lost.delete(experiment);
      return reply;
    } catch (error) {
      // Settings that are refused come again without those; a worker that ends, with the next.
      if (error instanceof EngineError && PASSING.has(error.type)) throw error;
      return null;
    }
  }

  return Object.create(engine, {
    call: {
      /** @type {Engine['call']} */
      async value(experiment, method, args = {}) {
        const resumed =
          method === 'open' && lost.has(experiment) ? await resume(experiment, args) : null;
        const reply = resumed ?? (await engine.call(experiment, method, args));
        if (reply.head.settings) settings.set(experiment, reply.head.settings);
        if (resumed) return resumed;
        if (RENEWING.has(method) && !reply.head.goes_on) forget(experiment);
        if (TRAINING.has(method) && KEPT.has(experiment)) keep(experiment, reply);
        return reply;
      },
    },
  });
}
