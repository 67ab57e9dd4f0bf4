/** Settings that a beginner does not need: folded away, and open where one of them is not as usual. */
import { html, nothing } from 'lit';
import { selectField } from '../../controls/fields.js';
import { optionLabel } from '../../controls/labels.js';
import { t } from '../../i18n.js';
import { choice, find, number, parseShape } from './form-fields.js';

/** @typedef {import('./form-fields.js').Form} Form */

const FOLDED = ['loss', 'initializer', 'gain', 'activations', 'schedule', 'l1', 'l2', 'dropout'];

/**
 * @param {Form} form
 * @param {{open: boolean, onToggle: (open: boolean) => void}} fold
 */
export function moreSettings(form, { open, onToggle }) {
  return html`<details
    class="more-settings"
    data-testid="more-settings"
    ?open=${open}
    @toggle=${(/** @type {Event} */ { target }) =>
      onToggle(/** @type {HTMLDetailsElement} */ (target).open)}
  >
    <summary>${t('playground:settings.moreSettings')}</summary>
    <div class="settings">
      ${choice(form, 'loss')} ${choice(form, 'initializer')} ${number(form, 'gain')}
      ${layerActivations(form)} ${choice(form, 'schedule')}
      ${form.values.schedule === 'constant' ? nothing : number(form, 'decay_steps')}
      ${number(form, 'l1')} ${number(form, 'l2')} ${number(form, 'dropout')}
      ${number(form, 'stop_at')}
    </div>
  </details>`;
}

/** Whether one of them is not as usual. @param {Form} form */
export function isUnusual({ table, values }) {
  return table.some(
    ({ name, default: usual }) => FOLDED.includes(name) && String(values[name]) !== String(usual),
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
      testid: `activation-${i + 1}`,
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
