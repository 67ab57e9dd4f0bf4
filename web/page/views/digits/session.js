// The digits experiment as the page sees it: what is asked of Python and in which order, and the
// newest that came back. It knows nothing of buttons and pictures.
import { EngineError } from '../../session/errors.js';
import { createRun } from '../../session/run.js';

/**
 * @typedef {import('../../../shared/protocol.js').Reply} Reply
 * @typedef {import('../../../shared/protocol.js').NumberArray} NumberArray
 * @typedef {import('../../session/settings.js').Values} Values
 * @typedef {Record<string, NumberArray>} Arrays
 *
 * @typedef {object} Head  what Python last said, of the opened network and of its training
 * @property {Values} settings
 * @property {(number | number[])[]} layers  the inputs and each layer's outputs: how many, or the
 *   height, width and channels of images
 * @property {import('./layers.js').PlanRow[]} plan  each layer; none for a network from a file
 * @property {number} examples
 * @property {number} test_examples
 * @property {boolean} loaded  the network came from a file
 * @property {number} epoch  with a fraction
 * @property {number} epochs
 * @property {number} step
 * @property {number | null} loss
 * @property {number | null} test_accuracy
 * @property {number} test_done
 * @property {number | null} speed
 * @property {'ready' | 'training' | 'testing' | 'finished' | 'diverged'} status
 * @property {string | null} reason
 */

export const MORE_EPOCHS = 5;

/**
 * @param {object} options
 * @param {import('../../session/engine.js').Engine} options.engine
 * @param {() => Record<string, boolean>} options.wanted  pictures worth asking for
 * @param {() => void} options.onChange  the state is another one
 * @param {(reply: Reply, fresh: boolean) => void} options.onReply  once for every reply of the
 *   training; fresh: a network from its start
 * @param {(arrays: Arrays) => void} options.onDraw  in an animation frame: arrays since the last
 * @param {(error: unknown) => void} options.onError
 */
export function createDigitsSession({ engine, wanted, onChange, onReply, onDraw, onError }) {
  /** @type {Arrays} of replies that have not been drawn yet */
  let undrawn = {};
  /**
   * Training begins as soon as the network is there: it went on before, or was asked for meanwhile.
   * @type {false | 'goes on' | 'asked'}
   */
  let eager = false;
  /** It was training when the worker ended, and goes on with the next. */
  let interrupted = false;
  let failed = false;
  /** The epoch at whose end it pauses. */
  let until = Number.POSITIVE_INFINITY;

  /** @type {ReturnType<typeof createRun<Head>>} */
  const opened = createRun({
    engine,
    experiment: 'digits',
    wanted: () => (Number.isFinite(until) ? { ...wanted(), until } : wanted()),
    onChange,
    onReply(reply, fresh) {
      if (interrupted) eager ||= 'goes on';
      interrupted = false;
      if (reply.head.epoch >= until && reply.head.status !== 'testing') endEpoch();
      // A reply may be left out of the drawing, but not the arrays that only it has.
      undrawn = { ...(fresh ? {} : undrawn), ...reply.arrays };
      onReply(reply, fresh);
    },
    onDraw() {
      const arrays = undrawn;
      undrawn = {};
      onDraw(arrays);
    },
    async onRenewed() {
      if (!eager || !opened.head) return;
      // A training that came to its end meanwhile is not taken beyond it unasked.
      if (eager === 'goes on' && opened.head.status === 'finished') eager = false;
      else await play();
    },
    // Nothing is trained any more: this only brings the last images of a finished network.
    onFinished: () => void player.step(last).catch(onError),
    onError,
  });
  const { player, ask } = opened;
  const last = () => ask('advance', { milliseconds: 0, weights: true, confusion: true });

  async function play() {
    eager = (opened.head === null || opened.opening) && 'asked';
    if (eager) return onChange();
    if (opened.head?.status === 'finished') {
      await player.step(() => ask('more', { epochs: MORE_EPOCHS }));
      // A network was asked for meanwhile, and is trained once it is there.
      eager = opened.opening && 'asked';
      if (eager) return;
    }
    player.play();
  }

  /** It has come to the end of the epoch that was asked for. */
  function endEpoch() {
    until = Number.POSITIVE_INFINITY;
    void player.pause();
  }

  /** The goal lies further on, where it is reached already. */
  async function openEnd() {
    if (opened.head?.status === 'finished') await player.step(() => ask('more', { epochs: 1 }));
  }

  return {
    get state() {
      const { head, data, opening } = opened;
      return { head, data, failed, opening, training: player.playing || eager !== false };
    },
    play() {
      until = Number.POSITIVE_INFINITY;
      return play().catch(onError);
    },
    /** One mini-batch, and then it waits. */
    async batch() {
      try {
        await openEnd();
        await player.step(() =>
          ask('advance', { milliseconds: 0, weights: true, confusion: true, batches: 1 }),
        );
      } catch (error) {
        onError(error);
      }
      onChange();
    },
    /** On to the end of the epoch, and its test. */
    async epoch() {
      try {
        await openEnd();
        until = Math.floor(opened.head?.epoch ?? 0) + 1;
        player.play();
      } catch (error) {
        onError(error);
      }
      onChange();
    },
    pause() {
      eager = false;
      until = Number.POSITIVE_INFINITY;
      void player.pause();
      onChange();
    },
    /**
     * A new network of these settings, or the present one trained on with them. Those that Python
     * refuses are given back and keep their values; one that leaves nothing to change is thrown,
     * and the present network stays.
     * @param {Values} settings
     * @param {'open' | 'edit'} how  `edit` goes on where Python can
     * @returns {Promise<EngineError[] | null>} null: a newer call has taken this one's place
     */
    async open(settings, how) {
      failed = false;
      // Training that is going on goes on with the new network.
      eager ||= player.playing && 'goes on';
      try {
        return await opened.open(settings, how, opened.head?.settings);
      } catch (error) {
        if (opened.head === null) eager = false;
        failed = opened.head === null && error instanceof EngineError && error.type === 'DataError';
        onChange();
        throw error;
      }
    },
    /** The network is gone; training goes on if it comes back. */
    forget() {
      interrupted ||= player.playing || eager !== false;
      opened.lose();
      this.pause();
    },
    reset() {
      eager = false;
      return opened.renew(() => ask('reset')).catch(onError);
    },
    /** @param {Uint8Array} model the bytes of a file; a bad one leaves the present network as it is */
    async load(model) {
      // Training goes on when the file is refused; a network brought along waits for the person.
      eager ||= player.playing && 'goes on';
      await opened
        .renew(async () => {
          const reply = await ask('load', { model });
          eager = false;
          return reply;
        })
        .catch(onError);
    },
    /**
     * A run that was kept; one that cannot be read leaves the present network as it is.
     * @param {import('../../session/kept-runs.js').KeptRun} kept
     */
    async resume({ run, settings }) {
      await opened.renew(async () => {
        const reply = await ask('resume', { run, settings });
        eager = false;
        return reply;
      });
    },
    // Of the network that has been asked for, not of the one that it replaces.
    /** @param {'npz' | 'safetensors'} format */
    save: (format) => opened.whenRenewed().then(() => ask('save', { format })),
    script: () => opened.whenRenewed().then(() => ask('script')),
  };
}
