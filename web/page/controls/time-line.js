/** A time line that can be dragged, and the words beside it. */
import { html } from 'lit';
import { live } from 'lit/directives/live.js';
import { button } from './buttons.js';
import './time-line.css';

/**
 * @param {object} options
 * @param {string} options.label
 * @param {string} options.text   the moment in words
 * @param {string} options.back   back to the present, in a word
 * @param {number} options.low
 * @param {number} options.high   the present
 * @param {number} options.value
 * @param {unknown} options.rate  how fast it goes
 * @param {unknown} options.after  what else goes on from there
 * @param {() => void} options.onGrasp  a finger or the pointer is on it
 * @param {(value: number) => void} options.onDrag
 * @param {(value: number) => void} options.onRelease
 * @param {() => void} options.onBack
 */
export function timeLine({ label, text, back, low, high, value, rate, after, ...on }) {
  const read = (/** @type {Event} */ { target }) =>
    Number(/** @type {HTMLInputElement} */ (target).value);
  return html`<label class="time-line-label" for="time-line">${label}</label>
    <input
      type="range"
      id="time-line"
      data-testid="timeline"
      step="1"
      .min=${String(low)}
      .max=${String(high)}
      .value=${live(String(value))}
      ?disabled=${high <= low}
      aria-valuetext=${text}
      data-value=${value}
      @pointerdown=${on.onGrasp}
      @input=${(/** @type {Event} */ event) => on.onDrag(read(event))}
      @change=${(/** @type {Event} */ event) => on.onRelease(read(event))}
    />
    <span class="time-line-place numbers" data-testid="time-place" aria-hidden="true"
      >${text}</span
    >
    ${rate} ${after}
    ${button({
      label: back,
      testid: 'time-now',
      kind: 'quiet',
      disabled: value >= high,
      onClick: on.onBack,
    })}`;
}
