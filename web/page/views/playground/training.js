/**
 * The playground's training as a person has it in hand: it plays and pauses, takes one epoch,
 * starts again, and goes on after a change of settings, from a moment of its past, or after the end
 * of a worker.
 */
import { divergence } from '../../session/errors.js';
import { createPlayer } from '../../session/player.js';
import { createCoach } from './coach.js';
import { createTimeLine } from './time-line.js';

/** @typedef {import('../../../shared/protocol.js').Reply} Reply */

/**
 * @param {object} options
 * @param {ReturnType<typeof import('./session.js').createSession>} options.session
 * @param {() => import('./toolbar.js').Pace} options.pace
 * @param {(ask: object) => Promise<void>} options.along  something else is trained at the same time
 * @param {() => void} options.alongReset  and begins again
 * @param {(reply: Reply) => void} options.onReply  once for every reply while it is trained
 * @param {(reply: Reply) => void} options.onDraw  in an animation frame, the newest
 * @param {(reply: Reply) => void} options.onReset  the same start again
 * @param {(reply: Reply) => void} options.onMoment  a moment of the past, or the present again
 * @param {() => void} options.onChange  it plays, or it does not any more
 * @param {() => void} options.onRest  it has stopped
 * @param {() => void} options.onAdvice  there is something else to be said of it
 * @param {(error: unknown) => void} options.onError
 */
export function createTraining(options) {
  const { session, onError } = options;
  /** Whether it goes on once the present change has been made. */
  let wanted = false;
  /** It was playing when the worker ended, and goes on with the next. */
  let interrupted = false;
  /** Of an epoch. */
  const batches = () => timeLine.present?.batches ?? 1;

  const player = createPlayer({
    advance: () => advance(options.pace().ask(batches())),
    every: () => options.pace().every(batches()),
    ahead: () => options.pace().ahead === true,
    collect: take,
    draw(reply) {
      options.onDraw(reply);
      if (player.playing) coach.look(false);
    },
    onChange: options.onChange,
    onStop(reason, detail) {
      if (reason === 'diverged') {
        stopDiverged(/** @type {Reply} */ (detail));
      } else if (reason === 'error') {
        wanted = false;
        onError(detail);
      }
      options.onRest();
      if (reason !== 'error') coach.look(true);
    },
  });

  /** @param {object} ask */
  async function advance(ask) {
    const [reply] = await Promise.all([session.call('advance', ask), options.along(ask)]);
    return reply;
  }

  /** @param {Reply} reply  the run's newest */
  function take(reply) {
    timeLine.note(reply);
    session.learn(reply);
    options.onReply(reply);
  }

  /** @param {Reply} reply */
  function stopDiverged(reply) {
    wanted = false;
    onError(divergence(reply));
  }

  const coach = createCoach({ call: session.call, onChange: options.onAdvice });
  const timeLine = createTimeLine({
    call: session.call,
    pause: stop,
    onShow(reply) {
      session.glimpse(timeLine.away ? reply.head.settings : null);
      options.onMoment(reply);
    },
    onRewound: session.accept,
    onChange: options.onChange,
    onError,
  });

  function play() {
    wanted = true;
    if (!timeLine.away) player.play();
    else timeLine.settle().then(goOn, onError);
  }

  function goOn() {
    if (wanted) player.play();
  }

  function stop() {
    wanted = false;
    return player.pause();
  }

  return {
    get playing() {
      return player.playing;
    },
    play,
    stop,
    /** For a change, after which `goOn` plays again. */
    pause: player.pause,
    goOn,
    timeLine,
    coach,
    /** @param {{epochs: number} | {steps: number}} upto */
    async step(upto) {
      await stop();
      await timeLine.settle().catch(onError);
      await player
        .step(async () => {
          const reply = await advance({ milliseconds: 60_000, ...upto });
          if (reply.head.status === 'diverged') stopDiverged(reply);
          return reply;
        })
        .catch(onError);
      requestAnimationFrame(options.onRest);
    },
    /**
     * The network is changed by hand, and goes on if it was being trained.
     *
     * @param {string} changes  as `pynn.live.edits` has them
     */
    async put(changes) {
      await timeLine.settle();
      const reply = await session.call('put', { changes });
      take(reply);
      options.onDraw(reply);
    },
    async reset() {
      await stop();
      // Before whatever is asked next, as of the run itself.
      options.alongReset();
      await session.call('reset').then(options.onReset).catch(onError);
    },
    /** Its worker has ended. */
    interrupt() {
      interrupted ||= player.playing;
      return stop();
    },
    /** @returns {boolean} whether it played when its worker ended; asked for once */
    wasInterrupted() {
      const was = interrupted;
      interrupted = false;
      return was;
    },
  };
}
