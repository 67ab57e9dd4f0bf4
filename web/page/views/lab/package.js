// pynn's own files: a list to choose from, and what is said of the one that is open.
import { html, nothing, render } from 'lit';
import { button } from '../../controls/buttons.js';
import { icons } from '../../controls/icons.js';
import { put } from '../../controls/term.js';
import { make } from '../../element.js';
import { t } from '../../i18n.js';
import { labFault } from '../../session/errors.js';
import './package.css';

/** @typedef {{path: string, original: string}} Opened */

/**
 * @param {object} options
 * @param {import('../../session/kept-programs.js').Programs} options.programs
 * @param {(action: string, args: object) => Promise<import('../../../shared/protocol.js').Reply | null>} options.ask
 * @param {(opened: Opened | null) => void} options.onOpen  null: back to the program
 * @param {(path: string) => void} options.onRevert  this file is as published again
 * @param {() => void} options.onCheck
 * @param {() => void} options.onFollow  a step, line by line
 * @param {(error: unknown) => void} options.onError
 */
export function createPackage({ programs, ask, onOpen, onRevert, onCheck, onFollow, onError }) {
  const element = make('div', 'lab-package');
  /** @type {HTMLElement | null} */
  let list = null;
  /** @type {string[]} */
  let files = [];
  let filter = '';
  /** @type {Opened | null} */
  let opened = null;

  /** @param {Element} place  of the button */
  async function choose(place) {
    try {
      const reply = files.length > 0 ? null : await ask('files', {});
      files = reply?.head.files ?? files;
    } catch (error) {
      return onError(error);
    }
    if (files.length === 0) {
      return onError(labFault('not_now'));
    }
    if (!list) {
      list = make('div', 'menu package-list', { testid: 'package-files', role: 'dialog' });
      list.popover = 'auto';
      document.body.append(list);
    }
    filter = '';
    drawList();
    list.showPopover();
    put(list, place.getBoundingClientRect());
    /** @type {HTMLElement | null} */ (list.querySelector('input'))?.focus();
  }

  function drawList() {
    if (!list) return;
    const { changes } = programs;
    list.setAttribute('aria-label', t('lab:package.choose'));
    render(
      html`<input
          type="search"
          aria-label=${t('lab:package.filter')}
          placeholder=${t('lab:package.filter')}
          .value=${filter}
          @input=${(/** @type {Event} */ event) => {
            filter = /** @type {HTMLInputElement} */ (event.target).value;
            drawList();
          }}
        />
        ${button({
          label: t('lab:follow.open'),
          testid: 'follow-open',
          onClick: () => {
            list?.hidePopover();
            onFollow();
          },
        })}
        <div class="package-entries">
          ${files
            .filter((path) => path.includes(filter.trim().toLowerCase()))
            .map(
              (path) => html`<button
                type="button"
                class="menu-item"
                data-testid="package-file"
                @click=${() => {
                  list?.hidePopover();
                  void open(path);
                }}
              ><code>pynn/${path}</code>${Object.hasOwn(changes, path) ? html` <span class="changed">${t('lab:package.changed')}</span>` : nothing}</button>`,
            )}
        </div>`,
      list,
    );
  }

  /** @param {string} path */
  async function open(path) {
    try {
      const reply = await ask('text', { path });
      if (!reply) return onError(labFault('not_now'));
      opened = { path, original: reply.head.text };
      onOpen(opened);
    } catch (error) {
      onError(error);
    }
    draw();
  }

  function draw() {
    const changed = Object.keys(programs.changes);
    render(
      html`${
        opened
          ? html`<div class="lab-note package-note" data-testid="package-note">
              <p><code>pynn/${opened.path}</code> ${t(changed.includes(opened.path) ? 'lab:package.isChanged' : 'lab:package.isOpen')}</p>
              <div class="package-buttons">
                ${button({
                  label: t('lab:package.revert'),
                  icon: icons.undo,
                  testid: 'revert',
                  disabled: !changed.includes(opened.path),
                  onClick: () => onRevert(/** @type {Opened} */ (opened).path),
                })}
                ${button({
                  label: t('lab:package.check'),
                  testid: 'check-gradients',
                  onClick: onCheck,
                })}
                ${button({
                  label: t('lab:package.back'),
                  testid: 'close-package',
                  kind: 'quiet',
                  onClick: close,
                })}
              </div>
            </div>`
          : changed.length > 0
            ? html`<div class="lab-note package-note" data-testid="package-note">
                <p>${t('lab:package.inForce')} ${changed.map(
                  (path) =>
                    html`<button type="button" class="link" @click=${() => void open(path)}>pynn/${path}</button> `,
                )}</p>
                <div class="package-buttons">${button({
                  label: t('lab:package.revertAll'),
                  icon: icons.undo,
                  testid: 'revert',
                  onClick: () => {
                    for (const path of changed) onRevert(path);
                  },
                })}</div>
              </div>`
            : nothing
      }`,
      element,
    );
  }

  function close() {
    opened = null;
    onOpen(null);
    draw();
  }

  return {
    element,
    draw,
    choose,
    get opened() {
      return opened;
    },
    /** The program is chosen instead. */
    forget() {
      opened = null;
      draw();
    },
  };
}
