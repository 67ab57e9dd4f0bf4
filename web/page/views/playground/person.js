/** All that a person does to a run, by fields, by hand and with points, and the figures it is done in. */
import { createByHand } from './by-hand.js';
import { createChanges } from './changes.js';
import { createLesson } from './lesson.js';
import { createMainFigures } from './main-figures.js';
import { createOwnPoints } from './own-points.js';

/**
 * @param {object} options
 * @param {() => ReturnType<typeof import('./session.js').createSession>} options.session
 * @param {() => ReturnType<typeof import('./training.js').createTraining>} options.training
 * @param {() => ReturnType<typeof import('./touch.js').createTouch>} options.touch
 * @param {() => boolean} options.visible
 * @param {() => void} options.onTaken  a change
 * @param {() => void} options.onRest  the hand rests
 * @param {(...errors: unknown[]) => void} options.onError
 */
export function createPerson({ session, training, touch, visible, onTaken, onRest, onError }) {
  const lesson = createLesson(session);
  const change = createChanges({
    session,
    settle: () => training().timeLine.settle(),
    own: () => own,
    lesson,
    onTaken,
    onEnd: () => visible() && training().goOn(),
    onError,
  });
  const byHand = createByHand({
    allow: () => lesson.allow({ hand: 0 }),
    put: (changes) => training().put(changes),
    onRest,
    onError,
  });
  const figures = createMainFigures({ session, change, byHand, touch, own: () => own });
  const { paint, tell } = figures.plane;
  const own = createOwnPoints({ session, change, paint, tell, onError });

  return { ...figures, lesson, change, own };
}
