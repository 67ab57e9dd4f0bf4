/** Settings that a beginner does not need: folded away, and open where one of them is not as usual. */
import { html, nothing } from 'lit';
import { selectField } from '../../controls/fields.js';
import { optionLabel } from '../../controls/labels.js';
import { t } from '../../i18n.js';
import { choice, find, number, parseShape } from './form-fields.js';

/** @typedef {import('./form-fields.js').Form} Form */

/** @typedef {{open: boolean, onToggle: (open: boolean) => void}} Fold */

const FOLDED = [
  'loss',
  'initializer',
  'gain',
  'activations',
  'schedule',
  'l1',
  'l2',
  'dropout',
  'stop_at',
];

/** A second network stops when the first does. @param {Form} form @param {Fold} fold */
export function moreSettings(form, fold) {
  return folded(
    fold,
    { testid: `${form.prefix ?? ''}more-settings`, label: t('playground:settings.moreSettings') },
    html`${choice(form, 'loss')} ${choice(form, 'initializer')} ${number(form, 'gain')}
      ${layerActivations(form)} ${choice(form, 'schedule')}
      ${form.values.schedule === 'constant' ? nothing : number(form, 'decay_steps')}
      ${number(form, 'l1')} ${number(form, 'l2')} ${number(form, 'dropout')}
      ${form.prefix ? nothing : number(form, 'stop_at')}`,
  );
}

/** @param {Form} form */
export const isUnusual = (form) => hasUnusual(form, FOLDED);

/**
 * @param {Fold} fold
 * @param {{testid: string, label: string}} names
 * @param {unknown} fields
 */
export function folded({ open, onToggle }, { testid, label }, fields) {
  return html`<details
    class="more-settings"
    data-testid=${testid}
    ?open=${open}
    @toggle=${(/** @type {Event} */ { target }) =>
      onToggle(/** @type {HTMLDetailsElement} */ (target).open)}
  >
    <summary>${label}</summary>
    <div class="settings">${fields}</div>
  </details>`;
}

/** Whether one of these is not as usual. @param {Form} form @param {string[]} names */
export function hasUnusual({ table, values }, names) {
  return table.some(
    ({ name, default: usual }) => names.includes(name) && String(values[name]) !== String(usual),
  );
}

/** One for each layer. @param {Form} form */
function layerActivations(form) {
  const options = find(form, 'activations')?.options ?? [];
  const all = String(form.values.activation);
  const own = String(form.values.activations ?? '')
    .split(',')
    .filter(Boolean);
  const layers = parseShape(form.values.network_shape).map((_, i) => own[i] ?? all);
  return layers.map((activation, i) =>
    selectField({
      testid: `${form.prefix ?? ''}activation-${i + 1}`,
      label: t('playground:settings.layerActivation', { layer: i + 1 }),
      value: activation,
      disabled: form.table.length === 0,
      choices: options.map((value) => ({ value, label: optionLabel('activation', value) })),
      onChange(value) {
        const next = layers.map((before, j) => (i === j ? value : before));
        form.onChange({ activations: next.every((one) => one === all) ? '' : next.join(',') });
      },
    }),
  );
}
