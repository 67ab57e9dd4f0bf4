// Where one number comes from: its equation, and every number in it.
import { html, nothing } from 'lit';
import { formatNumber, t } from '../../i18n.js';

/** Digits of a number, and decimals at most: what is smaller is noise of the arithmetic. */
const [DIGITS, DECIMALS] = [4, 7];

/**
 * @typedef {object} CellHead  as Python tells it
 * @property {number[]} at
 * @property {string} equation
 * @property {number} value
 * @property {[string, number][]} numbers
 * @property {[string, string]} factors
 * @property {[number[], number, number][]} products
 * @property {[number, number]} others
 */

/** @param {number} value  Python sends NaN and infinity as they are, or null */
export function shownNumber(value) {
  if (value === null || !Number.isFinite(value)) return String(value ?? 'NaN');
  const rounded = Number(value.toPrecision(DIGITS));
  return formatNumber(rounded, {
    maximumSignificantDigits: DIGITS,
    ...(Math.abs(rounded) < 1e-3
      ? { maximumSignificantDigits: undefined, maximumFractionDigits: DECIMALS }
      : {}),
  });
}

/** The place of the largest, by its size. @param {ArrayLike<number>} values */
export function largest(values) {
  let best = 0;
  for (let i = 1; i < values.length; i += 1) {
    if (Math.abs(values[i]) > Math.abs(values[best])) best = i;
  }
  return best;
}

/** As much of a number as a small square holds. @param {number} value */
export function roughly(value) {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size >= 1000 || (size > 0 && size < 0.005)) return value.toExponential(0);
  return formatNumber(value, { maximumFractionDigits: size < 10 ? 2 : size < 100 ? 1 : 0 });
}

/** @param {number[]} at */
const placeOf = (at) => `[${at.join(', ')}]`;

/**
 * @param {CellHead} cell
 * @param {string} letter  of the array that the number is in
 */
export function cellOf({ at, equation, value, numbers, factors, products, others }, letter) {
  const [first, second] = factors;
  return html`<div class="opened-cell" data-testid="step-cell" data-value=${value}>
    <p class="opened-equation">${equation}</p>
    ${
      numbers.length
        ? html`<ul class="opened-letters">${numbers.map(
            ([name, number]) =>
              html`<li data-letter=${name} data-value=${number}><i>${name}</i> = ${shownNumber(number)}</li>`,
          )}</ul>`
        : nothing
    }
    ${
      products.length
        ? html`<table class="opened-products">
            <thead>
              <tr><th>${t('opened.place')}</th><th>${first}</th><th>${second}</th><th>${second === '1' ? '' : '×'}</th></tr>
            </thead>
            <tbody>
              ${products.map(
                ([place, a, b]) => html`<tr data-a=${a} data-b=${b}>
                  <td>${placeOf(place)}</td>
                  <td>${shownNumber(a)}</td>
                  <td>${second === '1' ? '' : shownNumber(b)}</td>
                  <td>${shownNumber(a * b)}</td>
                </tr>`,
              )}
              ${
                others[0]
                  ? html`<tr data-others=${others[0]}>
                      <td colspan="3">${t('opened.others', { count: others[0] })}</td>
                      <td>${shownNumber(others[1])}</td>
                    </tr>`
                  : nothing
              }
            </tbody>
          </table>`
        : nothing
    }
    <p class="opened-result" role="status">
      <i>${letter}</i>${at.length ? placeOf(at) : ''} = <b data-testid="step-value">${shownNumber(value)}</b>
    </p>
  </div>`;
}
