// What a program asks for with `show.setting`: a slider for a number, a list for a word. Each change
// runs the program again.
import { html, render } from 'lit';
import { live } from 'lit/directives/live.js';
import { make } from '../../element.js';
import { formatNumber } from '../../i18n.js';

/** A range of this many times its lowest number is gone through by its logarithm. */
const WIDE = 50;
const STEPS = 200;

/** @typedef {{name: string, kind: string, default: any, low?: number, high?: number, options?: string[]}} Row */

/** @param {{onChange: () => void}} options */
export function createSliders({ onChange }) {
  const element = make('div', 'lesson-sliders');
  /** @type {Row[]} */
  let rows = [];
  /** @type {Record<string, any>} */
  let values = {};

  function draw() {
    render(rows.map(field), element);
  }

  /** @param {Row} row */
  function field(row) {
    const value = values[row.name] ?? row.default;
    if (row.options?.length) {
      return html`<label class="slider"
        ><code>${row.name}</code><select
          data-testid="slider"
          data-name=${row.name}
          @change=${(/** @type {Event} */ event) => take(row, /** @type {HTMLSelectElement} */ (event.target).value)}
        >${row.options.map((one) => html`<option .selected=${live(one === value)}>${one}</option>`)}</select></label>`;
    }
    const { low = 0, high = 1 } = row;
    const scale = scaleOf(row.kind, low, high);
    return html`<label class="slider"
      ><code>${row.name}</code><input
        type="range"
        data-testid="slider"
        data-name=${row.name}
        data-value=${value}
        min="0"
        max=${scale.steps}
        .value=${live(String(scale.place(Number(value))))}
        aria-valuetext=${formatNumber(Number(value))}
        @input=${(/** @type {Event} */ event) => {
          values = {
            ...values,
            [row.name]: scale.value(Number(/** @type {HTMLInputElement} */ (event.target).value)),
          };
          draw();
        }}
        @change=${() => onChange()}
      /><output>${formatNumber(Number(value), { maximumSignificantDigits: 4 })}</output></label>`;
  }

  /** @param {Row} row @param {any} value */
  function take(row, value) {
    values = { ...values, [row.name]: value };
    draw();
    onChange();
  }

  return {
    element,
    /** @param {Row[]} next  lists of numbers have no slider */
    show(next) {
      rows = next.filter(
        ({ kind, options }) => ['integer', 'real'].includes(kind) || options?.length,
      );
      const names = new Set(rows.map(({ name }) => name));
      values = Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name)));
      element.hidden = rows.length === 0;
      draw();
    },
    /** Those that differ from what the program says. */
    get values() {
      return values;
    },
  };
}

/**
 * How far along the slider a number is.
 *
 * @param {string} kind
 * @param {number} low
 * @param {number} high
 */
function scaleOf(kind, low, high) {
  const whole = kind === 'integer';
  const wide = low > 0 && high / low >= WIDE;
  const steps = whole && !wide ? Math.min(1000, high - low) : STEPS;
  const at = (/** @type {number} */ share) =>
    wide ? low * (high / low) ** share : low + (high - low) * share;
  return {
    steps,
    /** @param {number} value */
    place: (value) =>
      Math.round(
        steps *
          (wide ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low)),
      ),
    /** @param {number} place */
    value(place) {
      const value = at(place / steps);
      if (whole) return Math.round(value);
      return Math.min(high, Math.max(low, Number(value.toPrecision(3))));
    },
  };
}
