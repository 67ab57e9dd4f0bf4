// The network's layers as a list: what each is, what comes out of it and how many parameters it has.
// A line such as 784-c16x5-p2-flat-64-10 holds all of it; Python says what cannot be.
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { button } from '../../controls/buttons.js';
import { icons } from '../../controls/icons.js';
import { keepTyped } from '../../controls/keep-typed.js';
import { formatNumber, t } from '../../i18n.js';
import './layers.css';

/**
 * @typedef {object} PlanRow  a layer as Python tells it
 * @property {string} part
 * @property {number[]} shape  of what comes out
 * @property {number} parameters
 *
 * @typedef {object} Kind
 * @property {string} name
 * @property {RegExp} pattern  of its part, a group for each number
 * @property {(numbers: string[]) => string} part
 * @property {string[]} usual  its numbers, when it is chosen
 * @property {string[]} words  what the numbers are
 */

/** @type {Kind[]} */
const KINDS = [
  kind('dense', /^(\d+)$/, ([n]) => n, ['64'], ['neurons']),
  kind(
    'conv',
    /^c(\d+)x(\d+)$/,
    ([n, size]) => `c${n}x${size}`,
    ['16', '5'],
    ['filters', 'window'],
  ),
  kind(
    'wide',
    /^c(\d+)x(\d+)w$/,
    ([n, size]) => `c${n}x${size}w`,
    ['16', '3'],
    ['filters', 'window'],
  ),
  kind('max', /^p(\d+)$/, ([size]) => `p${size}`, ['2'], ['size']),
  kind('mean', /^a(\d+)$/, ([size]) => `a${size}`, ['2'], ['size']),
  kind('flat', /^flat$/, () => 'flat', [], []),
  kind('norm', /^bn$/, () => 'bn', [], []),
  kind('dropout', /^drop(.+)$/, ([share]) => `drop${share}`, ['0.3'], ['share']),
];

/**
 * @param {string} name
 * @param {RegExp} pattern
 * @param {(numbers: string[]) => string} part
 * @param {string[]} usual
 * @param {string[]} words
 * @returns {Kind}
 */
function kind(name, pattern, part, usual, words) {
  return { name, pattern, part, usual, words };
}

/** @param {string} part @returns {{kind: Kind, numbers: string[]}} */
function parsed(part) {
  for (const one of KINDS) {
    const found = one.pattern.exec(part);
    if (found) return { kind: one, numbers: found.slice(1) };
  }
  return { kind: KINDS[0], numbers: [part] };
}

/**
 * @param {object} options
 * @param {string} options.text  the line, as it stands
 * @param {PlanRow[]} options.plan  what Python knows of its layers, from the first on
 * @param {{place: number, text: string} | null} options.refused  the layer that cannot be, and why
 * @param {(text: string) => void} options.onChange
 */
export function layerList({ text, plan, refused, onChange }) {
  const [inputs, ...parts] = text.split('-');
  const hidden = parts.slice(0, -1);
  const set = (/** @type {string[]} */ changed) =>
    onChange([inputs, ...changed, parts[parts.length - 1]].join('-'));
  const total = plan.reduce((sum, { parameters }) => sum + parameters, 0);
  return html`<details class="digits-settings digits-layers">
    <summary>${t('digits:layers.title')}</summary>
    <div data-testid="layer-list">
      <ol class="layer-rows">
        <li class="layer-row"><span>${t('digits:layers.input')}</span><span class="layer-shape">28 × 28</span></li>
        ${repeat(
          hidden,
          (_, index) => index,
          (part, index) =>
            layerRow({
              part,
              index,
              row: plan[index],
              why: refused?.place === index + 1 ? refused.text : '',
              onChange: (changed) => set(hidden.map((own, at) => (at === index ? changed : own))),
              onRemove: () => set(hidden.filter((_, at) => at !== index)),
              onUp: () => set(swapped(hidden, index)),
            }),
        )}
        <li class="layer-row">
          <span>${t('digits:layers.output')}</span>${facts(plan[hidden.length])}
          ${refused?.place === parts.length ? html`<span class="layer-why">${refused.text}</span>` : nothing}
        </li>
      </ol>
      <div class="layer-foot">
        ${button({
          label: t('digits:layers.add'),
          icon: icons.plus,
          testid: 'digits-add-layer',
          onClick: () => set([...hidden, '64']),
        })}
        <span data-testid="parameters" data-value=${total}
          >${refused ? nothing : t('digits:layers.total', { count: total, total: formatNumber(total) })}</span
        >
      </div>
    </div>
  </details>`;
}

/**
 * @param {object} options
 * @param {string} options.part
 * @param {number} options.index
 * @param {PlanRow | undefined} options.row
 * @param {string} options.why
 * @param {(part: string) => void} options.onChange
 * @param {() => void} options.onRemove
 * @param {() => void} options.onUp
 */
function layerRow({ part, index, row, why, onChange, onRemove, onUp }) {
  const { kind, numbers } = parsed(part);
  const place = index + 1;
  const named = (/** @type {string} */ word) =>
    t(`digits:layers.${word}Of`, { place, defaultValue: word });
  return html`<li class="layer-row" aria-invalid=${why ? 'true' : nothing}>
    <span class="field"><select
      data-testid="layer-kind"
      aria-label=${named('kind')}
      aria-invalid=${why ? 'true' : nothing}
      .value=${kind.name}
      @change=${(/** @type {Event} */ event) => {
        const chosen = KINDS.find(({ name }) => name === entered(event)) ?? KINDS[0];
        onChange(chosen.part(chosen.usual));
      }}
    >
      ${KINDS.map(
        ({ name }) =>
          html`<option value=${name} ?selected=${name === kind.name}>${t(`digits:layers.${name}`)}</option>`,
      )}
    </select></span>
    <span class="layer-numbers field">
      ${kind.words.map(
        (word, position) =>
          html`${position ? '×' : nothing}<input
              data-testid="layer-${word}"
              aria-label=${named(word)}
              title=${t(`digits:layers.${word}`)}
              inputmode="decimal"
              autocomplete="off"
              .value=${keepTyped(numbers[position])}
              @change=${(/** @type {Event} */ event) =>
                onChange(
                  kind.part(numbers.map((own, at) => (at === position ? entered(event) : own))),
                )}
            />`,
      )}
    </span>
    ${facts(row)}
    <span class="layer-buttons">
      ${button({
        label: named('up'),
        icon: icons.up,
        iconOnly: true,
        kind: 'quiet',
        disabled: index === 0,
        onClick: onUp,
      })}
      ${button({
        label: named('remove'),
        icon: icons.close,
        iconOnly: true,
        kind: 'quiet',
        testid: 'digits-remove-layer',
        onClick: onRemove,
      })}
    </span>
    ${why ? html`<span class="layer-why" data-testid="layer-why">${why}</span>` : nothing}
  </li>`;
}

/** @param {PlanRow | undefined} row */
function facts(row) {
  return html`<span class="layer-shape">${row ? row.shape.join(' × ') : '–'}</span>
    <span class="layer-parameters">${row ? formatNumber(row.parameters) : ''}</span>`;
}

/** @param {Event} event */
function entered(event) {
  return /** @type {HTMLInputElement | HTMLSelectElement} */ (event.target).value.trim();
}

/** @param {string[]} parts @param {number} index  changes places with the one before */
function swapped(parts, index) {
  const changed = [...parts];
  [changed[index - 1], changed[index]] = [parts[index], parts[index - 1]];
  return changed;
}
