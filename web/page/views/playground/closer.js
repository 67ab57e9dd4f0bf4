/** All rooms of the closer look, and what each is told of the run. */
import { createOpenedStep } from '../opened/opened.js';
import { createCompare } from './compare.js';
import { createLooks } from './looks.js';
import { createRooms } from './rooms.js';
import { createSweep } from './sweep.js';
import { createVersus } from './versus.js';

/** @typedef {import('../../../shared/protocol.js').Reply} Reply */

/**
 * @param {object} options
 * @param {import('../../session/engine.js').Engine} options.engine
 * @param {Promise<import('../../../shared/protocol.js').Tables>} options.tables
 * @param {() => ReturnType<typeof import('./session.js').createSession>} options.session
 * @param {(settings: import('../../session/settings.js').Values) => Promise<void>} options.change
 * @param {() => boolean} options.playing
 * @param {(error: unknown) => void} options.onError
 */
export function createCloser({ engine, tables, session, change, playing, onError }) {
  const looks = createLooks({
    call: (method, args) => session().call(method, args),
    onReply: (reply) => compare.note(reply, true),
    onError,
  });
  const compare = createCompare({
    engine,
    session,
    change,
    playing,
    onTimed: (timed) => looks.watch({ timed }),
    onError,
  });
  const sweep = createSweep({ engine, tables, session, onError });
  const versus = createVersus({ engine, session, onError });
  /** Python has ended since. */
  let lost = false;
  const opened = createOpenedStep({ engine, experiment: () => 'planar', onError });
  const rooms = createRooms(
    [...looks.rooms, compare.room, sweep.room, versus.room],
    [{ name: 'opened', testid: 'step-through-point', onPress: opened.show }],
  );

  return {
    elements: [rooms.element, opened.element],
    /** @type {import('../../figures/figure.js').Figure[]} */
    figures: [
      ...looks.figures,
      {
        element: compare.room.element,
        draw: compare.draw,
        note: (reply) => compare.note(reply, false),
      },
    ],
    along: compare.along,
    reset: compare.reset,
    draw() {
      rooms.draw();
      compare.draw();
      sweep.draw();
      versus.draw();
    },
    /** Of the first network, or of one with other settings. @param {Reply} reply */
    begin(reply) {
      rooms.show();
      if (!reply.head.goes_on) looks.again();
      if (compare.begin(reply)) rooms.open('compare');
      if (versus.asked(reply)) rooms.open('versus');
      sweep.begin();
      if (lost) versus.again();
      lost = false;
    },
    /** The worker has ended, and all that Python had with it. */
    forget() {
      lost = true;
      sweep.stop();
    },
  };
}
