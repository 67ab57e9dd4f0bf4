// The answer: the whole number, a digit of it to look at, and how far it can be believed.
import { html, nothing } from 'lit';
import { segments } from '../../controls/buttons.js';
import { t } from '../../i18n.js';

/**
 * @typedef {object} ReadDigit  as Python tells it
 * @property {number} answer
 * @property {boolean} is_digit
 * @property {boolean} unsure
 * @property {number} likeness
 * @property {number[]} box
 */

/**
 * @param {object} options
 * @param {ReadDigit[]} options.digits
 * @param {string} options.text  the number, as it was read
 * @param {number} options.looked  the number of the digit that is looked at
 * @param {boolean} options.busy  the answer to the newest drawing is still to come
 * @param {(index: number) => void} options.onLook
 */
export function answerOf({ digits, text, looked, busy, onLook }) {
  const one = digits[looked];
  const shown = html`<span
    class="prediction"
    data-testid="prediction"
    data-value=${one?.answer ?? ''}
    data-unsure=${String(one ? one.unsure : false)}
    data-digit=${String(one?.is_digit ?? false)}
    aria-busy=${String(busy)}
    >${one?.answer ?? '–'}</span
  >`;
  const row = digits.map(({ answer, unsure, is_digit: isDigit }, index) => {
    if (digits.length === 1) return shown;
    return html`<button
      type="button"
      class="read-digit"
      aria-pressed=${String(index === looked)}
      aria-label=${t('digits:pad.look', { digit: isDigit ? answer : '?', place: index + 1 })}
      data-unsure=${String(unsure)}
      @click=${() => onLook(index)}
      >${index === looked ? shown : html`<span class="prediction" data-digit=${String(isDigit)}>${answer}</span>`}</button>`;
  });
  return html`<output
    class="reading"
    data-testid="reading"
    data-value=${text}
    data-count=${digits.length > 5 ? 'many' : digits.length}
    aria-labelledby="answer-label"
    aria-live="polite"
    >${digits.length ? row : shown}</output
  >`;
}

/**
 * What stands under each digit of a number; one alone has its answer beside it.
 *
 * @param {ReadDigit[]} digits
 * @returns {import('../../controls/drawing-pad.js').PadNote[]}
 */
export function notesOf(digits) {
  if (digits.length < 2) return [];
  return digits.map(({ answer, is_digit: isDigit, unsure, box }) => ({
    text: isDigit ? `${answer}${unsure ? '?' : ''}` : '?',
    unsure,
    box,
  }));
}

/**
 * What has to be known of the answer: that there is none, or why it should not be believed.
 *
 * @param {object} options
 * @param {ReadDigit[]} options.digits
 * @param {number} options.stray  how many strokes were left out
 * @param {boolean} options.blank
 * @param {boolean} options.unknown  the answer is less sure than is asked for
 * @param {boolean} options.guess  the network that answers has learned nothing yet
 */
export function remarks({ digits, stray, blank, unknown, guess }) {
  const none = !blank && digits.length > 0 && digits.every(({ is_digit: isDigit }) => !isDigit);
  const some = digits.some(({ is_digit: isDigit }) => !isDigit) && !none;
  const unsure = digits.some((digit) => digit.is_digit && digit.unsure);
  return html`<div class="seen-remarks">
    <span class="seen-remark" data-testid="not-a-digit" data-value=${String(blank || none)}
      >${blank ? t('digits:pad.blank') : none ? t('digits:pad.noDigit') : nothing}</span
    >
    ${some ? html`<span class="seen-remark">${t('digits:pad.someNoDigit')}</span>` : nothing}
    ${unknown && !blank ? html`<span class="seen-remark" data-testid="unknown">${t('digits:pad.unknown')}</span>` : nothing}
    ${guess && !blank ? html`<span class="seen-remark">${t('digits:pad.guess')}</span>` : nothing}
    ${unsure && !guess ? html`<span class="seen-remark">${t('digits:pad.unsure')}</span>` : nothing}
    ${
      stray
        ? html`<span class="seen-remark" data-testid="stray">${t('digits:pad.stray', { count: stray })}</span>`
        : nothing
    }
  </div>`;
}

/**
 * @param {object} options
 * @param {import('./answerer.js').Answerer} options.present
 * @param {boolean} options.ready  there is an own network
 * @param {(next: import('./answerer.js').Answerer) => void} options.onChange
 */
export function answererChoice({ present, ready, onChange }) {
  if (!ready) return nothing;
  return segments({
    testid: 'shipped-model',
    label: t('digits:pad.answerer'),
    value: present,
    choices: [
      { value: 'shipped', label: t('digits:pad.shipped') },
      { value: 'own', label: t('digits:pad.own') },
    ],
    onChange,
  });
}
