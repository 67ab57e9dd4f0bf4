/** One Python of the lab: its thread, from the start to the end. */
import * as Comlink from 'comlink';
import { BEGUN, OVER } from '../../shared/lab-protocol.js';
import { fault } from '../../shared/protocol.js';
import { EngineError } from './errors.js';
import { whenEnded } from './lifeline.js';
import { createWatchdog } from './watchdog.js';

/**
 * @typedef {import('../../shared/lab-protocol.js').LabWorker} LabWorker
 * @typedef {import('../../shared/lab-protocol.js').Program} Program
 * @typedef {import('../../shared/lab-protocol.js').Outcome} Outcome
 * @typedef {import('../../shared/lab-protocol.js').Shown} Shown
 * @typedef {import('../../shared/lab-protocol.js').Answer} Answer
 * @typedef {import('../../shared/protocol.js').Reply} Reply
 *
 * @typedef {ReturnType<typeof startPython>} Python
 */

/** Milliseconds within which Python takes a program: longer, and something else keeps it busy. */
const TAKES = 2_000;

/**
 * @param {string} base
 * @param {WebAssembly.Module | null} runtime  compiled for an earlier one
 */
export function startPython(base, runtime) {
  const worker = new Worker(new URL('../../worker/lab/lab-worker.js', import.meta.url), {
    type: 'module',
  });
  const { port1, port2 } = new MessageChannel();
  worker.postMessage(port2, [port2]);
  /** @type {Comlink.Remote<LabWorker>} */
  const remote = Comlink.wrap(port1);
  const life = new AbortController();
  /** Answers that are due. */
  let open = 0;
  /** @type {(error: EngineError) => void} */
  let fail = () => {};
  /** Rejects when it is over. @type {Promise<never>} */
  const over = new Promise((_, reject) => {
    fail = reject;
  });
  over.catch(() => {});

  /** @param {EngineError} reason */
  function end(reason) {
    if (life.signal.aborted) return;
    life.abort();
    worker.terminate();
    port1.close();
    fail(reason);
  }

  const watchdog = createWatchdog(
    () => {},
    () => end(bootError('stalled', 'Nothing has arrived for a minute.')),
  );
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    end(bootError('worker', event.message || 'The worker could not start.'));
  });
  whenEnded({ ask: remote.lifeline, waiting: () => open > 0, signal: life.signal }).then(() =>
    end(new EngineError(fault('LabError', 'ended', {}, 'Python has ended.'))),
  );

  /** @template T @param {Promise<T>} answer @returns {Promise<T>} */
  async function untilEnd(answer) {
    open += 1;
    try {
      return await Promise.race([answer, over]);
    } finally {
      open -= 1;
    }
  }

  /** @param {Promise<Answer>} promised @returns {Promise<Reply>} */
  async function answer(promised) {
    const reply = await untilEnd(promised);
    if ('fault' in reply) throw new EngineError(reply.fault);
    return reply;
  }

  const booted = remote
    .boot(base, runtime, Comlink.proxy(watchdog.alive))
    .finally(watchdog.end)
    .then((result) => {
      if (!result.fault) return result.runtime ?? null;
      const error = new EngineError(result.fault);
      end(error);
      throw error;
    });
  booted.catch(() => {});
  const ready = untilEnd(booted);
  ready.catch(() => {});

  return {
    /** The compiled runtime, when it has started. @type {Promise<WebAssembly.Module | null>} */
    ready,
    get ended() {
      return life.signal.aborted;
    },
    /**
     * @param {Program} program
     * @param {(shown: Shown) => void} onShown
     * @returns {Promise<Outcome>}
     * @throws {EngineError} also when this Python ends meanwhile
     */
    async run(program, onShown) {
      const { port1: here, port2: there } = new MessageChannel();
      const late = setTimeout(
        () => end(new EngineError(fault('LabError', 'busy', {}, 'Python is busy with something.'))),
        TAKES,
      );
      const shown = new Promise((resolve) => {
        here.onmessage = ({ data }) => {
          if (data === BEGUN) clearTimeout(late);
          else if (data === OVER) resolve(undefined);
          else onShown(data);
        };
      });
      try {
        const reply = await answer(remote.run(program, Comlink.transfer(there, [there])));
        // The messages of one port may come after those of another.
        await untilEnd(shown);
        return /** @type {Outcome} */ (reply.head);
      } finally {
        clearTimeout(late);
        here.close();
      }
    },
    /** @param {string} action @param {object} args @returns {Promise<Reply>} */
    call: (action, args) => answer(remote.call(action, args)),
    stop: () => end(new EngineError(fault('LabError', 'stopped', {}, 'The program was stopped.'))),
  };
}

/** @param {string} code @param {string} message */
const bootError = (code, message) => new EngineError(fault('BootError', code, {}, message));
