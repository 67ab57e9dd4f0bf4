/**
 * The run's past in hand: dragged back, the time line shows the network as it was, and the run
 * itself stays where it is. Whatever is asked of it next goes on from the moment that is shown.
 */
import { button } from '../../controls/buttons.js';
import { timeLine } from '../../controls/time-line.js';
import { formatNumber, t } from '../../i18n.js';

/**
 * @typedef {import('../../../shared/protocol.js').Reply} Reply
 * @typedef {Reply['head']} Moment  of which `step` and `epoch` are told
 */

/**
 * @param {object} options
 * @param {(method: string, args: object) => Promise<Reply>} options.call
 * @param {() => Promise<void>} options.pause  the training, before anything is looked at
 * @param {(reply: Reply) => void} options.onShow  a moment of the past, or the present again
 * @param {(reply: Reply) => void} options.onRewound  the run goes on from there
 * @param {() => void} options.onChange
 * @param {(error: unknown) => void} options.onError
 */
export function createTimeLine({ call, pause, onShow, onRewound, onChange, onError }) {
  /** The newest of the run itself. @type {Reply | null} */
  let present = null;
  let first = 0;
  /** Where the hand is: a step of the past, or null. @type {number | null} */
  let place = null;
  /** What is shown of it, which may be a moment before. @type {Moment | null} */
  let shown = null;
  /** What to look at next. @type {{step: number, exact: boolean} | null} */
  let wanted = null;
  /** Looks under way, one after the other. @type {Promise<void> | null} */
  let looking = null;

  async function lookOn() {
    await pause();
    while (wanted) {
      const { step, exact } = wanted;
      wanted = null;
      const run = present;
      const reply = await call('look', { step, exact });
      // Another run has been opened meanwhile, or the hand has come back to the present.
      if (run !== present || place === null) continue;
      shown = reply.head;
      onShow(reply);
    }
  }

  function toPresent() {
    wanted = null;
    place = null;
    shown = null;
    if (present) onShow(present);
  }

  return {
    get first() {
      return first;
    },
    /** @returns {Moment | undefined} */
    get present() {
      return present?.head;
    },
    /** Whether the hand is on the past. */
    get away() {
      return place !== null;
    },
    /** Where the hand is. */
    get step() {
      return place ?? present?.head.step ?? 0;
    },
    /** The moment of the past that is shown; null: the present. */
    get shown() {
      return shown;
    },
    /** @param {Reply} reply  the first of a run, or one that has been brought back */
    begin(reply) {
      first = reply.head.first_step;
      this.note(reply);
    },
    /** @param {Reply} reply  the run's newest */
    note(reply) {
      present = reply;
      wanted = null;
      place = null;
      shown = null;
    },
    /**
     * @param {number} step
     * @param {boolean} exact  otherwise a moment that was kept will do: while the hand moves
     */
    look(step, exact) {
      if (!present) return;
      if (step >= present.head.step) {
        if (place !== null) toPresent();
        onChange();
        return;
      }
      place = step;
      wanted = { step, exact };
      looking ??= lookOn()
        .catch(onError)
        .finally(() => {
          looking = null;
          onChange();
        });
      onChange();
    },
    toPresent,
    /** The run goes on from what is shown: what came later is forgotten. */
    async settle() {
      await looking;
      if (place === null) return;
      const reply = await call('rewind', { step: place });
      onRewound(reply);
    },
  };
}

/**
 * @param {ReturnType<typeof createTimeLine>} line
 * @param {ReturnType<typeof import('./training.js').createTraining>} training
 * @param {unknown} rate  how fast it goes
 */
export function timeRow(line, training, rate) {
  const moment = line.shown ?? line.present;
  return timeLine({
    label: t('playground:time.label'),
    text: moment ? t('playground:time.place', momentTexts(moment)) : '',
    back: t('playground:time.now'),
    low: line.first,
    high: line.present?.step ?? 0,
    value: line.step,
    rate,
    after: button({
      label: t('playground:time.miniBatch'),
      title: t('playground:time.miniBatchTitle'),
      testid: 'mini-batch',
      kind: 'quiet',
      disabled: !line.present,
      onClick: () => training.step({ steps: 1 }),
    }),
    onGrasp: training.stop,
    onDrag: (step) => line.look(step, false),
    onRelease: (step) => line.look(step, true),
    onBack: line.toPresent,
  });
}

/** @param {Moment} moment @returns the values of a sentence about it */
export function momentTexts({ epoch, step }) {
  return { epoch: formatNumber(epoch), step: formatNumber(step) };
}
