/**
 * A teacher's link: the task that it sets and whether it is solved, what it hides, and what it locks.
 * All of it is text and numbers, and none of it is run.
 */
import { html, nothing, render } from 'lit';
import { fault } from '../../../shared/protocol.js';
import { make } from '../../element.js';
import { formatNumber, formatPercent, t } from '../../i18n.js';
import { urlName } from '../../session/settings.js';
import './lesson.css';

/** @typedef {import('../../session/settings.js').Values} Values */

/** Where the parts stand. @type {Record<string, string>} */
const PARTS = {
  data: '.data-pictures',
  settings: '.settings-column',
  network: '.playground-network',
  curves: '.playground-chart',
  time: '.playground > .time-line',
  paint: '[data-testid="paint-points"]',
  guess: '[data-testid="draw-guess"]',
  display: '.map-legend .checkbox',
  closer: '.rooms',
  presets: '.presets',
  share: '[data-testid="share"]',
  code: '[data-testid="show-code"]',
  home: '[data-testid="take-home"]',
  coach: '[data-testid="diagnosis"]',
  numbers: '.toolbar-numbers',
  step: '[data-testid="step"], [data-testid="mini-batch"]',
  reset: '[data-testid="reset"]',
  pace: '[data-testid="pace"]',
  // Settings that stand in more than a field.
  dataset: '.field:has(#dataset), .data-pictures',
  network_shape: '.shape',
  features: '[data-testid="choose-features"], .feature-row',
};
/** @type {Record<string, (value: number) => string>} */
const FORMATS = {
  task_loss: (value) => formatNumber(value, { maximumSignificantDigits: 6 }),
  task_accuracy: (value) => formatPercent(value),
  task_neurons: formatNumber,
  task_epochs: formatNumber,
};

function newSheet() {
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  return sheet;
}

/** @param {() => ReturnType<typeof import('./session.js').createSession>} session */
export function createLesson(session) {
  const element = make('div', 'lesson', { testid: 'task' });
  /** @type {CSSStyleSheet | null} */
  let sheet = null;
  let hidden = '';
  /** What holds of the task. @type {Record<string, boolean> | undefined} */
  let holds;
  let drawn = '';

  /** @param {string} name */
  const selector = (name) => PARTS[name] ?? `.field:has(#${urlName(name)})`;

  function draw() {
    const { settings } = session();
    const goals = Object.entries(holds ?? {});
    const solved = goals.length > 0 && goals.every(([, held]) => held);
    if (!settings.task && goals.length === 0) return render(nothing, element);
    render(
      html`<p class="lesson-task">${settings.task}</p>
        ${
          goals.length > 0
            ? html`<ul>
                ${goals.map(
                  ([name, held]) => html`<li data-goal=${name} data-held=${String(held)}>
                    <span aria-hidden="true">${held ? '✓' : '○'}</span>
                    ${t(`playground:lesson.${name}`, { value: FORMATS[name](Number(settings[name])) })}
                  </li>`,
                )}
              </ul>`
            : nothing
        }
        <p class="lesson-news" role="status" data-testid="task-news">
          ${solved ? t('playground:lesson.solved') : ''}
        </p>`,
      element,
    );
  }

  return {
    element,
    draw,
    /** What a frame says of it. @param {Record<string, any>} head */
    update(head) {
      const { settings } = session();
      const names = [settings.hide ?? []].flat();
      const next = names.map(selector).join(', ');
      if (next !== hidden) {
        hidden = next;
        sheet ??= newSheet();
        sheet.replaceSync(hidden ? `:is(${hidden}) { display: none !important; }` : '');
      }
      if ('task' in head || head.settings) holds = head.task;
      const now = JSON.stringify([
        settings.task,
        holds,
        settings.task_loss,
        settings.task_accuracy,
      ]);
      if (now === drawn) return;
      drawn = now;
      draw();
    },
    /**
     * What is left of a change where something is locked.
     *
     * @param {Values} change
     * @returns {Values}
     * @throws a fault where nothing is left
     */
    allow(change) {
      const locked = [session().settings.lock ?? []].flat();
      const names = Object.keys(change);
      const left = names.filter((name) => !locked.includes(name));
      if (left.length === 0 && names.length > 0) {
        throw fault('LessonError', 'locked', { name: names[0] }, `${names[0]} is locked.`);
      }
      return Object.fromEntries(left.map((name) => [name, change[name]]));
    },
  };
}
