/** The fields of the playground's settings, each made from its row of Python's table. */
import { halfDecade, numberField, powerOfTwo, selectField } from '../../controls/fields.js';
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
 * @property {string} [prefix]  of the fields' names, where they stand there twice
 */

/** What stands in a field until Python has said what belongs there. */
const WAITING = '…';

/** How the buttons beside a number move it. A reading aid only: Python sets the limits. */
const STEPS = {
  learning_rate: halfDecade,
  batch_size: powerOfTwo,
  noise: by(0.05),
  count: (/** @type {number} */ value, /** @type {1 | -1} */ direction) =>
    value + direction * (value + Math.min(direction, 0) >= 200 ? 100 : 10),
  train_share: by(0.05),
  balance: oneTwoFive,
  l1: penalty,
  l2: penalty,
  dropout: by(0.1),
  gain: (/** @type {number} */ value, /** @type {1 | -1} */ direction) =>
    value <= 0.1 && direction < 0 ? 0 : halfDecade(value || 0.3, direction),
  decay_steps: halfDecade,
  stop_at: (/** @type {number} */ value, /** @type {1 | -1} */ direction) =>
    Math.max(0, value + 100 * direction),
};

/** Points that are four, or that somebody has put where they are. */
const NEED_POINTS = ['noise', 'count', 'train_share', 'balance'];
const NEED_PATTERN = ['noise', 'count', 'balance'];
/** Without classes. */
const SURFACES = ['slope', 'hills'];

/** @param {unknown} text "6,4" @returns {number[]} */
export function parseShape(text) {
  return String(text ?? '')
    .split(',')
    .map(Number)
    .filter((units) => units > 0);
}

/** @param {Form} form @param {string} name */
export function choice(form, name) {
  const options = find(form, name)?.options ?? [WAITING];
  return selectField({
    ...common(form, name),
    choices: options.map((value) => ({ value, label: optionLabel(name, value) })),
  });
}

/** @param {Form} form @param {keyof typeof STEPS} name */
export function number(form, name) {
  const { low, high, kind } = find(form, name) ?? { low: 0, high: 0, kind: 'real' };
  const label = settingLabel(name);
  const field = common(form, name);
  const idle = idleFor(form, name);
  return numberField({
    ...field,
    disabled: field.disabled || idle !== null,
    hint: idle ? t(`playground:settings.idle.${idle}`) : undefined,
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

/**
 * A setting that would change nothing here, and begin the run again.
 *
 * @param {Form} form
 * @param {string} name
 * @returns {'xor' | 'own' | 'surface' | null} why
 */
function idleFor({ values }, name) {
  const dataset = String(values.dataset);
  if (dataset === 'xor' && NEED_POINTS.includes(name)) return 'xor';
  if (dataset === 'own' && NEED_PATTERN.includes(name)) return 'own';
  return SURFACES.includes(dataset) && name === 'balance' ? 'surface' : null;
}

/** @param {Form} form @param {string} name */
export function common(form, name) {
  const refusal = form.invalid.get(name);
  return {
    testid: (form.prefix ?? '') + urlName(name),
    label: settingLabel(name),
    term: { key: name, option: String(form.values[name] ?? '') },
    value: form.table.length === 0 ? WAITING : String(form.values[name] ?? ''),
    disabled: form.table.length === 0 || isLocked(form, name),
    error: refusal && explain(refusal).text,
    onChange: (/** @type {string} */ value) => form.onChange({ [name]: value }),
  };
}

/** By a teacher's link. @param {Form} form @param {string} name */
export const isLocked = ({ values }, name) =>
  String(values.lock ?? '')
    .split(',')
    .includes(name);

/** @param {Form} form @param {string} name */
export function find({ table }, name) {
  return table.find((setting) => setting.name === name);
}

/** @param {number} step @returns {(value: number, direction: 1 | -1) => number} */
function by(step) {
  // Counted in steps, so that 0.15 stays 0.15.
  return (value, direction) => Number(((Math.round(value / step) + direction) * step).toFixed(6));
}

/** 0.5, 1, 2, 5, 10. @param {number} value @param {1 | -1} direction */
function oneTwoFive(value, direction) {
  const steps = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20];
  const next =
    direction > 0
      ? steps.find((step) => step > value * 1.01)
      : steps.filter((step) => step < value / 1.01).at(-1);
  return next ?? value;
}

/** @param {number} value @param {1 | -1} direction */
function penalty(value, direction) {
  return value <= 1e-4 && direction < 0 ? 0 : halfDecade(value || 3e-5, direction);
}
