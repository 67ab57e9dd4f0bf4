// Code of a lesson: an editor, sliders for what the program asks for, and its output below. A task
// has a check as well, a hint, and the way out.
import { html, nothing, render } from 'lit';
import { createConsole } from '../../console/console.js';
import { createEditor } from '../../console/editor.js';
import { button } from '../../controls/buttons.js';
import { icons } from '../../controls/icons.js';
import { make } from '../../element.js';
import { t } from '../../i18n.js';
import { explain } from '../../message.js';
import { isBusy } from '../../session/lab.js';
import { phrases } from '../lab/phrases.js';
import { problem } from '../lab/status.js';
import { fromMarkdown } from './markdown.js';
import { createSliders } from './sliders.js';

/**
 * @typedef {object} CodeOf  a step of a lesson
 * @property {'code' | 'task'} kind
 * @property {string} source
 * @property {any[]} settings
 * @property {string} [check]
 * @property {string} [hint]
 * @property {string} [solution]
 *
 * @typedef {import('../../../shared/lab-protocol.js').Outcome} Outcome
 * @typedef {ReturnType<typeof createCodeStep>} CodeStep
 */

/** Milliseconds after the last key, until the sliders are looked at anew. */
const REST = 600;

/**
 * @param {object} options
 * @param {CodeOf} options.step
 * @param {number} options.number  among the lesson's code, from 1
 * @param {string | undefined} options.solved  the code with which the task was solved
 * @param {import('../../session/lab.js').Lab} options.lab
 * @param {() => void} options.onRun  this step, and those before it that have yet to run
 * @param {(code: string) => void} options.onSolved
 */
export function createCodeStep({ step, number, solved, lab, onRun, onSolved }) {
  const element = make('section', 'lesson-code', {
    testid: step.kind === 'task' ? 'lesson-task' : 'lesson-code',
  });
  const task = step.kind === 'task';
  const output = createConsole({ testid: 'code-output' });
  const bar = make('div', 'lesson-bar');
  const below = make('div', 'lesson-below');
  below.setAttribute('role', 'status');
  const sliders = createSliders({ onChange: () => onRun() });
  const hint = make('div', 'lesson-hint');
  if (step.hint) hint.append(fromMarkdown(step.hint));
  let helped = false;
  let running = false;
  let timer = 0;
  /** @type {Outcome | null} */
  let outcome = null;
  /** @type {unknown} */
  let trouble = null;
  let isSolved = solved !== undefined;

  const editor = createEditor({
    testid: 'editor',
    text: solved ?? step.source,
    onRun,
    onRunPart: onRun,
    onStop: lab.stop,
    onChange(text) {
      editor.mark(null);
      code.stale = true;
      draw();
      clearTimeout(timer);
      timer = window.setTimeout(async () => {
        const reply = await lab.ask('sliders', { text }).catch(() => null);
        if (reply) sliders.show(reply.head.settings);
      }, REST);
    },
    complete: lab.complete,
  });
  sliders.show(step.settings);
  output.element.hidden = true;
  element.append(editor.element, sliders.element, bar, below, output.element);

  function draw() {
    const changed = editor.text !== step.source;
    render(
      html`${button({
        label: t(task ? 'lessons:task.check' : 'lab:run.run'),
        title: t('lab:run.runKeys'),
        icon: task ? icons.check : icons.play,
        testid: task ? 'lesson-check' : 'run-code',
        kind: 'primary',
        disabled: running,
        onClick: onRun,
      })}
        ${running ? button({ label: t('lab:run.stop'), icon: icons.pause, testid: 'stop-code', onClick: () => lab.stop() }) : nothing}
        ${changed ? button({ label: t('lessons:task.reset'), icon: icons.undo, kind: 'quiet', testid: 'lesson-reset', onClick: () => editor.open(step.source) }) : nothing}
        ${
          task
            ? html`${button({
                label: t('lessons:task.hint'),
                kind: 'quiet',
                testid: 'lesson-hint',
                pressed: helped,
                onClick: () => {
                  helped = !helped;
                  draw();
                },
              })}
              ${button({
                label: t('lessons:task.solution'),
                kind: 'quiet',
                testid: 'lesson-solution',
                onClick: () => editor.open(step.solution ?? ''),
              })}`
            : nothing
        }`,
      bar,
    );
    render(
      html`${helped ? hint : nothing}
        ${outcome?.error ? problem(outcome.error, editor.goTo) : nothing}
        ${trouble ? html`<p class="lab-error" data-testid="code-error">${explain(trouble).text}</p>` : nothing}
        ${task && !running ? verdict() : nothing}`,
      below,
    );
  }

  function verdict() {
    if (outcome?.verdict) {
      return html`<p class="lesson-result" data-testid="lesson-result" data-right="false">${outcome.verdict}</p>`;
    }
    if (outcome?.verdict === '' || (isSolved && !outcome)) {
      return html`<p class="lesson-result" data-testid="lesson-result" data-right="true">${t('lessons:task.right')}</p>`;
    }
    return nothing;
  }

  const code = {
    element,
    draw,
    /** It has to run before what comes after it can. */
    stale: true,
    /** Its Python did not take it, and has ended. */
    refused: false,
    relabel() {
      const label = t('lessons:code', { number });
      editor.relabel(label, phrases());
      element.setAttribute('aria-label', label);
      draw();
    },
    /**
     * @param {boolean} first  it begins with no names
     * @returns {Promise<boolean>} whether the next step may run
     */
    async run(first) {
      const text = editor.text;
      // Whoever writes meanwhile makes it stale again.
      code.stale = false;
      let finished = false;
      outcome = null;
      trouble = null;
      running = true;
      editor.mark(null);
      output.clear();
      output.element.hidden = false;
      draw();
      try {
        outcome = await lab.run(
          {
            text,
            file: `block ${number}`,
            part: first ? null : 1,
            files: {},
            changes: {},
            settings: sliders.values,
            ...(step.check ? { check: step.check } : {}),
          },
          output.show,
        );
        finished = outcome.status === 'finished';
        const { error, verdict: sentence } = outcome;
        if (error?.line) editor.mark({ ...error, line: error.line });
        if (sentence === '') {
          isSolved = true;
          onSolved(text);
        }
      } catch (error) {
        trouble = error;
      }
      code.refused = isBusy(trouble);
      running = false;
      code.stale ||= !finished;
      output.settle();
      output.element.hidden = output.empty;
      draw();
      return finished;
    },
    destroy() {
      clearTimeout(timer);
      editor.destroy();
      output.destroy();
    },
  };
  return code;
}
