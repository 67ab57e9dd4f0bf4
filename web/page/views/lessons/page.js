// One lesson: text, code that shares its names, questions and tasks, in their order.
import { html, nothing, render } from 'lit';
import { make } from '../../element.js';
import { t } from '../../i18n.js';
import { formatRoute } from '../../router.js';
import { createCodeStep } from './code-step.js';
import { fromMarkdown } from './markdown.js';
import { createQuiz } from './quiz.js';

/** On a machine with much else to do, one Python after another may be slow to take a step. */
const MOST_TRIES = 3;

/**
 * @param {object} options
 * @param {import('./school.js').Lesson} options.lesson
 * @param {import('./school.js').Lesson} [options.next]
 * @param {boolean} options.isBrought  somebody else wrote it
 * @param {import('../../session/lab.js').Lab} options.lab
 * @param {ReturnType<typeof import('../../session/kept-progress.js').createProgress>} options.progress
 * @param {() => void} options.onProgress
 */
export function createLessonPage({ lesson, next, isBrought, lab, progress, onProgress }) {
  const element = make('article', 'lesson-page', { testid: 'lesson-page' });
  element.dataset.lesson = lesson.name;
  /** @type {import('./code-step.js').CodeStep[]} */
  const codes = [];
  /** The Python whose names they share. */
  let generation = -1;
  let busy = false;
  /** A change came while it ran: the step to run once more. */
  let again = -1;

  const head = make('header', 'lesson-head');
  render(
    html`<h2>${lesson.title}</h2>
      <p class="lesson-summary">${lesson.summary}</p>
      ${isBrought ? html`<p class="lab-note">${t('lessons:brought')}</p>` : nothing}`,
    head,
  );
  element.append(head, ...lesson.steps.map(stepElement));
  if (next) {
    const foot = make('p', 'lesson-next');
    const address = formatRoute('lessons', new URLSearchParams({ lesson: next.name }));
    render(
      html`${t('lessons:next')} <a href=${address} data-testid="lesson-next">${next.title}</a>`,
      foot,
    );
    element.append(foot);
  }

  /** @param {any} step @param {number} index @returns {HTMLElement} */
  function stepElement(step, index) {
    const done = progress.of(lesson.name)[index];
    const note = (/** @type {any} */ how) => {
      // What others wrote has no place among what is handed in.
      if (!isBrought) progress.note(lesson.name, index, how);
      onProgress();
    };
    if (step.kind === 'quiz') {
      const onAnswer = (/** @type {number} */ answer, /** @type {boolean} */ right) =>
        note({ answer, right });
      return createQuiz({ step, id: `quiz-${index}`, done, onAnswer }).element;
    }
    if (step.kind === 'text') {
      const text = make('div', 'lesson-text');
      text.append(fromMarkdown(step.markdown));
      return text;
    }
    const place = codes.length;
    const code = createCodeStep({
      step,
      number: place + 1,
      solved: done?.code,
      lab,
      onRun: () => void run(place),
      onSolved: (text) => note({ right: true, code: text }),
    });
    codes.push(code);
    code.relabel();
    return code.element;
  }

  /**
   * A step, and before it all that have yet to run in this Python.
   *
   * @param {number} place
   * @param {number} [tries]  how often a Python has not taken it
   */
  async function run(place, tries = 0) {
    if (busy) {
      again = place;
      return;
    }
    busy = true;
    lab.wake();
    await lab.ready;
    if (generation !== lab.generation) for (const code of codes) code.stale = true;
    generation = lab.generation;
    for (const [index, code] of codes.entries()) {
      if (index > place || (index < place && !code.stale)) continue;
      // A task that is not solved is no reason to stop: others do not need its names.
      const ok = await code.run(index === 0);
      // What begins anew may begin in another Python.
      if (index === 0) generation = lab.generation;
      // The names that it needs are gone with the Python that had them: all begins anew.
      if (code.refused && tries < MOST_TRIES) {
        busy = false;
        await run(place, tries + 1);
        return;
      }
      if (generation !== lab.generation || !ok) break;
    }
    for (const code of codes.slice(place + 1)) code.stale = true;
    busy = false;
    if (again >= 0) {
      const wanted = again;
      again = -1;
      await run(wanted);
    }
  }

  return {
    element,
    destroy() {
      for (const code of codes) code.destroy();
    },
  };
}
