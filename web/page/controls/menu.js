/** A button that opens a list of things to do. */
import { html, render } from 'lit';
import { make } from '../element.js';
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
  const list = make('div', 'menu', { testid: `${testid}-list` });
  list.popover = 'auto';
  list.id = `${testid}-list`;

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
              const input = /** @type {HTMLInputElement} */ (event.target);
              const chosen = input.files?.[0];
              input.value = '';
              list.hidePopover();
              if (chosen) file.onFile(chosen);
            }}
        /></label>`
      : html`<button
          type="button"
          class="menu-item"
          data-testid=${name}
          @click=${() => {
            list.hidePopover();
            onClick?.();
          }}
        >${label}</button>`;

  return {
    list,
    /**
     * @param {object} options
     * @param {string} options.label
     * @param {boolean} options.disabled
     * @param {() => (Item | null)[]} options.items  null: a line between two groups
     */
    button: ({ label, disabled, items }) => html`<button
      type="button"
      class="button button-quiet button-icon"
      data-testid=${testid}
      aria-label=${label}
      title=${label}
      aria-haspopup="menu"
      aria-controls=${list.id}
      ?disabled=${disabled}
      @click=${(/** @type {Event} */ event) => {
        render(html`${items().map((item) => (item ? entry(item) : html`<hr />`))}`, list);
        list.setAttribute('aria-label', label);
        list.showPopover();
        put(list, /** @type {Element} */ (event.currentTarget).getBoundingClientRect());
        /** @type {HTMLElement | null} */ (list.querySelector('.menu-item'))?.focus();
      }}
    >${icons.save}</button>`,
  };
}
