/** What a person changes of the settings, on its way to Python: locked ones stay, others may follow. */

/** @typedef {import('../../session/settings.js').Values} Values */

/**
 * @param {object} options
 * @param {() => ReturnType<typeof import('./session.js').createSession>} options.session
 * @param {() => Promise<void>} options.settle  what is looked at of the past becomes the present
 * @param {() => ReturnType<typeof import('./own-points.js').createOwnPoints>} options.own
 * @param {ReturnType<typeof import('./lesson.js').createLesson>} options.lesson
 * @param {() => void} options.onEnd  it has been taken, or refused
 * @param {() => void} options.onTaken
 * @param {(...errors: unknown[]) => void} options.onError
 */
export function createChanges({ session, settle, own, lesson, onEnd, onTaken, onError }) {
  return async (/** @type {Values} */ settings) => {
    try {
      const allowed = lesson.allow(settings);
      await settle();
      const refused = await session().change(own().leaving(allowed));
      if (refused === null) return;
      if (refused.length > 0) onError(...refused);
      else onTaken();
    } catch (error) {
      onError(error);
    }
    onEnd();
  };
}
