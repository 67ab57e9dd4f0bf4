/** A dialog with a text to be copied, and maybe what the text is made of. */
import { html, nothing, render } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { copyText } from '../clipboard.js';
import { t } from '../i18n.js';
import { button } from './buttons.js';
import { icons } from './icons.js';
import './script-dialog.css';
import './text-dialog.css';

/**
 * @param {object} options
 * @param {string} options.testid
 * @param {() => string} options.title
 * @param {() => string} options.explanation
 * @param {() => string} options.content  the text
 * @param {() => unknown} [options.fields]  what it is made of
 */
export function createTextDialog({ testid, title, explanation, content, fields }) {
  const element = document.createElement('div');
  /** @type {import('lit/directives/ref.js').Ref<HTMLDialogElement>} */
  const dialog = createRef();
  let shown = false;
  let copied = false;

  const field = () => /** @type {HTMLTextAreaElement} */ (dialog.value?.querySelector('textarea'));

  async function copy() {
    copied = await copyText(field().value);
    if (!copied) field().select();
    draw();
  }

  function hide() {
    shown = false;
    draw();
  }

  function draw() {
    render(
      shown
        ? html`<dialog class="dialog" aria-labelledby="${testid}-title" data-testid=${testid} @close=${hide} ${ref(dialog)}>
            <div class="dialog-head">
              <h2 id="${testid}-title">${title()}</h2>
              ${button({
                label: t('script.close'),
                icon: icons.close,
                iconOnly: true,
                kind: 'quiet',
                onClick: () => dialog.value?.close(),
              })}
            </div>
            <p class="dialog-text">${explanation()}</p>
            ${fields?.() ?? nothing}
            <textarea
              class="input text-dialog-content"
              readonly
              rows="4"
              data-testid="${testid}-text"
              aria-labelledby="${testid}-title"
              .value=${content()}
            ></textarea>
            ${button({
              label: t(copied ? 'script.copied' : 'script.copy'),
              icon: icons.copy,
              kind: 'primary',
              testid: `${testid}-copy`,
              onClick: copy,
            })}
          </dialog>`
        : nothing,
      element,
    );
  }

  return {
    element,
    draw,
    show() {
      shown = true;
      copied = false;
      draw();
      dialog.value?.showModal();
    },
  };
}
