/** The dialog that shows the Python program behind what is on the screen. */
import { html, nothing, render } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { copyText } from '../clipboard.js';
import { saveFile } from '../files.js';
import { t } from '../i18n.js';
import { openInLab } from '../session/lab-inbox.js';
import { button } from './buttons.js';
import { icons } from './icons.js';
import './script-dialog.css';

/**
 * @param {string} fileName under which the program is saved
 * @param {'script.text' | 'script.exact'} explanation exact: it gives the same numbers everywhere
 * @param {() => unknown} [more]  another way to take it along
 */
export function createScriptDialog(fileName, explanation, more) {
  const element = document.createElement('div');
  const dialog = createRef();
  let script = '';
  /** @type {'copied' | 'refused' | null} */
  let outcome = null;
  /** In the document only while it is seen: several views have such a dialog. */
  let shown = false;

  const open = () => /** @type {HTMLDialogElement} */ (dialog.value);

  async function copy() {
    outcome = (await copyText(script)) ? 'copied' : 'refused';
    draw();
    if (outcome === 'refused') selectProgram();
  }

  function selectProgram() {
    const program = /** @type {HTMLElement} */ (open().querySelector('pre'));
    program.focus();
    getSelection()?.selectAllChildren(program);
  }

  function save() {
    saveFile(fileName, script, 'text/x-python');
  }

  function hide() {
    shown = false;
    draw();
  }

  function draw() {
    render(shown ? content() : nothing, element);
  }

  function content() {
    return html`<dialog
      class="dialog"
      aria-labelledby="script-title"
      data-testid="script-dialog"
      @close=${hide}
      ${ref(dialog)}
    >
      <div class="dialog-head">
        <h2 id="script-title">${t('script.title')}</h2>
        ${button({
          label: t('script.close'),
          icon: icons.close,
          iconOnly: true,
          kind: 'quiet',
          onClick: () => open().close(),
        })}
      </div>
      <p class="dialog-text">${t(explanation)}</p>
      <pre class="code" tabindex="0" data-testid="script">${script}</pre>
      <p class="dialog-text" role="status">
        ${outcome === 'refused' ? t('script.refused') : nothing}
      </p>
      <div class="dialog-actions">
        ${button({
          label: t(outcome === 'copied' ? 'script.copied' : 'script.copy'),
          icon: icons.copy,
          testid: 'copy-script',
          onClick: copy,
        })}
        ${button({ label: t('script.save'), icon: icons.save, testid: 'save-script', onClick: save })}
        ${button({
          label: t('script.lab'),
          icon: icons.code,
          testid: 'script-lab',
          onClick: () => {
            open().close();
            openInLab(fileName, script);
          },
        })}
        ${more?.() ?? nothing}
      </div>
    </dialog>`;
  }

  return {
    element,
    draw,
    /** @param {string} text  where it says so, this page's own address is put in */
    show(text) {
      script = text.replaceAll('ADDRESS-OF-THE-PAGE/', new URL('.', document.baseURI).href);
      outcome = null;
      shown = true;
      draw();
      open().showModal();
    },
  };
}
