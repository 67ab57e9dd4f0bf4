/**
 * The unit or connection of the network that was pressed, in full: its numbers, the sum they make,
 * Python's line for it; and by hand each number is set, held, or the unit switched off.
 */
import { html, nothing } from 'lit';
import { button } from '../controls/buttons.js';
import { checkbox } from '../controls/fields.js';
import { icons } from '../controls/icons.js';
import { keepTyped } from '../controls/keep-typed.js';
import { formatFixed, t } from '../i18n.js';
import { codeOf, formulaOf, parametersOf } from './network-numbers.js';
import { edgeName, unitName } from './network-texts.js';
import './network-inspector.css';

/**
 * @typedef {import('./network-subject.js').Subject} Subject
 * @typedef {import('./network-numbers.js').Parameter} Parameter
 * @typedef {import('./network-numbers.js').Seen} Seen
 */

/** Ends of a slider at least; a number further out has it as wide again. */
const REACH = 4;

/**
 * @param {object} options
 * @param {(changes: Record<string, number>) => void} options.onPut
 * @param {() => void} options.onChange  another one was pressed, or none any more
 */
export function createInspector({ onPut, onChange }) {
  /** @type {Subject | null} */
  let selected = null;
  /** Of the sliders; it stays while one of them is dragged. */
  let reach = REACH;

  function close() {
    if (!selected) return;
    selected = null;
    onChange();
  }

  /** @param {Seen} seen */
  function draw(seen) {
    if (!selected || !seen.frame?.arrays.map) return nothing;
    const unit = 'unit' in selected ? selected.unit : null;
    const name = unit
      ? unitName(seen.layers, unit, seen.features)
      : edgeName(seen.layers, /** @type {{edge: any}} */ (selected).edge, seen.features);
    const inner = unit && unit.layer > 0 && unit.layer < seen.layers.length - 1;
    const off = unit ? `off${unit.layer}.${unit.index}` : '';
    const silent = unit && seen.frame.head.off?.includes(`${unit.layer}.${unit.index}`);
    return html`<section class="inspector" data-testid="inspector" aria-label=${name}>
      <header>
        <h3>${name}</h3>
        ${
          inner
            ? button({
                label: t(`playground:inspector.${silent ? 'on' : 'off'}`),
                testid: 'switch-off',
                pressed: !!silent,
                onClick: () => onPut({ [off]: silent ? 0 : 1 }),
              })
            : nothing
        }
        ${button({
          label: t('playground:inspector.close'),
          icon: icons.close,
          iconOnly: true,
          kind: 'quiet',
          onClick: close,
        })}
      </header>
      <p class="inspector-formula numbers">${formulaOf(seen, selected)}</p>
      <div class="inspector-rows">${parametersOf(seen, selected).map(row)}</div>
      <code>${codeOf(seen, selected)}</code>
    </section>`;
  }

  /** @param {Parameter} parameter */
  function row({ name, label, value, gradient, held }) {
    const set = (/** @type {string} */ text) => {
      const number = Number(text.replace(',', '.').replace('−', '-'));
      if (text.trim() && Number.isFinite(number)) onPut({ [name]: number });
      else onChange();
    };
    const read = (/** @type {Event} */ event) =>
      set(/** @type {HTMLInputElement} */ (event.target).value);
    const type = (/** @type {Event} */ event) => {
      // What Python makes of it is to be seen.
      /** @type {HTMLElement} */ (event.target).blur();
      read(event);
    };
    return html`<div class="inspector-row">
      <span>${label}</span>
      <input
        type="range"
        min=${-reach}
        max=${reach}
        step="0.01"
        aria-label=${t('playground:inspector.slide', { label })}
        .value=${String(value)}
        @input=${read}
      />
      <input
        class="input numbers"
        data-testid="weight-value"
        data-name=${name}
        data-value=${String(value)}
        inputmode="decimal"
        autocomplete="off"
        aria-label=${label}
        .value=${keepTyped(formatFixed(value, 3), true)}
        @change=${type}
      />
      <span class="numbers" title=${t('playground:inspector.gradientTitle')}
        >${gradient === null ? '' : t('playground:inspector.gradient', { value: formatFixed(gradient, 4) })}</span
      >
      ${checkbox({
        label: t('playground:inspector.hold'),
        testid: 'hold',
        checked: held,
        onChange: (on) => onPut({ [`hold.${name}`]: on ? 1 : 0 }),
      })}
    </div>`;
  }

  return {
    get selected() {
      return selected;
    },
    /** The same once more closes it. @param {Subject} next @param {Seen} seen */
    select(next, seen) {
      if (JSON.stringify(next) === JSON.stringify(selected)) return close();
      selected = next;
      reach = REACH;
      for (const { value } of parametersOf(seen, next)) while (Math.abs(value) > reach) reach *= 2;
      onChange();
    },
    draw,
    close,
    forget() {
      selected = null;
    },
  };
}
