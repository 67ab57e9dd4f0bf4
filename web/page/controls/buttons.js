import { html, nothing } from 'lit';
import { icons } from './icons.js';

/**
 * @param {object} options
 * @param {string} options.label      visible text; a style sheet may hide it where there is no room
 * @param {string} [options.name]     accessible name, where the text alone does not say enough
 * @param {() => void} options.onClick
 * @param {unknown} [options.icon]
 * @param {boolean} [options.iconOnly]
 * @param {string} [options.testid]
 * @param {'primary' | 'plain' | 'quiet'} [options.kind]
 * @param {boolean} [options.disabled]
 * @param {boolean} [options.pressed] makes it a toggle
 * @param {string} [options.title]
 */
export function button(options) {
  const { label, onClick, icon, iconOnly = false, testid, kind = 'plain' } = options;
  return html`<button
    type="button"
    class="button button-${kind} ${iconOnly ? 'button-icon' : ''}"
    data-testid=${testid ?? nothing}
    aria-label=${options.name ?? label}
    title=${options.title ?? (iconOnly ? label : nothing)}
    aria-pressed=${options.pressed === undefined ? nothing : String(options.pressed)}
    ?disabled=${options.disabled ?? false}
    @click=${onClick}
  >${icon ?? nothing}${iconOnly ? nothing : html`<span>${label}</span>`}</button>`;
}

/**
 * The one button that starts and pauses. Its name stays the same while `aria-pressed` tells its
 * state; what is seen changes.
 *
 * @param {object} options
 * @param {boolean} options.playing
 * @param {string} options.name       accessible name
 * @param {string} options.playText
 * @param {string} options.pauseText
 * @param {string} options.testid
 * @param {boolean} [options.disabled]
 * @param {() => void} options.onToggle
 */
export function playButton({ playing, name, playText, pauseText, testid, disabled, onToggle }) {
  return html`<button
    type="button"
    class="button button-primary button-play"
    data-testid=${testid}
    aria-label=${name}
    aria-pressed=${String(playing)}
    ?disabled=${disabled ?? false}
    @click=${onToggle}
  >${playing ? icons.pause : icons.play}<span class="swap"
      ><span ?data-hidden=${playing}>${playText}</span
      ><span ?data-hidden=${!playing}>${pauseText}</span></span
    ></button>`;
}

/**
 * One choice among a few, side by side.
 *
 * @template V
 * @param {object} options
 * @param {string} options.label
 * @param {V} options.value
 * @param {{value: V, label: string}[]} options.choices
 * @param {(value: V) => void} options.onChange
 * @param {string} [options.testid]
 */
export function segments({ label, value, choices, onChange, testid }) {
  return html`<div class="segments" role="group" aria-label=${label} data-testid=${testid ?? nothing}>
    ${choices.map(
      (choice) => html`<button
        type="button"
        aria-pressed=${String(choice.value === value)}
        @click=${() => onChange(choice.value)}
      >${choice.label}</button>`,
    )}
  </div>`;
}
