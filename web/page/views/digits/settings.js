// The fields of the digits tab: those that matter most in sight, the others folded away.
import { nothing } from 'lit';
import { halfDecade, numberField, powerOfTwo, selectField } from '../../controls/fields.js';
import { optionLabel, settingLabel } from '../../controls/labels.js';
import { formatFixed, formatNumber, t } from '../../i18n.js';
import { explain } from '../../message.js';
import { defaults, urlName } from '../../session/settings.js';
import { layerList } from './layers.js';

/**
 * @typedef {import('../../../shared/protocol.js').Setting} Setting
 * @typedef {import('../../session/settings.js').Values} Values
 *
 * @typedef {object} Form
 * @property {Setting[] | null} table  null until Python has said what there is
 * @property {Values} values  what stands in the fields
 * @property {Map<string, import('../../session/errors.js').EngineError>} refused  what Python did not take of
 *   the fields, and why
 * @property {(name: string, value: string) => void} onChange
 */

/** What stands in the visible fields until Python has given its table. */
const UNTIL_THEN = { architecture: '784-128-10', dataset: 'mnist', subset: '10000' };

const AUGMENT = 'augment_';

/** Steps of the buttons beside a number. @type {Record<string, number>} */
const STEPS = { augment_turn: 5, augment_scale: 0.05, augment_thickness: 0.1, augment_noise: 0.05 };

const TERMS = {
  activation: 'activation',
  optimizer: 'optimizer',
  learning_rate: 'learning_rate',
  schedule: 'schedule',
  batch_size: 'batch_size',
  epochs: 'epoch',
};

/**
 * Megabytes that a first training with so many images downloads, the test images included. Written
 * here because it must be known before the choice is made; a test compares it with the files.
 */
const DOWNLOADS = new Map([
  ['mnist', { 1000: 2.4, 5000: 3.2, 10000: 4.8, 60000: 11.3 }],
  ['fashion', { 1000: 6.6, 5000: 8.8, 10000: 13.2, 60000: 30.6 }],
]);

/** @param {Form} form */
export function mainFields(form) {
  return ['architecture', 'dataset', 'subset'].map((name) => choice(form, name));
}

/**
 * What goes with another network: settings that suit it, where the person has chosen none.
 *
 * @param {Setting[]} table
 * @param {Values} values  as they are
 * @param {string} next  the network that was chosen
 * @returns {Values}
 */
export function suiting(table, values, next) {
  const row = table.find(({ name }) => name === 'architecture');
  if (!row?.options?.map(String).includes(next)) return {};
  const [before, after] = [values.architecture, next].map((one) => row.suits?.[String(one)] ?? {});
  const usual = defaults(table);
  /** @type {Values} */
  const changed = {};
  for (const name of Object.keys({ ...before, ...after })) {
    const untouched = String(values[name]) === String(before[name] ?? usual[name]);
    if (untouched) changed[name] = after[name] ?? usual[name];
  }
  return changed;
}

/** @param {Form} form @param {import('./layers.js').PlanRow[]} plan  of the present network */
export function layerFields(form, plan) {
  const { values, refused, onChange } = form;
  const text = String(values.architecture ?? '');
  // A network from a file has no line of its own to change.
  if (!/^784-.*10$/.test(text)) return nothing;
  const error = refused.get('architecture');
  return layerList({
    text,
    plan: error ? (error.values.plan ?? []) : plan,
    refused: error ? { place: error.values.place ?? 0, text: whyOf(error) } : null,
    onChange: (changed) => onChange('architecture', changed),
  });
}

/** @param {import('../../session/errors.js').EngineError} error  at which layer is seen */
function whyOf(error) {
  const { why, shape } = error.values;
  return why ? t(`digits:layers.why.${why}`, { shape }) : explain(error).text;
}

/** @param {Form} form */
export function otherFields(form) {
  const steady = (form.values.schedule ?? 'constant') === 'constant';
  return fieldsOf(
    form,
    (name) =>
      !(name in UNTIL_THEN) && !name.startsWith(AUGMENT) && !(steady && name === 'decay_steps'),
  );
}

/** @param {Form} form  what changes the training images */
export function augmentFields(form) {
  return fieldsOf(form, (name) => name.startsWith(AUGMENT));
}

/** @param {Form} form @param {(name: string) => boolean} among */
function fieldsOf(form, among) {
  return (form.table ?? [])
    .filter(({ name }) => among(name))
    .map((setting) =>
      setting.kind === 'choice' ? choice(form, setting.name) : number(form, setting),
    );
}

/**
 * @param {Form} form
 * @param {string} name
 */
function choice(form, name) {
  const { table, values, onChange } = form;
  const usual = /** @type {Record<string, string>} */ (UNTIL_THEN)[name];
  const value = String(values[name] ?? usual);
  const options = table?.find((setting) => setting.name === name)?.options ?? [];
  // A loaded model may have a shape that is not among the choices.
  const shown = options.map(String).includes(value) ? options : [...options, value];
  return selectField({
    testid: `digits-${urlName(name)}`,
    label: settingLabel(name),
    term: termOf(name, value),
    value,
    choices: shown.map((option) => ({
      value: String(option),
      label: text(form, name, String(option)),
    })),
    disabled: !table,
    error: errorOf(form, name),
    onChange: (changed) => onChange(name, changed),
  });
}

/**
 * @param {Form} form
 * @param {Setting} setting
 */
function number(form, { name, kind, low, high }) {
  const { values, onChange } = form;
  const label = settingLabel(name);
  return numberField({
    testid: `digits-${urlName(name)}`,
    label,
    term: termOf(name),
    value: String(values[name] ?? ''),
    low,
    high,
    next: stepOf(name),
    names: {
      less: t('digits:training.less', { label }),
      more: t('digits:training.greater', { label }),
    },
    inputmode: kind === 'integer' ? 'numeric' : 'decimal',
    error: errorOf(form, name),
    onChange: (changed) => onChange(name, changed),
  });
}

/** @param {Form} form @param {string} name */
function errorOf({ refused }, name) {
  const error = refused.get(name);
  return error && explain(error).text;
}

/** Those that mean here what they mean in the playground. @param {string} name @param {string} [option] */
function termOf(name, option) {
  return {
    key: /** @type {Record<string, string>} */ (TERMS)[name] ?? name,
    option,
    setting: name,
  };
}

/** @param {string} name @returns {(value: number, direction: 1 | -1) => number} */
function stepOf(name) {
  if (name === 'learning_rate' || name === 'decay_steps') return halfDecade;
  if (name === 'batch_size') return powerOfTwo;
  const step = STEPS[name] ?? 1;
  return (value, direction) => Number(((Math.round(value / step) + direction) * step).toFixed(4));
}

/**
 * @param {Form} form
 * @param {string} name
 * @param {string} option
 */
function text({ values }, name, option) {
  if (name !== 'subset') return optionLabel(name, option);
  const images = formatNumber(Number(option));
  /** @type {Record<string, number> | undefined} */
  const sizes = DOWNLOADS.get(String(values.dataset ?? UNTIL_THEN.dataset));
  const size = sizes?.[option];
  if (!size) return t('digits:training.images', { images });
  return t('digits:training.imagesWithSize', { images, size: formatFixed(size, 1) });
}
