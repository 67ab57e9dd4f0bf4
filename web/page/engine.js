/**
 * The page's side of the worker: starts it, watches its boot, and turns replies that hold an
 * error into a thrown EngineError.
 */
import * as Comlink from 'comlink';
import { fault } from '../shared/protocol.js';

/**
 * @typedef {import('../shared/protocol.js').Reply} Reply
 * @typedef {import('../shared/protocol.js').Fault} Fault
 * @typedef {import('../shared/protocol.js').Progress} Progress
 * @typedef {import('../shared/protocol.js').DataProgress} DataProgress
 * @typedef {import('../shared/protocol.js').Tables} Tables
 * @typedef {import('../shared/protocol.js').BootResult} BootResult
 *
 * @typedef {object} BootState
 * @property {'booting' | 'ready' | 'failed'} state
 * @property {Map<string, Progress>} progress  by step
 * @property {boolean} slow   nothing has moved for a while
 * @property {Fault} [fault]
 * @property {BootResult['versions']} [versions]
 */

const SLOW_AFTER = 15_000;
const GIVE_UP_AFTER = 60_000;

/** What Python or the worker refused, or what broke. */
export class EngineError extends Error {
  /** @param {Fault} fault */
  constructor({ type, code, values, message, details }) {
    super(message);
    this.name = 'EngineError';
    this.type = type;
    this.code = code;
    this.values = values;
    this.details = details;
  }
}

/** @typedef {ReturnType<typeof createEngine>} Engine */

/** @param {string} base the absolute address of the page's folder */
export function createEngine(base) {
  /** @type {Set<(state: BootState) => void>} */
  const watchers = new Set();
  /** @type {Set<(progress: DataProgress) => void>} */
  const dataListeners = new Set();
  /** @type {BootState} */
  let state = { state: 'booting', progress: new Map(), slow: false };
  /** @type {Worker} */
  let worker;
  /** @type {Comlink.Remote<import('../shared/protocol.js').EngineWorker>} */
  let remote;
  /** @type {(result: {tables: Tables}) => void} */
  let resolveReady;
  /** Resolves once, whenever a boot has worked; a failed boot leaves it waiting for a retry. */
  const ready = new Promise((/** @type {(result: {tables: Tables}) => void} */ resolve) => {
    resolveReady = resolve;
  });

  /** @param {Partial<BootState>} change */
  function update(change) {
    state = { ...state, ...change };
    for (const watcher of watchers) watcher(state);
  }

  function start() {
    worker?.terminate();
    update({ state: 'booting', progress: new Map(), slow: false, fault: undefined });
    const own = new Worker(new URL('../worker/worker.js', import.meta.url), { type: 'module' });
    worker = own;
    remote = Comlink.wrap(own);
    const watchdog = createWatchdog(
      () => update({ slow: true }),
      () => fail(fault('BootError', 'stalled', {}, 'Nothing has arrived for a minute.')),
    );

    /** @param {Fault} reason */
    function fail(reason) {
      if (worker !== own || state.state !== 'booting') return;
      watchdog.end();
      own.terminate();
      update({ state: 'failed', slow: false, fault: reason });
    }

    // The script itself is missing or does not parse; after that the worker reports for itself.
    own.addEventListener('error', (event) => {
      event.preventDefault();
      fail(fault('BootError', 'worker', {}, event.message || 'The worker could not start.'));
    });

    boot(own, watchdog).then(
      (result) => {
        if (worker !== own || state.state !== 'booting') return;
        if (!result.tables) {
          fail(result.fault ?? fault('BootError', 'start', {}, 'The boot gave no answer.'));
          return;
        }
        watchdog.end();
        update({ state: 'ready', slow: false, versions: result.versions });
        resolveReady({ tables: result.tables });
      },
      (error) => fail(error instanceof EngineError ? error : bootFault(error)),
    );
  }

  /**
   * @param {Worker} own
   * @param {ReturnType<typeof createWatchdog>} watchdog
   * @returns {Promise<BootResult>}
   */
  async function boot(own, watchdog) {
    const manifest = await readManifest(base);
    if (worker !== own) return {};
    watchdog.alive();
    remote.onData(
      Comlink.proxy((progress) => {
        for (const listener of dataListeners) listener(progress);
      }),
    );
    return remote.boot(
      base,
      manifest,
      Comlink.proxy((progress) => {
        if (worker !== own || state.state !== 'booting') return;
        watchdog.alive();
        state.progress.set(progress.step, progress);
        update({ slow: false });
      }),
    );
  }

  return {
    ready,
    start,
    get state() {
      return state;
    },
    /** @param {(state: BootState) => void} watcher called now and at every change */
    watch(watcher) {
      watchers.add(watcher);
      watcher(state);
    },
    /**
     * @param {(progress: DataProgress) => void} listener
     * @returns {() => void} ends the listening
     */
    onData(listener) {
      dataListeners.add(listener);
      return () => dataListeners.delete(listener);
    },
    /**
     * Calls a method of an experiment; waits until Python is ready.
     *
     * @param {string} experiment
     * @param {string} method
     * @param {object} [args]
     * @returns {Promise<Reply>}
     * @throws {EngineError}
     */
    async call(experiment, method, args = {}) {
      await ready;
      const reply = await remote.call(experiment, method, args);
      if (reply.head.error) throw new EngineError(reply.head.error);
      return reply;
    },
  };
}

/** @param {string} base */
async function readManifest(base) {
  const file = 'files.json';
  try {
    const response = await fetch(new URL(file, base), { cache: 'no-cache' });
    if (!response.ok) throw new Error(`status ${response.status}`);
    return await response.json();
  } catch (error) {
    throw new EngineError(fault('BootError', 'fetch', { file }, `${file}: ${error}`));
  }
}

/**
 * @param {unknown} error
 * @returns {Fault}
 */
function bootFault(error) {
  return fault('BootError', 'start', { reason: String(error) }, String(error));
}

/**
 * @param {() => void} onSlow
 * @param {() => void} onGiveUp
 */
function createWatchdog(onSlow, onGiveUp) {
  /** @type {ReturnType<typeof setTimeout>[]} */
  let timers = [];
  function end() {
    timers.forEach(clearTimeout);
    timers = [];
  }
  function alive() {
    end();
    timers = [setTimeout(onSlow, SLOW_AFTER), setTimeout(onGiveUp, GIVE_UP_AFTER)];
  }
  alive();
  return { alive, end };
}
