/**
 * Labelled fields. They check nothing: what the person typed goes to Python as it is, and Python
 * says what is allowed.
 */
import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { icons } from './icons.js';
import { keepTyped } from './keep-typed.js';
import { termButton } from './term.js';

/**
 * @param {object} options
 * @param {string} options.testid  also the element's id
 * @param {string} options.label
 * @param {import('./term.js').Term} [options.term]  what explains the label
 * @param {string} options.value
 * @param {{value: string, label: string}[]} options.choices
 * @param {boolean} [options.disabled]
 * @param {string} [options.error]  why Python did not take the value
 * @param {(value: string) => void} options.onChange
 */
export function selectField(options) {
  const { testid, value, choices, disabled, error, onChange } = options;
  const { shown, labelledby } = fieldLabel(options);
  return html`<div class="field">
    ${shown}
    <select
      id=${testid}
      data-testid=${testid}
      aria-labelledby=${labelledby}
      ?disabled=${disabled ?? false}
      aria-invalid=${error ? 'true' : nothing}
      aria-describedby=${error ? `${testid}-note` : nothing}
      title=${error ?? nothing}
      @change=${(/** @type {Event} */ event) => onChange(read(event))}
    >
      ${choices.map(
        (choice) => html`<option value=${choice.value} .selected=${live(choice.value === value)}>
          ${choice.label}
        </option>`,
      )}
    </select>
    ${described(testid, error)}
  </div>`;
}

/**
 * A line of text; `change` is told when the person is done (Enter, or leaving the field).
 *
 * @param {object} options
 * @param {string} options.testid  also the element's id
 * @param {string} options.label
 * @param {import('./term.js').Term} [options.term]  what explains the label
 * @param {string} options.value
 * @param {'text' | 'numeric' | 'decimal'} [options.inputmode]
 * @param {boolean} [options.disabled]
 * @param {string} [options.hint]  what has to be known about it, such as why it is disabled
 * @param {string} [options.error]  why Python did not take the value
 * @param {string} [options.placeholder]
 * @param {unknown} [options.after]  a template behind the input, such as a button
 * @param {(value: string) => void} options.onChange
 * @param {(direction: 1 | -1) => void} [options.onStep]  arrow up, arrow down
 */
export function textField(options) {
  const { testid, value, inputmode = 'text', disabled, error, placeholder } = options;
  const note = error ?? options.hint;
  const { shown, labelledby } = fieldLabel(options);
  return html`<div class="field">
    ${shown}
    <span class="field-row">
      <input
        id=${testid}
        data-testid=${testid}
        aria-labelledby=${labelledby}
        type="text"
        inputmode=${inputmode}
        autocomplete="off"
        spellcheck="false"
        .value=${keepTyped(value)}
        placeholder=${placeholder ?? nothing}
        ?disabled=${disabled ?? false}
        aria-invalid=${error ? 'true' : nothing}
        aria-describedby=${note ? `${testid}-note` : nothing}
        title=${note ?? nothing}
        @change=${(/** @type {Event} */ event) => options.onChange(read(event))}
        @keydown=${(/** @type {KeyboardEvent} */ event) => step(event, options.onStep)}
      />${options.after ?? nothing}
    </span>
    ${described(testid, note)}
  </div>`;
}

/**
 * A text field for a number, with buttons that step through the values people try.
 *
 * @param {object} options  as for textField, and
 * @param {string} options.testid
 * @param {string} options.label
 * @param {import('./term.js').Term} [options.term]
 * @param {string} options.value
 * @param {(value: number, direction: 1 | -1) => number} options.next
 * @param {number} [options.low]
 * @param {number} [options.high]
 * @param {{less: string, more: string}} options.names  accessible names of the two buttons
 * @param {'numeric' | 'decimal'} [options.inputmode]
 * @param {boolean} [options.disabled]
 * @param {string} [options.hint]
 * @param {string} [options.error]
 * @param {(value: string) => void} options.onChange
 */
export function numberField(options) {
  const { low = -Infinity, high = Infinity, next, names, disabled = false } = options;
  const onStep = (/** @type {1 | -1} */ direction) => {
    const now = Number(options.value);
    const then = Math.min(high, Math.max(low, next(Number.isFinite(now) ? now : low, direction)));
    if (then !== now) options.onChange(String(then));
  };
  const arrow = (/** @type {1 | -1} */ direction, /** @type {string} */ name) => html`<button
    type="button"
    class="stepper"
    aria-label=${name}
    title=${name}
    ?disabled=${disabled}
    @click=${() => onStep(direction)}
  >${direction > 0 ? icons.plus : icons.minus}</button>`;
  return textField({
    inputmode: 'decimal',
    ...options,
    onStep,
    after: html`${arrow(-1, names.less)}${arrow(1, names.more)}`,
  });
}

/**
 * @param {object} options
 * @param {string} options.label
 * @param {boolean} options.checked
 * @param {(checked: boolean) => void} options.onChange
 * @param {string} [options.testid]
 */
export function checkbox({ label, checked, onChange, testid }) {
  return html`<label class="checkbox">
    <input
      type="checkbox"
      data-testid=${testid ?? nothing}
      .checked=${live(checked)}
      @change=${(/** @type {Event} */ event) =>
        onChange(/** @type {HTMLInputElement} */ (event.target).checked)}
    /><span>${label}</span>
  </label>`;
}

/** 1, 3, 10, 30 …: steps of about a half-decade, for learning rates.
 * @param {number} value
 * @param {1 | -1} direction
 */
export function halfDecade(value, direction) {
  const decade = Math.floor(Math.log10(Math.max(value, 1e-12)));
  // Powers of ten by text: 10 ** -5 is not exactly 0.00001.
  const near = [-1, 0, 1].flatMap((k) => [Number(`1e${decade + k}`), Number(`3e${decade + k}`)]);
  // A little more or less than the value counts as the value.
  const next =
    direction > 0
      ? near.find((step) => step > value * 1.01)
      : near.filter((step) => step < value / 1.01).at(-1);
  return next ?? value;
}

/** @param {number} value @param {1 | -1} direction */
export function powerOfTwo(value, direction) {
  const position = Math.log2(Math.max(value, 1));
  return 2 ** (direction > 0 ? Math.floor(position + 1) : Math.ceil(position - 1));
}

/**
 * A label, and how a field says that it is its own.
 *
 * @param {{testid: string, label: string, term?: import('./term.js').Term}} options
 */
function fieldLabel({ testid, label, term }) {
  const id = `${testid}-label`;
  const explained = termButton({ label, term, id });
  if (explained) return { shown: explained, labelledby: id };
  return { shown: html`<label for=${testid}>${label}</label>`, labelledby: nothing };
}

/**
 * A field's note for those who cannot see its title.
 *
 * @param {string} testid of the field
 * @param {string | undefined} note
 */
function described(testid, note) {
  return note ? html`<span class="visually-hidden" id="${testid}-note">${note}</span>` : nothing;
}

/** @param {Event} event */
function read(event) {
  return /** @type {HTMLInputElement | HTMLSelectElement} */ (event.target).value;
}

/** @param {KeyboardEvent} event @param {((direction: 1 | -1) => void) | undefined} onStep */
function step(event, onStep) {
  if (!onStep || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
  event.preventDefault();
  onStep(event.key === 'ArrowUp' ? 1 : -1);
}
