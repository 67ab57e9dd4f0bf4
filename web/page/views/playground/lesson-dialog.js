/** Where a teacher makes a link: the task, its goals, and what of the page is left out or locked. */
import { html } from 'lit';
import { checkbox, textField } from '../../controls/fields.js';
import { settingLabel } from '../../controls/labels.js';
import { createTextDialog } from '../../controls/text-dialog.js';
import { hasText, t } from '../../i18n.js';
import { formatRoute } from '../../router.js';

const GOALS = ['task_loss', 'task_accuracy', 'task_neurons', 'task_epochs'];

/** @param {() => ReturnType<typeof import('./session.js').createSession>} session */
export function createLessonDialog(session) {
  /** @type {Record<string, string>} */
  let written = {};
  /** @type {Record<'hide' | 'lock', Set<string>>} */
  const chosen = { hide: new Set(), lock: new Set() };

  const dialog = createTextDialog({
    testid: 'task-dialog',
    title: () => t('playground:lesson.title'),
    explanation: () => t('playground:lesson.text'),
    content: link,
    fields: () => html`<div class="lesson-form">
      ${field('task', 'text')} ${GOALS.map((name) => field(name, 'decimal'))}
      ${choice('hide')} ${choice('lock')}
    </div>`,
  });

  /** @param {string} name  of a part of the page, or of a setting */
  function label(name) {
    const part = `playground:lesson.parts.${name}`;
    return hasText(part) ? t(part) : settingLabel(name);
  }

  /** @param {string} name @param {'text' | 'decimal'} inputmode */
  const field = (name, inputmode) =>
    textField({
      testid: `set-${name.replaceAll('_', '-')}`,
      label: t(`playground:lesson.fields.${name}`),
      inputmode,
      value: written[name] ?? '',
      onChange(value) {
        written = { ...written, [name]: value };
        dialog.draw();
      },
    });

  /** @param {'hide' | 'lock'} kind */
  const choice = (kind) => html`<fieldset>
    <legend>${t(`playground:lesson.fields.${kind}`)}</legend>
    ${(session().table.find(({ name }) => name === kind)?.options ?? []).map((name) =>
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
