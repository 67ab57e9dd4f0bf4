import { html, nothing } from 'lit';
import { termButton } from './term.js';

/**
 * One number with its name. `data-value` holds it in full; the text is what fits. It is set as a
 * property: a text node of lit's own stands still once a translator has replaced it.
 *
 * @param {object} options
 * @param {string} options.testid
 * @param {string} options.label
 * @param {number | null | undefined} options.value  null, undefined or NaN: not known yet
 * @param {(value: number) => string} options.format
 * @param {import('./term.js').Term} [options.term]  what explains the name
 * @param {string} [options.mark]  a class for a swatch that ties the number to a curve
 */
export function readout({ testid, label, term, value, format, mark }) {
  const known = typeof value === 'number' && !Number.isNaN(value);
  return html`<div class="readout">
    <span class="readout-label"
      >${mark ? html`<span class="swatch ${mark}" aria-hidden="true"></span>` : nothing}${
        termButton({ label, term, id: `${testid}-label` }) ?? label
      }</span
    >
    <span
      class="readout-value"
      data-testid=${testid}
      data-value=${known ? String(value) : nothing}
      title=${term?.code ?? nothing}
      .textContent=${known ? format(value) : '–'}
    ></span>
  </div>`;
}
