/** What the network is told of a point: its coordinates, and what can be made of them. */
import { html, nothing } from 'lit';
import { icons } from '../controls/icons.js';
import { t } from '../i18n.js';
import './network-features.css';

/**
 * @typedef {import('../../shared/protocol.js').Reply} Reply
 * @typedef {Reply['arrays']} Arrays
 */

/** As a textbook writes them. @type {Record<string, string>} */
const SIGNS = {
  x1: 'x₁',
  x2: 'x₂',
  'x1-squared': 'x₁²',
  'x2-squared': 'x₂²',
  'x1-x2': 'x₁x₂',
  'sin-x1': 'sin πx₁',
  'sin-x2': 'sin πx₂',
};
/** Of a network that says nothing of its inputs. */
export const PLAIN = ['x1', 'x2'];

/** Whether a network is told the coordinates alone. @param {string[]} [features] */
export const isPlain = (features = PLAIN) => String(features) === String(PLAIN);

/** @param {string} name  as Python has it */
export const featureSign = (name) => SIGNS[name] ?? name;

/**
 * @param {object} options
 * @param {() => string[]} options.all  that there are
 * @param {(features: string[]) => void} options.onChoose
 * @param {() => void} options.onShow  they are shown to be chosen, or no more
 */
export function createFeatures({ all, onChoose, onShow }) {
  let chosen = PLAIN;
  let shown = false;
  /** What each tells of the plane. @type {Arrays[string] | undefined} */
  let inputs;

  return {
    get chosen() {
      return chosen;
    },
    /** @param {Reply} reply  of another network */
    begin({ head }) {
      chosen = head.settings?.features ?? PLAIN;
      shown ||= !isPlain(chosen);
      inputs = undefined;
    },
    /** Python tells it once, and here it stands in every frame. @param {Arrays} arrays @returns {Arrays} */
    keep(arrays) {
      inputs = arrays.inputs ?? inputs;
      return inputs ? { ...arrays, inputs } : arrays;
    },
    head: () => html`<button
      type="button"
      class="button button-quiet"
      data-testid="choose-features"
      aria-expanded=${String(shown)}
      aria-controls="feature-row"
      title=${t('playground:network.features')}
      @click=${() => {
        shown = !shown;
        onShow();
      }}
    ><span>${t('playground:network.inputs')}</span>${shown ? icons.minus : icons.plus}</button>`,
    row: () => (shown ? featureRow(all(), chosen, onChoose) : nothing),
  };
}

/** @param {string[]} all @param {string[]} chosen @param {(features: string[]) => void} onChoose */
function featureRow(all, chosen, onChoose) {
  return html`<div
    class="feature-row"
    id="feature-row"
    role="group"
    aria-label=${t('playground:network.features')}
    data-testid="features"
  >
    ${all.map((name) => {
      const on = chosen.includes(name);
      const next = on ? chosen.filter((other) => other !== name) : [...chosen, name];
      return html`<button
        type="button"
        class="button button-quiet"
        data-value=${name}
        aria-pressed=${String(on)}
        ?disabled=${next.length === 0}
        @click=${() => onChoose(next)}
      >${featureSign(name)}</button>`;
    })}
  </div>`;
}
