/** A button that asks for a file of the person's. */
import { html, nothing } from 'lit';
import { icons } from './icons.js';
import './file-button.css';

/**
 * @param {object} options
 * @param {string} options.label
 * @param {string} options.accept  kinds of files
 * @param {string} options.testid
 * @param {'plain' | 'quiet'} [options.kind]
 * @param {boolean} [options.disabled]
 * @param {(file: File) => void} options.onFile
 */
export function fileButton({ label, accept, testid, kind = 'plain', disabled = false, onFile }) {
  return html`<label class="button button-${kind} file" ?data-disabled=${disabled}
    >${icons.load}<span>${label}</span
    ><input
      type="file"
      class="visually-hidden"
      data-testid=${testid}
      accept=${accept || nothing}
      ?disabled=${disabled}
      @change=${(/** @type {Event} */ event) => chosen(event, onFile)}
  /></label>`;
}

/**
 * Of an input that has changed.
 *
 * @param {Event} event
 * @param {(file: File) => void} onFile
 */
export function chosen(event, onFile) {
  const input = /** @type {HTMLInputElement} */ (event.target);
  const file = input.files?.[0];
  // The same file may be chosen again: without this the browser would say nothing.
  input.value = '';
  if (file) onFile(file);
}
