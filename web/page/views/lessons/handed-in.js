// What a learner has handed in, for a teacher: what is done of each lesson, and the code of tasks.
import { html, nothing, render } from 'lit';
import { button } from '../../controls/buttons.js';
import { icons } from '../../controls/icons.js';
import { make } from '../../element.js';
import { formatTime, t } from '../../i18n.js';
import { stepsToDo } from './list.js';

/** @typedef {import('./school.js').Lesson} Lesson */

export function createHandedIn() {
  const element = make('dialog', 'dialog handed-in', { testid: 'handed-in' });

  /**
   * @param {import('../../session/kept-progress.js').HandedIn} read
   * @param {Lesson[]} lessons
   */
  function show({ who, at, progress }, lessons) {
    const rows = lessons.flatMap((lesson) => {
      const done = Object.hasOwn(progress, lesson.name) ? progress[lesson.name] : null;
      return done ? [{ lesson, done, wanted: stepsToDo(lesson) }] : [];
    });
    element.setAttribute('aria-label', t('lessons:handed.title'));
    render(
      html`<div class="dialog-head">
          <h2>${t('lessons:handed.of', { who: who || t('lessons:handed.nobody') })}</h2>
          ${button({ label: t('script.close'), icon: icons.close, iconOnly: true, kind: 'quiet', onClick: () => element.close() })}
        </div>
        <p class="dialog-text">${t('lessons:handed.at', { time: formatTime(Number(at)) })}</p>
        <table>
          <thead><tr><th scope="col">${t('lessons:handed.lesson')}</th><th scope="col">${t('lessons:handed.quizzes')}</th><th scope="col">${t('lessons:handed.tasks')}</th></tr></thead>
          <tbody>${rows.map(
            ({
              lesson,
              done,
              wanted,
            }) => html`<tr data-testid="handed-lesson" data-name=${lesson.name}>
              <th scope="row">${lesson.title}</th>
              ${['quiz', 'task'].map((kind) => {
                const steps = wanted.filter((step) => lesson.steps[step].kind === kind);
                const right = steps.filter((step) => done[step]?.right);
                return html`<td>${right.length} / ${steps.length}</td>`;
              })}
            </tr>
            ${wanted.map((step) =>
              done[step]?.code
                ? html`<tr><td colspan="3"><details><summary>${t('lessons:handed.code')}</summary><pre tabindex="0">${done[step].code}</pre></details></td></tr>`
                : nothing,
            )}`,
          )}</tbody>
        </table>`,
      element,
    );
    element.showModal();
  }

  return { element, show };
}
