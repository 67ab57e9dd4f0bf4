/** Where a teacher makes a link: the task, its goals, and what of the page is left out or locked. */
import { html } from 'lit';
import { checkbox, textField } from '../../controls/fields.js';
import { settingLabel } from '../../controls/labels.js';
import { createTextDialog } from '../../controls/text-dialog.js';
import { t } from '../../i18n.js';
import { formatRoute } from '../../router.js';
import { PART_NAMES } from './lesson.js';

const GOALS = ['task_loss', 'task_accuracy', 'task_neurons', 'task_epochs'];

/** @param {() => ReturnType<typeof import('./session.js').createSession>} session */
export function createLessonDialog(session) {
  /** @type {Record<string, string>} */
  let written = {};
  /** @type {Record<'hide' | 'lock', Set<string>>} */
  const chosen = { hide: new Set(), lock: new Set() };

  const dialog = createTextDialog({
    testid: 'lesson-dialog',
    title: () => t('playground:lesson.title'),
    explanation: () => t('playground:lesson.text'),
    content: link,
    fields: () => html`<div class="lesson-form">
      ${field('task', 'text')} ${GOALS.map((name) => field(name, 'decimal'))}
      ${choice('hide', PART_NAMES, (name) => t(`playground:lesson.parts.${name}`))}
      ${choice('lock', lockable(), (name) =>
        name === 'hand' ? t('playground:lesson.hand') : settingLabel(name),
      )}
    </div>`,
  });

  const lockable = () => session().table.find(({ name }) => name === 'lock')?.options ?? [];

  /** @param {string} name @param {'text' | 'decimal'} inputmode */
  const field = (name, inputmode) =>
    textField({
      testid: `lesson-${name.replaceAll('_', '-')}`,
      label: t(`playground:lesson.fields.${name}`),
      inputmode,
      value: written[name] ?? '',
      onChange(value) {
        written = { ...written, [name]: value };
        dialog.draw();
      },
    });

  /** @param {'hide' | 'lock'} kind @param {string[]} names @param {(name: string) => string} label */
  const choice = (kind, names, label) => html`<fieldset>
    <legend>${t(`playground:lesson.fields.${kind}`)}</legend>
    ${names.map((name) =>
      checkbox({
        label: label(name),
        testid: `${kind}-${name}`,
        checked: chosen[kind].has(name),
        onChange(on) {
          if (on) chosen[kind].add(name);
          else chosen[kind].delete(name);
          dialog.draw();
        },
      }),
    )}
  </fieldset>`;

  function link() {
    const query = new URLSearchParams(session().query());
    for (const [name, value] of Object.entries(written)) {
      if (value.trim())
        query.set(name.replaceAll('_', '-'), value.trim().replace(/^(\d+),(\d+)$/, '$1.$2'));
    }
    for (const kind of /** @type {const} */ (['hide', 'lock'])) {
      if (chosen[kind].size > 0) query.set(kind, [...chosen[kind]].join(','));
    }
    return new URL(formatRoute('playground', query), document.baseURI).href;
  }

  return dialog;
}
