// Above the editor: which program, and what is done with it.
import { html, nothing, render } from 'lit';
import { live } from 'lit/directives/live.js';
import { copyText } from '../../clipboard.js';
import { button } from '../../controls/buttons.js';
import { icons } from '../../controls/icons.js';
import { createMenu } from '../../controls/menu.js';
import { make } from '../../element.js';
import { saveFile } from '../../files.js';
import { t } from '../../i18n.js';
import { labFault } from '../../session/errors.js';
import { EXAMPLES, exampleName, KINDS } from './examples.js';
import { linkTo } from './links.js';
import { toNotebook } from './notebooks.js';

/**
 * @param {object} options
 * @param {() => {name: string, names: string[], note: string, running: boolean}} options.state
 * @param {() => string} options.text
 * @param {(place: Element) => void} options.onOpenPackage
 * @param {() => void} options.onRun
 * @param {() => void} options.onRunPart
 * @param {() => void} options.onStop
 * @param {(name: string) => void} options.onChoose
 * @param {() => void} options.onNew
 * @param {(name: string, text: string) => void} options.onExample
 * @param {(name: string) => void} options.onRename
 * @param {() => void} options.onRemove
 * @param {(file: File) => void} options.onFile
 * @param {(error: unknown) => void} options.onError
 */
export function createBar(options) {
  const { state, text, onChoose, onError } = options;
  const element = make('div', 'lab-bar');
  const menu = createMenu('program-menu');
  let renaming = false;
  let link = '';

  async function share() {
    const { name } = state();
    const address = await linkTo(text(), name);
    if (!address) {
      onError(labFault('link_long'));
      return;
    }
    link = (await copyText(address)) ? 'copied' : address;
    draw();
    if (link === 'copied') setTimeout(() => said(''), 4_000);
  }

  /** @param {string} next */
  function said(next) {
    link = next;
    draw();
  }

  /** @param {string} value of the list: a program's name, or an example's behind a colon */
  async function chosen(value) {
    if (!value.startsWith(':')) return onChoose(value);
    try {
      options.onExample(exampleName(value.slice(1)), await EXAMPLES[value.slice(1)]());
    } catch {
      onError(labFault('loading'));
      draw();
    }
  }

  function items() {
    const { name } = state();
    const stem = name.replace(/\.py$/, '');
    return [
      { label: t('lab:menu.new'), testid: 'program-new', onClick: options.onNew },
      {
        label: t('lab:menu.open'),
        testid: 'program-open',
        file: { accept: '.py,.ipynb,.txt', onFile: options.onFile },
      },
      { label: t('lab:menu.rename'), testid: 'program-rename', onClick: beginRename },
      { label: t('lab:menu.remove'), testid: 'program-remove', onClick: options.onRemove },
      null,
      {
        label: t('lab:menu.save', { key: 'Ctrl+S' }),
        testid: 'program-save',
        onClick: () => saveFile(name, text(), 'text/x-python'),
      },
      {
        label: t('lab:menu.notebook'),
        testid: 'program-notebook',
        onClick: () => saveFile(`${stem}.ipynb`, toNotebook(text()), 'application/x-ipynb+json'),
      },
      { label: t('lab:menu.link'), testid: 'program-link', onClick: share },
    ];
  }

  function beginRename() {
    renaming = true;
    draw();
    const field = /** @type {HTMLInputElement} */ (element.querySelector('input'));
    field.focus();
    field.select();
  }

  /** @param {Event} event */
  function endRename(event) {
    if (!renaming) return;
    renaming = false;
    options.onRename(/** @type {HTMLInputElement} */ (event.target).value);
    draw();
  }

  function draw() {
    const { name, names, note, running } = state();
    render(
      html`<div class="lab-row">
          ${renaming ? nameField(name) : programList(name, names)}
          ${menu({ label: t('lab:menu.label'), disabled: false, items })}
          <button
            type="button"
            class="button button-quiet"
            data-testid="open-package"
            aria-haspopup="dialog"
            ?disabled=${running}
            @click=${(/** @type {Event} */ event) =>
              options.onOpenPackage(/** @type {Element} */ (event.currentTarget))}
          >${icons.code}<span>${t('lab:package.open')}</span></button>
          <span class="lab-buttons">
            ${button({
              label: t('lab:run.stop'),
              icon: icons.pause,
              testid: 'stop-code',
              title: t('lab:run.stopKeys'),
              disabled: !running,
              onClick: options.onStop,
            })}
            ${button({
              label: t('lab:run.part'),
              title: t('lab:run.partKeys'),
              testid: 'run-part',
              disabled: running,
              onClick: options.onRunPart,
            })}
            ${button({
              label: t('lab:run.run'),
              title: t('lab:run.runKeys'),
              icon: icons.play,
              testid: 'run-code',
              kind: 'primary',
              disabled: running,
              onClick: options.onRun,
            })}
          </span>
        </div>
        <div role="status">
          ${note ? html`<p class="lab-note" data-testid="program-note">${t(`lab:note.${note}`)}</p>` : nothing}
          ${link === 'copied' ? html`<p class="lab-note">${t('lab:note.copied')}</p>` : nothing}
        </div>
        ${link && link !== 'copied' ? html`<p class="lab-note"><input readonly aria-label=${t('lab:menu.link')} .value=${link} /></p>` : nothing}`,
      element,
    );
  }

  /** @param {string} name */
  const nameField = (name) => html`<input
    class="lab-name"
    data-testid="program-name"
    aria-label=${t('lab:menu.name')}
    .value=${name}
    autocomplete="off"
    spellcheck="false"
    @change=${endRename}
    @blur=${endRename}
    @keydown=${(/** @type {KeyboardEvent} */ event) => {
      if (event.key === 'Enter') endRename(event);
    }}
  />`;

  /** @param {string} name @param {string[]} names */
  const programList = (name, names) => html`<select
    data-testid="program"
    aria-label=${t('lab:menu.program')}
    @change=${(/** @type {Event} */ event) =>
      chosen(/** @type {HTMLSelectElement} */ (event.target).value)}
  >
    <optgroup label=${t('lab:menu.own')}>
      ${names.map((one) => html`<option value=${one} .selected=${live(one === name)}>${one}</option>`)}
    </optgroup>
    ${KINDS.map(
      (kind) => html`<optgroup label=${t(`lab:menu.${kind}`)}>
        ${Object.keys(EXAMPLES)
          .filter((one) => one.startsWith(kind))
          .map(
            (one) => html`<option value=":${one}" .selected=${live(false)}>
              ${t(`lab:examples.${one.split('/')[1]}`)}
            </option>`,
          )}
      </optgroup>`,
    )}
  </select>`;

  return { element, draw };
}
