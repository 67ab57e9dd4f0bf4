// The list of lessons, with what is done of each, and the files: a lesson of one's own, what is
// handed in.
import { html, nothing, render } from 'lit';
import { live } from 'lit/directives/live.js';
import { button } from '../../controls/buttons.js';
import { fileButton } from '../../controls/file-button.js';
import { icons } from '../../controls/icons.js';
import { make } from '../../element.js';
import { saveFile } from '../../files.js';
import { t } from '../../i18n.js';
import { recall, remember } from '../../memory.js';
import { formatRoute } from '../../router.js';

/** @typedef {import('./school.js').Lesson} Lesson */

/**
 * @param {object} options
 * @param {() => {lessons: Lesson[], name: string, brought: Lesson | null,
 *   progress: ReturnType<typeof import('../../session/kept-progress.js').createProgress>}} options.state
 * @param {(name: string) => void} options.onChoose
 * @param {(file: File) => void} options.onFile
 * @param {(who: string) => string} options.file  what is handed in
 */
export function createLessonList({ state, onChoose, onFile, file }) {
  const element = make('nav', 'lesson-list');
  let who = recall('who') ?? '';

  function draw() {
    const { lessons, name, brought, progress } = state();
    element.setAttribute('aria-label', t('lessons:list.label'));
    const entries = lessons.map((lesson, index) => {
      const wanted = stepsToDo(lesson);
      const done = wanted.filter((step) => progress.of(lesson.name)[step]?.right).length;
      return { lesson, number: index + 1, done, wanted: wanted.length };
    });
    const text = (/** @type {(typeof entries)[number]} */ { lesson, number, done, wanted }) =>
      `${number}. ${lesson.title}${done === wanted ? ' ✓' : ''}`;
    render(
      html`<select
          class="lesson-select"
          data-testid="lesson"
          aria-label=${t('lessons:list.label')}
          @change=${(/** @type {Event} */ event) =>
            onChoose(/** @type {HTMLSelectElement} */ (event.target).value)}
        >
          ${brought ? html`<option value=${brought.name} .selected=${true}>${brought.title}</option>` : nothing}
          ${entries.map((entry) => html`<option value=${entry.lesson.name} .selected=${live(!brought && entry.lesson.name === name)}>${text(entry)}</option>`)}
        </select>
        <ol class="lesson-links">
          ${entries.map(
            ({ lesson, done, wanted }) => html`<li>
              <a
                href=${formatRoute('lessons', new URLSearchParams({ lesson: lesson.name }))}
                aria-current=${!brought && lesson.name === name ? 'page' : nothing}
                data-testid="lesson-link"
                data-done=${done}
                >${lesson.title}<small>${done === wanted ? html`<span aria-label=${t('lessons:list.done')}>✓</span>` : done > 0 ? `${done}/${wanted}` : nothing}</small></a
              >
            </li>`,
          )}
        </ol>
        <details class="lesson-files">
          <summary>${t('lessons:files.title')}</summary>
          <p>${t('lessons:files.own')}</p>
          ${fileButton({
            label: t('lessons:files.open'),
            accept: '.md,.json',
            testid: 'lesson-file',
            onFile,
          })}
          <p>${t('lessons:files.hand')}</p>
          <label class="lesson-who">${t('lessons:files.who')}
            <input
              data-testid="lesson-who"
              autocomplete="name"
              .value=${live(who)}
              @change=${(/** @type {Event} */ event) => {
                who = /** @type {HTMLInputElement} */ (event.target).value.trim();
                remember('who', who);
              }}
            /></label>
          ${button({
            label: t('lessons:files.save'),
            icon: icons.save,
            testid: 'lesson-hand-in',
            onClick: () => saveFile(fileName(who), file(who), 'application/json'),
          })}
        </details>`,
      element,
    );
  }

  return { element, draw };
}

/** Quizzes and tasks, by their places. @param {Lesson} lesson @returns {number[]} */
export function stepsToDo({ steps }) {
  return steps.flatMap(({ kind }, index) => (kind === 'quiz' || kind === 'task' ? [index] : []));
}

/** @param {string} who */
const fileName = (who) =>
  `pynn-lessons${who ? `-${who.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 40)}` : ''}.json`;
