// The person's own examples as the page sees them: what is asked of Python, one thing after another,
// and the newest that came back. They are kept in the browser, and given to each new Python again.
import { keepHand, keptHand } from '../../session/kept-hand.js';

/**
 * @typedef {import('../../../shared/protocol.js').Reply} Reply
 *
 * @typedef {object} HandHead  as Python tells it
 * @property {string[]} names  of each example
 * @property {string[]} signs  each once
 * @property {boolean} can_undo
 * @property {'ready' | 'learning' | 'learned'} status
 * @property {boolean} reads  something was learned, be it before
 * @property {boolean} stale  the examples are others than those that were learned
 * @property {boolean} mixed
 * @property {number} epoch
 * @property {number} epochs
 */

/** Milliseconds of Python's time, between two of which others have their turn. */
const SLICE = 25;
/** @type {HandHead} */
const NONE = {
  names: [],
  signs: [],
  can_undo: false,
  status: 'ready',
  reads: false,
  stale: false,
  mixed: true,
  epoch: 0,
  epochs: 0,
};

/**
 * @param {object} options
 * @param {import('../../session/engine.js').Engine} options.engine
 * @param {() => void} options.onChange
 * @param {() => void} options.onLearned  it answers now
 * @param {() => void} options.onRelearned  the same, in another Python than before
 * @param {(error: unknown) => void} options.onError
 */
export function createHandSession({ engine, onChange, onLearned, onRelearned, onError }) {
  let head = NONE;
  /** @type {Reply['arrays']} the newest of each name */
  let arrays = {};
  /** What is kept: of this visit, or of an earlier one. @type {import('../../session/kept-hand.js').KeptHand | null} */
  let kept = null;
  /** Python has it. */
  let there = false;
  /** What was learned is to be learned again, once MNIST's images are there. */
  let owed = false;
  let last = Promise.resolve();

  /** @param {string} action @param {object} [args] */
  async function ask(action, args = {}) {
    const reply = await engine.call('hand', action, args);
    if (reply.head.names) {
      head = /** @type {any} */ (reply.head);
      arrays = { ...arrays, ...reply.arrays };
      onChange();
    }
    return reply;
  }

  /** One after another: each finds what the one before has left. @param {() => Promise<void>} work */
  function queue(work) {
    const next = last.then(work);
    last = next.catch(() => {});
    return next;
  }

  async function bring() {
    if (there) return;
    kept ??= (await keptHand()) ?? null;
    if (kept) await ask('take', { file: kept.file, again: true });
    owed = kept !== null && kept.mixed !== null;
    there = true;
  }

  async function keep() {
    const { blob } = await engine.call('hand', 'file');
    const mixed = head.status === 'learned' ? head.mixed : (kept?.mixed ?? null);
    kept = blob && head.names.length ? { file: blob, mixed } : null;
    await keepHand(kept);
  }

  /** @param {boolean} mixed */
  async function learned(mixed) {
    await ask('learn', { mixed });
    while (head.status === 'learning') await ask('advance', { milliseconds: SLICE });
  }

  /** @param {string} action @param {object} [args] */
  const change = (action, args) =>
    queue(async () => {
      await bring();
      await ask(action, args);
      await keep();
    });

  return {
    get head() {
      return head;
    },
    get arrays() {
      return arrays;
    },
    /** Whether it can answer. */
    get learned() {
      return there && head.reads && !owed;
    },
    /**
     * What the pad holds is an example of this sign.
     * @param {string} name @param {[string, object]} content
     */
    add: (name, [kind, drawing]) =>
      change(kind === 'read' ? 'add' : 'add_picture', { name, ...drawing }),
    /** @param {number} place */
    remove: (place) => change('remove', { place }),
    clear: () => change('clear'),
    undo: () => change('undo'),
    /** @param {Uint8Array} file */
    take: (file) => change('take', { file }),
    async file() {
      return (await engine.call('hand', 'file')).blob;
    },
    /** @param {boolean} mixed  MNIST's digits among them */
    learn: (mixed) =>
      queue(async () => {
        await bring();
        owed = false;
        await learned(mixed);
        await keep();
        onLearned();
      }),
    /** Python is there, perhaps anew, or MNIST's images have come. */
    renewed(/** @type {boolean} */ digits) {
      return queue(async () => {
        await bring();
        if (!owed || !kept || (kept.mixed && !digits)) return;
        await learned(kept.mixed === true);
        owed = false;
        onChange();
        onRelearned();
      }).catch(onError);
    },
    /** Python is gone, and all that it had. */
    lost() {
      there = false;
      owed = false;
      head = { ...head, status: 'ready', reads: false, can_undo: false };
    },
  };
}
