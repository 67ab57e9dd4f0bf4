/** All that is taken along of a run, and the dialogs in which it is shown. */
import { html } from 'lit';
import { createTextDialog } from '../../controls/text-dialog.js';
import { embedSnippet } from '../../embed.js';
import { t } from '../../i18n.js';
import { createHome } from './home.js';
import { createLessonDialog } from './lesson-dialog.js';
import { createScript } from './script.js';

/** @typedef {import('../../../shared/protocol.js').Reply} Reply */

/**
 * @param {object} options
 * @param {ReturnType<typeof import('./session.js').createSession>} options.session
 * @param {() => Reply | null} options.frame  that is shown
 * @param {() => import('../../figures/plane-picture.js').Seen} options.plane
 * @param {() => void} options.onPoints
 * @param {() => Promise<unknown>} options.pause
 * @param {(error: unknown) => void} options.onError
 */
export function createTaking({ session, frame, plane, onPoints, pause, onError }) {
  const script = createScript({
    session,
    step: () => frame()?.head.measured,
    onNotebook: () => home.notebook(),
    onError,
  });
  const lesson = createLessonDialog(() => session);
  const embed = createTextDialog({
    testid: 'embed-dialog',
    title: () => t('playground:embedding.title'),
    explanation: () => t('playground:embedding.text'),
    content: () => embedSnippet(location.hash),
  });
  const home = createHome({
    session: () => session,
    frame,
    plane,
    onPoints,
    async onRun(run) {
      await pause();
      session.accept(await session.call('resume', { run }));
    },
    onEmbed: embed.show,
    onLesson: lesson.show,
    onError,
  });

  return {
    elements: html`${script.element} ${lesson.element} ${embed.element}`,
    button: home.button,
    bring: home.bring,
    code: script.show,
    draw() {
      for (const part of [script, lesson, embed]) part.draw();
    },
  };
}
