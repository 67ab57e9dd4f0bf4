/**
 * The lab's Pythons: one that runs what the person wrote, and a spare one that takes over when that
 * is stopped, has crashed, or was changed by its program. A stop ends the thread, whatever it does.
 */
import { EngineError } from './errors.js';
import { startPython } from './lab-python.js';

/**
 * @typedef {import('./lab-python.js').Python} Python
 * @typedef {import('../../shared/lab-protocol.js').Program} Program
 * @typedef {import('../../shared/lab-protocol.js').Outcome} Outcome
 * @typedef {import('../../shared/lab-protocol.js').Shown} Shown
 *
 * @typedef {'none' | 'starting' | 'ready' | 'running' | 'broken'} LabState
 *   starting: no Python is ready yet; broken: none could start
 *
 * @typedef {ReturnType<typeof createLab>} Lab
 */

/** GiB of memory below which there is no spare one. */
const MEMORY = 4;
/** Milliseconds within which a question is answered. */
const ANSWERS = 2_000;
/** Milliseconds before a spare one is made. */
const IDLE = 1_500;
/** Milliseconds before a Python that is out of sight gives its memory back. */
const UNUSED = 5_000;
/** The same where a program has left its names, for someone who only looks something up. */
const USED = 60_000;

/** Python did not take the program: something else kept it, and it has ended. @param {unknown} error */
export const isBusy = (error) => error instanceof EngineError && error.code === 'busy';

/** @param {string} base the absolute address of the page's folder */
export function createLab(base) {
  /** @type {Python | null} */
  let python = null;
  /** @type {Python | null} */
  let spare = null;
  /** @type {WebAssembly.Module | null} */
  let runtime = null;
  /** @type {LabState} */
  let state = 'none';
  let generation = 0;
  /** Of the next spare one, or of the end of one out of sight. @type {ReturnType<typeof setTimeout> | undefined} */
  let later;
  /** Someone looks at the lab. */
  let awake = false;
  /** The last question, when it has been answered. @type {Promise<unknown>} */
  let asked = Promise.resolve();
  /** May another program run in the present Python? */
  let sound = true;
  /** Has a program run in it? */
  let used = false;
  /** @type {Set<() => void>} */
  const watchers = new Set();

  /** @param {LabState} next */
  function become(next) {
    if (state === next) return;
    state = next;
    for (const watcher of watchers) watcher();
  }

  function start() {
    const own = startPython(base, runtime);
    own.ready.then(
      (compiled) => {
        runtime ??= compiled;
      },
      () => {},
    );
    return own;
  }

  /** The next Python is the present one. */
  function takeNext() {
    const own = spare && !spare.ended ? spare : start();
    spare = null;
    python = own;
    generation += 1;
    sound = true;
    used = false;
    if (state !== 'running') become('starting');
    own.ready.then(
      () => {
        if (python !== own) return;
        if (state === 'starting') become('ready');
        makeSpare();
      },
      () => {
        if (python === own && state === 'starting') become('broken');
      },
    );
  }

  /** Once the machine has nothing else to do, and only where there is memory for it. */
  function makeSpare() {
    if (!awake) return;
    const memory = /** @type {{deviceMemory?: number}} */ (navigator).deviceMemory ?? MEMORY;
    if (memory < MEMORY) return;
    // A program that starts meanwhile has the processor first.
    clearTimeout(later);
    later = setTimeout(() => {
      const idle = globalThis.requestIdleCallback ?? ((run) => setTimeout(run));
      idle(() => {
        if (awake && !spare && python && !python.ended) spare = start();
      });
    }, IDLE);
  }

  /** Out of sight and with nothing to do, Python ends. */
  function endLater() {
    clearTimeout(later);
    later = setTimeout(
      () => {
        if (awake || state === 'running') return;
        python?.stop();
        python = null;
        if (state !== 'broken') become('none');
      },
      used ? USED : UNUSED,
    );
  }

  /**
   * What Python knows of the program, if it has time: completion and the like.
   *
   * @param {string} action
   * @param {object} args
   * @returns {Promise<import('../../shared/protocol.js').Reply | null>}
   */
  async function ask(action, args) {
    if (state !== 'ready' || !python) return null;
    const answer = python.call(action, args);
    asked = answer.catch(() => {});
    return answer;
  }

  return {
    get state() {
      return state;
    },
    /** Which Python: another number, and the names of earlier runs are gone. */
    get generation() {
      return generation;
    },
    /** @param {() => void} watcher @returns {() => void} ends the watching */
    watch(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    /** Over when the present Python has started, or cannot. */
    get ready() {
      return (python?.ready ?? Promise.resolve(null)).then(
        () => {},
        () => {},
      );
    },
    /** The lab is seen: a Python starts, if there is none. */
    wake() {
      awake = true;
      clearTimeout(later);
      if (!python || python.ended) takeNext();
      else if (state === 'ready') makeSpare();
    },
    /** It is out of sight: a spare one is not worth its memory, nor is the other for long. */
    rest() {
      awake = false;
      spare?.stop();
      spare = null;
      endLater();
    },
    /**
     * @param {Program} program
     * @param {(shown: Shown) => void} onShown
     * @returns {Promise<Outcome>}
     * @throws {EngineError} LabError `stopped`, `ended`; BootError
     */
    async run(program, onShown) {
      // A program that runs was begun in another tab of the page: the newest has the lab.
      const taken = state === 'running' || (!sound && program.part === null);
      if (!python || python.ended || taken) {
        python?.stop();
        takeNext();
      }
      const own = /** @type {Python} */ (python);
      become('running');
      try {
        await own.ready;
        // A program may have left something behind that keeps Python from answering.
        await Promise.race([asked, new Promise((resolve) => setTimeout(resolve, ANSWERS))]);
        const outcome = await own.run(program, onShown);
        sound = !outcome.damage;
        used = true;
        return outcome;
      } catch (error) {
        // Whatever happened to it, nobody should go on with it.
        own.stop();
        // A part needs the names of the Python that it was meant for.
        if (isBusy(error) && program.part === null && python === own) {
          return await this.run(program, onShown);
        }
        throw error;
      } finally {
        if (python === own) {
          become(own.ended ? 'none' : 'ready');
          if (own.ended && awake) takeNext();
          else if (!awake) endLater();
          else if (!sound) makeSpare();
        }
      }
    },
    stop() {
      python?.stop();
    },
    ask,
    /**
     * What a name may become; null also where Python ends meanwhile.
     *
     * @param {string} text
     * @param {number} place
     * @returns {Promise<any>}
     */
    complete: async (text, place) =>
      (await ask('complete', { text, place }).catch(() => null))?.head ?? null,
  };
}
