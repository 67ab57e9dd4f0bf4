/**
 * The playground's form, made from Python's table of settings. Until the table has come the same
 * fields stand there disabled, so that nothing moves when it does.
 */
import { html } from 'lit';
import { button } from '../../controls/buttons.js';
import {
  halfDecade,
  numberField,
  powerOfTwo,
  selectField,
  textField,
} from '../../controls/fields.js';
import { icons } from '../../controls/icons.js';
import { optionLabel, settingLabel } from '../../controls/labels.js';
import { t } from '../../i18n.js';
import { explain } from '../../message.js';
import { urlName } from '../../session/settings.js';

/**
 * @typedef {import('../../session/settings.js').Values} Values
 * @typedef {import('../../../shared/protocol.js').Setting} Setting
 *
 * @typedef {object} Form
 * @property {Setting[]} table    empty until Python is there
 * @property {Values} values      what the fields show
 * @property {Map<string, import('../../session/errors.js').EngineError>} invalid  what Python refused, and why
 * @property {(change: Values) => void} onChange
 */

/** What stands in a field until Python has said what belongs there. */
const WAITING = '…';

/** How the buttons beside a number move it. A reading aid only: Python sets the limits. */
const STEPS = {
  learning_rate: halfDecade,
  batch_size: powerOfTwo,
  noise: by(0.05),
  l2: (/** @type {number} */ value, /** @type {1 | -1} */ direction) =>
    value <= 1e-4 && direction < 0 ? 0 : halfDecade(value || 3e-5, direction),
};

/** @param {Form} form */
export function settingsForm(form) {
  return html`<div class="settings" role="group" aria-label=${t('playground:settings.label')}>
    <h2>${t('playground:settings.data')}</h2>
    ${choice(form, 'dataset')} ${number(form, 'noise')} ${seedField(form)}
    <h2>${t('playground:settings.training')}</h2>
    ${choice(form, 'activation')} ${choice(form, 'optimizer')} ${number(form, 'learning_rate')}
    ${number(form, 'batch_size')} ${number(form, 'l2')}
  </div>`;
}

/** @param {Form} form */
export function shapeField(form) {
  const setting = find(form, 'network_shape');
  const shape = parseShape(form.values.network_shape);
  const change = (/** @type {number[]} */ next) => form.onChange({ network_shape: next.join(',') });
  return html`<div class="shape">
    ${textField({
      ...common(form, 'network_shape'),
      inputmode: 'text',
      placeholder: setting ? t('playground:settings.noHidden') : '',
    })}
    ${button({
      label: t('playground:settings.removeLayer'),
      name: t('playground:settings.removeLayerName'),
      icon: icons.minus,
      testid: 'remove-layer',
      disabled: !setting || shape.length === 0,
      onClick: () => change(shape.slice(0, -1)),
    })}
    ${button({
      label: t('playground:settings.addLayer'),
      name: t('playground:settings.addLayerName'),
      icon: icons.plus,
      testid: 'add-layer',
      disabled: !setting || shape.length >= (setting.most ?? Infinity),
      onClick: () => change([...shape, shape.at(-1) ?? 4]),
    })}
  </div>`;
}

/** @param {unknown} text "6,4" @returns {number[]} */
function parseShape(text) {
  return String(text ?? '')
    .split(',')
    .map(Number)
    .filter((units) => units > 0);
}

/** @param {Form} form @param {string} name */
function choice(form, name) {
  const options = find(form, name)?.options ?? [WAITING];
  return selectField({
    ...common(form, name),
    choices: options.map((value) => ({ value, label: optionLabel(name, value) })),
  });
}

/** @param {Form} form @param {keyof typeof STEPS} name */
function number(form, name) {
  const { low, high, kind } = find(form, name) ?? { low: 0, high: 0, kind: 'real' };
  const label = settingLabel(name);
  const field = common(form, name);
  // Four points have a place each; a new noise would change nothing and begin the run again.
  const idle = name === 'noise' && form.values.dataset === 'xor';
  return numberField({
    ...field,
    disabled: field.disabled || idle,
    hint: idle ? t('playground:settings.noNoise') : undefined,
    inputmode: kind === 'integer' ? 'numeric' : 'decimal',
    low,
    high,
    next: STEPS[name],
    names: {
      less: t('playground:settings.less', { label }),
      more: t('playground:settings.more', { label }),
    },
  });
}

/** @param {Form} form */
function seedField(form) {
  const { low = 0, high = 0 } = find(form, 'seed') ?? {};
  // Small seeds: they are for reading aloud and typing in.
  const throwDice = () =>
    form.onChange({
      seed: String(low + Math.floor(Math.random() * Math.min(1000, high - low + 1))),
    });
  return textField({
    ...common(form, 'seed'),
    inputmode: 'numeric',
    after: html`<button
      type="button"
      class="stepper"
      data-testid="new-seed"
      aria-label=${t('playground:settings.newSeed')}
      title=${t('playground:settings.newSeed')}
      ?disabled=${form.table.length === 0}
      @click=${throwDice}
    >${icons.dice}</button>`,
  });
}

/** @param {Form} form @param {string} name */
function common(form, name) {
  const refusal = form.invalid.get(name);
  return {
    testid: urlName(name),
    label: settingLabel(name),
    value: form.table.length === 0 ? WAITING : String(form.values[name] ?? ''),
    disabled: form.table.length === 0,
    error: refusal && explain(refusal).text,
    onChange: (/** @type {string} */ value) => form.onChange({ [name]: value }),
  };
}

/** @param {Form} form @param {string} name */
function find({ table }, name) {
  return table.find((setting) => setting.name === name);
}

/** @param {number} step @returns {(value: number, direction: 1 | -1) => number} */
function by(step) {
  // Counted in steps, so that 0.15 stays 0.15.
  return (value, direction) => Number(((Math.round(value / step) + direction) * step).toFixed(6));
}
