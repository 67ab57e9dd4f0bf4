import { html } from 'lit';
import { ref } from 'lit/directives/ref.js';

/**
 * A hair of a bar. The text beside it is what a screen reader is told.
 *
 * @param {number} share  0 to 1
 */
export function progressBar(share) {
  // As a width it would be laid out anew with every picture; a style in the markup, the page's
  // security policy forbids.
  const scale = (/** @type {Element | undefined} */ element) => {
    if (element instanceof HTMLElement) element.style.transform = `scaleX(${share})`;
  };
  return html`<div class="progress-track" aria-hidden="true">
    <div class="progress-done" ${ref(scale)}></div>
  </div>`;
}
