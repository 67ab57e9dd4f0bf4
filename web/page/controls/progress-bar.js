import { html, nothing } from 'lit';
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

/**
 * The line of text that goes with it.
 *
 * @param {object} options
 * @param {string} options.testid
 * @param {string} options.label  whose progress it is
 * @param {string} options.text   what is going on
 * @param {number} options.share  0 to 1
 * @param {string} [options.status]
 */
export function progressText({ testid, label, text, share, status }) {
  return html`<p
    class="numbers"
    data-testid=${testid}
    data-status=${status ?? nothing}
    role="progressbar"
    aria-label=${label}
    aria-valuemin="0"
    aria-valuemax="100"
    aria-valuenow=${Math.floor(100 * share)}
    aria-valuetext=${text}
    .textContent=${text}
  ></p>`;
}
