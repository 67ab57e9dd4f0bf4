// The recipe's own Python, to read beside the post.
import { html, nothing, render } from 'lit';
import { copyText } from '../../clipboard.js';
import { button } from '../../controls/buttons.js';
import { icons } from '../../controls/icons.js';
import { make } from '../../element.js';
import { saveFile } from '../../files.js';
import { t } from '../../i18n.js';
import { openInLab } from '../../session/lab-inbox.js';
import './code.css';

/** @param {{recipe: () => string}} options */
export function createCodePanel({ recipe }) {
  const element = make('section', 'recipe-listing');
  element.setAttribute('aria-labelledby', 'recipe-listing-title');
  const listing = make('pre', 'listing', { testid: 'recipe-code' });
  // It scrolls, so the keyboard must reach it.
  listing.tabIndex = 0;
  listing.lang = 'en';
  listing.setAttribute('role', 'region');
  /** @type {string | null} */
  let code = null;
  let copied = false;

  function draw() {
    const ready = code !== null;
    const file = `${recipe()}.py`;
    listing.setAttribute('aria-label', t('recipes:code.label'));
    render(
      html`<div class="listing-head">
          <h2 id="recipe-listing-title">${t('recipes:code.title')}</h2>
          <div class="listing-buttons">
            ${button({
              label: t('script.lab'),
              icon: icons.code,
              testid: 'recipe-lab',
              kind: 'quiet',
              disabled: !ready,
              onClick: () => openInLab(file, code ?? ''),
            })}
            ${button({
              label: t('recipes:code.save'),
              icon: icons.save,
              testid: 'recipe-code-save',
              kind: 'quiet',
              disabled: !ready,
              onClick: () => saveFile(file, code ?? '', 'text/x-python'),
            })}
            ${button({
              label: t(`recipes:code.${copied ? 'copied' : 'copy'}`),
              icon: icons.copy,
              testid: 'recipe-code-copy',
              kind: 'quiet',
              disabled: !ready,
              onClick: copy,
            })}
          </div>
        </div>
        <figure>
          ${ready ? nothing : html`<p class="listing-waiting">${t('recipes:code.waiting')}</p>`}
          ${listing}
          <figcaption>
            <b>${t('recipes:code.listing')}</b> ${t('recipes:code.caption', { file })}
          </figcaption>
        </figure>`,
      element,
    );
  }

  async function copy() {
    copied = await copyText(code ?? '');
    draw();
  }

  /** @param {string} text as plain text at once, in colour as soon as the parser is loaded */
  async function list(text) {
    listing.textContent = text;
    listing.scrollTo(0, 0);
    const { highlight } = await import('./highlight.js');
    if (code === text) listing.replaceChildren(highlight(text));
  }

  return {
    element,
    /** @param {string | null} next null: not known yet */
    update(next) {
      if (next !== code) {
        code = next;
        copied = false;
        void list(next ?? '');
      }
      draw();
    },
  };
}
