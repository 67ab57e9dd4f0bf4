// Below the editor: what the name under the cursor means, as its docstring says it.
import { html, nothing, render } from 'lit';
import { make } from '../../element.js';
import { t } from '../../i18n.js';

/** Milliseconds that the cursor rests before anything is asked. */
const REST = 350;

/** @typedef {{name: string, signature: string, doc: string}} About */

/** @param {{ask: (text: string, place: number) => Promise<About | null>}} options */
export function createDocs({ ask }) {
  const element = make('div', 'lab-docs', { testid: 'code-docs' });
  element.setAttribute('aria-live', 'off');
  /** @type {About | null} */
  let about = null;
  let timer = 0;
  let asked = 0;

  function draw() {
    render(
      about
        ? html`<details>
            <summary><code>${about.name}${about.signature}</code> <span>${firstSentence(about.doc)}</span></summary>
            ${about.doc ? html`<pre tabindex="0" lang="en">${about.doc}</pre>` : nothing}
          </details>`
        : html`<p>${t('lab:editor.docs')}</p>`,
      element,
    );
  }

  return {
    element,
    draw,
    /** The cursor has moved. @param {string} text @param {number} place */
    at(text, place) {
      clearTimeout(timer);
      timer = window.setTimeout(async () => {
        asked += 1;
        const own = asked;
        const found = await ask(text, place);
        if (own !== asked || found?.name === about?.name) return;
        about = found;
        draw();
      }, REST);
    },
  };
}

/** @param {string} doc */
const firstSentence = (doc) => doc.split('\n\n')[0].replaceAll('\n', ' ');
