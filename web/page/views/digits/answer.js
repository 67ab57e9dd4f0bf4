// The answer: the whole number, a digit of it to look at, and how far it can be believed.
import { html, nothing } from 'lit';
import { button, segments } from '../../controls/buttons.js';
import { t } from '../../i18n.js';

/**
 * @typedef {object} ReadDigit  as Python tells it
 * @property {number} answer  its number among the names
 * @property {string} name
 * @property {boolean} is_digit
 * @property {boolean} unsure
 * @property {number} likeness
 * @property {number[]} box
 */

/** @param {import('../../../shared/protocol.js').Reply | null} reply @returns {ReadDigit[]} */
export function digitsOf(reply) {
  return reply?.head.digits ?? [];
}

/**
 * What goes into the network: press it to see what spoke; or follow it through all layers.
 *
 * @param {object} options
 * @param {HTMLCanvasElement} options.image
 * @param {boolean} options.coloured
 * @param {() => void} options.onColour
 * @param {boolean} options.ready  there is something to follow
 * @param {() => void} options.onOpen
 */
export function inputOf({ image, coloured, onColour, ready, onOpen }) {
  return html`<div class="seen-input">
    <span class="seen-label">${t('digits:pad.input')}</span>
    <button
      type="button"
      class="seen-image"
      data-testid="evidence"
      aria-label=${t('digits:pad.evidence')}
      aria-pressed=${String(coloured)}
      title=${t('digits:pad.evidenceTitle')}
      @click=${onColour}
      >${image}</button>
    ${button({
      label: t('opened.open'),
      title: t('opened.openTitle'),
      kind: 'quiet',
      testid: 'step-through',
      disabled: !ready,
      onClick: onOpen,
    })}
  </div>`;
}

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
    data-value=${one?.name ?? ''}
    data-unsure=${String(one ? one.unsure : false)}
    data-digit=${String(one?.is_digit ?? false)}
    aria-busy=${String(busy)}
    >${one?.name ?? '–'}</span
  >`;
  const row = digits.map(({ name, unsure, is_digit: isDigit }, index) => {
    if (digits.length === 1) return shown;
    return html`<button
      type="button"
      class="read-digit"
      aria-pressed=${String(index === looked)}
      aria-label=${t('digits:pad.look', { digit: isDigit ? name : '?', place: index + 1 })}
      data-unsure=${String(unsure)}
      @click=${() => onLook(index)}
      >${index === looked ? shown : html`<span class="prediction" data-digit=${String(isDigit)}>${name}</span>`}</button>`;
  });
  return html`<output
    class="reading"
    data-testid="reading"
    data-value=${text}
    data-count=${wide(digits) > 5 ? 'many' : wide(digits)}
    aria-labelledby="answer-label"
    aria-live="polite"
    >${digits.length ? row : shown}</output
  >`;
}

/** How many characters it has. @param {ReadDigit[]} digits */
const wide = (digits) => digits.reduce((sum, { name }) => sum + [...name].length, 0);

/**
 * What stands under each digit of a number; one alone has its answer beside it.
 *
 * @param {ReadDigit[]} digits
 * @returns {import('../../controls/pad-notes.js').PadNote[]}
 */
export function notesOf(digits) {
  if (digits.length < 2) return [];
  return digits.map(({ name, is_digit: isDigit, unsure, box }) => ({
    text: isDigit ? `${name}${unsure ? '?' : ''}` : '?',
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
 * @param {boolean} options.signs  it knows others than digits, too
 * @param {string} options.word  what the answer is, where it is no digit
 */
export function remarks({ digits, stray, blank, unknown, guess, signs, word }) {
  const none = !blank && digits.length > 0 && digits.every(({ is_digit: isDigit }) => !isDigit);
  const some = digits.some(({ is_digit: isDigit }) => !isDigit) && !none;
  const unsure = digits.some((digit) => digit.is_digit && digit.unsure);
  return html`<div class="seen-remarks">
    ${word ? html`<span class="seen-remark" data-testid="class-name">${word}</span>` : nothing}
    <span class="seen-remark" data-testid="not-a-digit" data-value=${String(blank || none)}
      >${blank ? t('digits:pad.blank') : none ? t(`digits:pad.${signs ? 'noSign' : 'noDigit'}`) : nothing}</span
    >
    ${some ? html`<span class="seen-remark">${t(`digits:pad.${signs ? 'someNoSign' : 'someNoDigit'}`)}</span>` : nothing}
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
 * @param {import('./answerer.js').Answerer[]} options.all  those that there are
 * @param {(next: import('./answerer.js').Answerer) => void} options.onChange
 */
export function answererChoice({ present, all, onChange }) {
  if (all.length < 2) return nothing;
  return segments({
    testid: 'shipped-model',
    label: t('digits:pad.answerer'),
    value: present,
    choices: all.map((value) => ({ value, label: t(`digits:pad.${value}`) })),
    onChange,
  });
}
