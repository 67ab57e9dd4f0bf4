// The digits experiment as the page sees it: what is asked of Python and in which order, and the
// newest that came back. It knows nothing of buttons and pictures.
import { fault } from '../../shared/protocol.js';
import { EngineError } from '../engine.js';
import { BUDGET, createPlayer } from '../player.js';
import { openLeniently } from '../settings.js';

/**
 * @typedef {import('../../shared/protocol.js').Reply} Reply
 * @typedef {import('../../shared/protocol.js').NumberArray} NumberArray
 * @typedef {import('../settings.js').Values} Values
 * @typedef {Record<string, NumberArray>} Arrays
 *
 * @typedef {object} Head  what Python last said, of the opened network and of its training
 * @property {Values} settings
 * @property {(number | number[])[]} layers  the inputs and each layer's outputs: how many, or the
 *   height, width and channels of images
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
 * @param {import('../engine.js').Engine} options.engine
 * @param {() => {weights: boolean, confusion: boolean}} options.wanted  arrays worth asking for
 * @param {() => void} options.onChange  the state is another one
 * @param {(reply: Reply, fresh: boolean) => void} options.onReply  once for every reply of the
 *   training; fresh: a network from its start
 * @param {(arrays: Arrays) => void} options.onDraw  in an animation frame: arrays since the last
 * @param {(error: unknown) => void} options.onError
 */
export function createDigitsSession({ engine, wanted, onChange, onReply, onDraw, onError }) {
  /** @type {Head | null} */
  let head = null;
  /** @type {Arrays} of replies that have not been drawn yet */
  let undrawn = {};
  /** @type {{loaded: number, total: number} | null} */
  let data = null;
  /**
   * Training begins as soon as the network is there: it went on before, or was asked for meanwhile.
   * @type {false | 'goes on' | 'asked'}
   */
  let eager = false;
  /** Requests that give a network or other settings, from the wish to the answer. */
  let renewals = 0;
  /** All of them so far have come to an end. @type {Promise<unknown>} */
  let renewed = Promise.resolve();
  let fresh = false;
  /** It was training when the worker ended, and goes on with the next. */
  let interrupted = false;
  let newestOpen = 0;
  let failed = false;

  const ask = (/** @type {string} */ method, /** @type {object} */ args = {}) =>
    engine.call('digits', method, args);

  const last = () => ask('advance', { milliseconds: 0, weights: true, confusion: true });

  const player = createPlayer({
    advance: () => ask('advance', { milliseconds: BUDGET, ...wanted() }),
    collect(reply) {
      head = /** @type {Head} */ ({ ...head, ...reply.head });
      // A reply may be left out of the drawing, but not the arrays that only it has.
      undrawn = { ...(fresh ? {} : undrawn), ...reply.arrays };
      onReply(reply, fresh);
      fresh = false;
    },
    draw() {
      const arrays = undrawn;
      undrawn = {};
      onDraw(arrays);
      onChange();
    },
    onStop(reason, detail) {
      if (reason === 'error') onError(detail);
      // Nothing is trained any more: this only brings the last images of a finished network.
      if (reason === 'finished') void player.step(last).catch(onError);
      if (reason === 'diverged') onError(divergence(/** @type {Reply} */ (detail)));
    },
    onChange,
  });

  engine.onData((progress) => {
    if (progress.experiment !== 'digits') return;
    data = progress;
    onChange();
  });

  /**
   * One request that gives a network, or goes on with the present one, after the training before
   * has been paused. Nothing is trained between two: what is to go on goes on after the last.
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
      if (eager && head && renewals === 0) {
        // A training that came to its end meanwhile is not taken beyond it unasked.
        if (eager === 'goes on' && head.status === 'finished') eager = false;
        else await play();
      }
      onChange();
    }
  }

  async function play() {
    eager = (head === null || renewals > 0) && 'asked';
    if (eager) return onChange();
    if (head?.status === 'finished') {
      await player.step(() => ask('more', { epochs: MORE_EPOCHS }));
      // A network was asked for meanwhile, and is trained once it is there.
      eager = renewals > 0 && 'asked';
      if (eager) return;
    }
    player.play();
  }

  return {
    get state() {
      const training = player.playing || eager !== false;
      return { head, data, failed, opening: renewals > 0, training };
    },
    play: () => play().catch(onError),
    pause() {
      eager = false;
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
      newestOpen += 1;
      const number = newestOpen;
      failed = false;
      // Training that is going on goes on with the new network.
      eager ||= player.playing && 'goes on';
      /** @type {EngineError[]} */
      let refused = [];
      const overtaken = () => number !== newestOpen;
      try {
        await renew(async () => {
          const opened = await openLeniently(
            (values) => ask(how, values),
            settings,
            head?.settings,
          );
          refused = opened.refused;
          if (interrupted) eager ||= 'goes on';
          interrupted = false;
          return opened.reply;
        }, overtaken);
      } catch (error) {
        if (overtaken()) return null;
        if (head === null) eager = false;
        failed = head === null && error instanceof EngineError && error.type === 'DataError';
        onChange();
        throw error;
      }
      return overtaken() ? null : refused;
    },
    /** The network is gone; training goes on if it comes back. */
    forget() {
      interrupted ||= player.playing || eager !== false;
      head = null;
      this.pause();
    },
    reset() {
      eager = false;
      return renew(() => ask('reset')).catch(onError);
    },
    /** @param {Uint8Array} model the bytes of a file; a bad one leaves the present network as it is */
    async load(model) {
      // Training goes on when the file is refused; a network brought along waits for the person.
      eager ||= player.playing && 'goes on';
      await renew(async () => {
        const reply = await ask('load', { model });
        eager = false;
        return reply;
      }).catch(onError);
    },
    // Of the network that has been asked for, not of the one that it replaces.
    save: () => renewed.then(() => ask('save')),
    script: () => renewed.then(() => ask('script')),
    /** @param {import('../controls/drawing-pad.js').Ink} ink */
    recognise: (ink) => ask('recognise', ink),
  };
}

/** @param {Reply} reply of a training that has run away */
function divergence({ head }) {
  const message = `Training stopped: ${head.reason}`;
  return fault('diverged', String(head.reason), {}, message);
}
