// The person's examples, a row for each sign: press one to remove it, a sign to draw another.
import { html, nothing } from 'lit';
import { paintInk } from '../../drawings/raster.js';
import { formatNumber, t } from '../../i18n.js';

/** Of each sign so many examples are shown, the newest first. */
const SHOWN = 24;
const SIDE = 28;

/**
 * @param {object} options
 * @param {import('./hand-session.js').HandHead} options.head
 * @param {(sign: string) => void} options.onSign
 * @param {(place: number) => void} options.onRemove
 */
export function examples({ head, onSign, onRemove }) {
  /** @param {string} sign */
  function rowOf(sign) {
    const places = head.names.flatMap((name, place) => (name === sign ? [place] : []));
    const shown = places.slice(-SHOWN).reverse();
    const more = places.length - shown.length;
    return html`<li data-sign=${sign} data-count=${places.length}>
      <button
        type="button"
        class="hand-sign"
        title=${t('digits:hand.same', { sign })}
        @click=${() => onSign(sign)}
        >${sign}</button
      ><span class="hand-count">${formatNumber(places.length)}</span>
      <span class="hand-images"
        >${shown.map(
          (place, index) => html`<button
            type="button"
            class="hand-example"
            aria-label=${t('digits:hand.remove', { sign, number: places.length - index })}
            title=${t('digits:hand.removeTitle')}
            @click=${() => onRemove(place)}
            ><canvas data-place=${place}></canvas
          ></button>`,
        )}${more ? html`<span>${t('digits:hand.more', { count: more })}</span>` : nothing}</span
      >
    </li>`;
  }
  return html`<ul aria-label=${t('digits:hand.examples')}>${head.signs.map(rowOf)}</ul>`;
}

/**
 * @param {HTMLElement} element  that holds them
 * @param {import('../../../shared/protocol.js').NumberArray | undefined} images (n, 28, 28)
 */
export function paintExamples(element, images) {
  if (!images) return;
  for (const canvas of element.querySelectorAll('canvas')) {
    const start = Number(canvas.dataset.place) * SIDE * SIDE;
    paintInk(canvas, images.data.subarray(start, start + SIDE * SIDE), SIDE, SIDE);
  }
}
