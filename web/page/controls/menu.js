/** A button that opens a list of things to do. */
import { html, render } from 'lit';
import { make } from '../element.js';
import { chosen } from './file-button.js';
import { icons } from './icons.js';
import { put } from './term.js';
import './menu.css';

/**
 * @typedef {object} Item
 * @property {string} label
 * @property {string} testid
 * @property {() => void} [onClick]
 * @property {{accept: string, onFile: (file: File) => void}} [file]  asks for one
 */

/** @param {string} testid */
export function createMenu(testid) {
  const id = `${testid}-list`;
  /** @type {HTMLElement | null} */
  let list = null;

  function newList() {
    const element = make('div', 'menu', { testid: id, role: 'dialog' });
    element.popover = 'auto';
    element.id = id;
    return document.body.appendChild(element);
  }

  const hide = () => list?.hidePopover();

  /** @param {Item} item */
  const entry = ({ label, testid: name, onClick, file }) =>
    file
      ? html`<label class="menu-item"><span>${label}</span
          ><input
            type="file"
            class="visually-hidden"
            data-testid=${name}
            accept=${file.accept}
            @change=${(/** @type {Event} */ event) => {
              hide();
              chosen(event, file.onFile);
            }}
        /></label>`
      : html`<button
          type="button"
          class="menu-item"
          data-testid=${name}
          @click=${() => {
            hide();
            onClick?.();
          }}
        >${label}</button>`;

  /** @param {string} label @param {(Item | null)[]} items @param {Element} place */
  function show(label, items, place) {
    list ??= newList();
    render(html`${items.map((item) => (item ? entry(item) : html`<hr />`))}`, list);
    list.setAttribute('aria-label', label);
    list.showPopover();
    put(list, place.getBoundingClientRect());
    /** @type {HTMLElement | null} */ (list.querySelector('.menu-item'))?.focus();
  }

  /**
   * @param {object} options
   * @param {string} options.label
   * @param {boolean} options.disabled
   * @param {() => (Item | null)[]} options.items  null: a line between two groups
   */
  return ({ label, disabled, items }) => html`<button
    type="button"
    class="button button-quiet button-icon"
    data-testid=${testid}
    aria-label=${label}
    title=${label}
    aria-haspopup="dialog"
    ?disabled=${disabled}
    @click=${(/** @type {Event} */ event) =>
      show(label, items(), /** @type {Element} */ (event.currentTarget))}
  >${icons.save}</button>`;
}
