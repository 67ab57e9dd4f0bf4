/**
 * The page's side of the worker: starts it, watches its boot, and turns replies that hold an
 * error into a thrown EngineError. When the worker ends, every open call fails and another worker
 * is started.
 */
import * as Comlink from 'comlink';
import { fault } from '../../shared/protocol.js';
import { bootFault, EngineError } from './errors.js';
import { whenEnded } from './lifeline.js';
import { createWatchdog } from './watchdog.js';

/**
 * @typedef {import('../../shared/protocol.js').Reply} Reply
 * @typedef {import('../../shared/protocol.js').Fault} Fault
 * @typedef {import('../../shared/protocol.js').Progress} Progress
 * @typedef {import('../../shared/protocol.js').DataProgress} DataProgress
 * @typedef {import('../../shared/protocol.js').Tables} Tables
 * @typedef {import('../../shared/protocol.js').BootResult} BootResult
 *
 * @typedef {object} BootState
 * @property {'booting' | 'ready' | 'failed'} state
 * @property {Map<string, Progress>} progress  by step
 * @property {boolean} slow   nothing has moved for a while
 * @property {Fault} [fault]
 * @property {BootResult['versions']} [versions]
 */

/** A worker that was ready for less than these milliseconds has ended early … */
const EARLY = 10_000;
/** … and after so many early ends in a row the person is asked before the next start. */
const MOST_EARLY = 3;

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
  /** @type {Comlink.Remote<import('../../shared/protocol.js').EngineWorker>} */
  let remote;
  /** Of the present worker: ends the watch over its life. @type {AbortController} */
  let watch;
  /** One for each worker that becomes ready; a failed boot leaves it waiting for a retry. */
  let ready = createPromise();
  let readyAt = 0;
  let earlyEnds = 0;
  /** Fail the calls that wait for an answer. @type {Set<(reason: EngineError) => void>} */
  const open = new Set();
  /** @type {Set<(error: EngineError) => void>} */
  const endListeners = new Set();

  /** @param {Partial<BootState>} change */
  function update(change) {
    state = { ...state, ...change };
    for (const watcher of watchers) watcher(state);
  }

  function startWorker() {
    worker?.terminate();
    watch?.abort();
    update({ state: 'booting', progress: new Map(), slow: false, fault: undefined });
    const own = takeEarlyWorker() ?? newWorker();
    worker = own;
    remote = Comlink.wrap(own);
    watch = new AbortController();
    const watchdog = createWatchdog(
      () => update({ slow: true }),
      () => fail(fault('BootError', 'stalled', {}, 'Nothing has arrived for a minute.')),
    );

    /** @param {Fault} reason */
    function fail(reason) {
      if (worker !== own || state.state !== 'booting') return;
      watchdog.end();
      own.terminate();
      watch.abort();
      update({ state: 'failed', slow: false, fault: reason });
    }

    // The script itself is missing or does not parse; during the boot the worker reports for itself.
    own.addEventListener('error', (event) => {
      event.preventDefault();
      fail(fault('BootError', 'worker', {}, event.message || 'The worker could not start.'));
      end(own);
    });

    const { signal } = watch;
    whenEnded({ ask: remote.lifeline, waiting: () => open.size > 0, signal }).then(() => {
      fail(fault('BootError', 'ended', {}, 'The worker ended while it was starting.'));
      end(own);
    });

    boot(own, watchdog).then(
      (result) => {
        if (worker !== own || state.state !== 'booting') return;
        if (!result.tables) {
          fail(result.fault ?? fault('BootError', 'start', {}, 'The boot gave no answer.'));
          return;
        }
        watchdog.end();
        readyAt = performance.now();
        update({ state: 'ready', slow: false, versions: result.versions });
        ready.resolve({ tables: result.tables });
      },
      (error) => fail(error instanceof EngineError ? error : bootFault(error)),
    );
  }

  /**
   * A worker that was ready has ended, and all that Python held with it.
   *
   * @param {Worker} own
   */
  function end(own) {
    if (worker !== own || state.state !== 'ready') return;
    earlyEnds = performance.now() - readyAt < EARLY ? earlyEnds + 1 : 0;
    ready = createPromise();
    const ended = new EngineError(fault('WorkerError', 'ended', {}, 'The worker has ended.'));
    for (const reject of open) reject(ended);
    open.clear();
    if (earlyEnds < MOST_EARLY) {
      startWorker();
    } else {
      own.terminate();
      watch.abort();
      const reason = fault('WorkerError', 'again', {}, 'The worker has ended again and again.');
      update({ state: 'failed', fault: reason });
    }
    for (const listener of endListeners) listener(ended);
  }

  /**
   * @template T
   * @param {Promise<T>} answer  of the worker
   * @returns {Promise<T>} the same, but it fails when the worker ends
   */
  function untilEnd(answer) {
    return new Promise((resolve, reject) => {
      open.add(reject);
      answer.then(resolve, reject).finally(() => open.delete(reject));
    });
  }

  /**
   * @param {Worker} own
   * @param {ReturnType<typeof createWatchdog>} watchdog
   * @returns {Promise<BootResult>}
   */
  function boot(own, watchdog) {
    remote.onData(
      Comlink.proxy((progress) => {
        for (const listener of dataListeners) listener(progress);
      }),
    );
    return remote.boot(
      base,
      Comlink.proxy((progress) => {
        if (worker !== own || state.state !== 'booting') return;
        watchdog.alive();
        state.progress.set(progress.step, progress);
        update({ slow: false });
      }),
    );
  }

  return {
    /** Resolves when the present worker, or the next one after a failed boot, is ready. */
    get ready() {
      return ready.promise;
    },
    /** Also for another try after a failure. */
    start() {
      earlyEnds = 0;
      startWorker();
    },
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
     * @param {(error: EngineError) => void} listener called when a worker that was ready has ended;
     *   what it calls at once is asked of the next worker before all else
     */
    onEnd(listener) {
      endListeners.add(listener);
    },
    /**
     * Calls a method of an experiment; waits until Python is ready.
     *
     * @param {string} experiment
     * @param {string} method
     * @param {object} [args]
     * @returns {Promise<Reply>}
     * @throws {EngineError} also when the worker ends before it has answered
     */
    async call(experiment, method, args = {}) {
      await ready.promise;
      const reply = await untilEnd(remote.call(experiment, method, args));
      if (reply.head.error) throw new EngineError(reply.head.error);
      return reply;
    },
  };
}

function newWorker() {
  return new Worker(new URL('../../worker/worker.js', import.meta.url), { type: 'module' });
}

/** The one that `inline/early-worker.js` has started; there is none for a second start. */
function takeEarlyWorker() {
  const place = /** @type {{earlyWorker?: Worker | null}} */ (globalThis);
  const worker = place.earlyWorker;
  place.earlyWorker = null;
  if (worker) worker.onerror = null;
  return worker;
}

/** A promise of a boot, and what keeps it. */
function createPromise() {
  /** @type {(result: {tables: Tables}) => void} */
  let resolve = () => {};
  /** @type {Promise<{tables: Tables}>} */
  const promise = new Promise((keep) => {
    resolve = keep;
  });
  return { promise, resolve };
}
