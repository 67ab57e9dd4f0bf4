/**
 * The playground's form, made from Python's table of settings. Until the table has come the same
 * fields stand there disabled, so that nothing moves when it does.
 */
import { html } from 'lit';
import { button } from '../../controls/buttons.js';
import { textField } from '../../controls/fields.js';
import { icons } from '../../controls/icons.js';
import { t } from '../../i18n.js';
import { choice, common, find, isLocked, number, parseShape } from './form-fields.js';
import { moreData } from './more-data.js';
import { moreSettings } from './more-settings.js';

/** @typedef {import('./form-fields.js').Form} Form */

/**
 * @param {Form} form
 * @param {Record<'data' | 'training', import('./more-settings.js').Fold>} folds  of what is seldom needed
 */
export function settingsForm(form, folds) {
  return html`<div class="settings" role="group" aria-label=${t('playground:settings.label')}>
    <h2>${t('playground:settings.data')}</h2>
    ${choice(form, 'dataset')} ${number(form, 'noise')} ${seedField(form)} ${moreData(form, folds.data)}
    <h2>${t('playground:settings.training')}</h2>
    ${activation(form)} ${choice(form, 'optimizer')} ${number(form, 'learning_rate')}
    ${number(form, 'batch_size')} ${moreSettings(form, folds.training)}
  </div>`;
}

/** What a second network may have other than the first. @param {Form} form @param {import('./more-settings.js').Fold} fold */
export function networkFields(form, fold) {
  return html`${shapeField(form)} ${activation(form)} ${choice(form, 'optimizer')}
    ${number(form, 'learning_rate')} ${number(form, 'batch_size')} ${moreSettings(form, fold)}`;
}

/** @param {Form} form */
export function shapeField(form) {
  const setting = find(form, 'network_shape');
  const shape = parseShape(form.values.network_shape);
  const locked = isLocked(form, 'network_shape');
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
      testid: `${form.prefix ?? ''}remove-layer`,
      disabled: !setting || locked || shape.length === 0,
      onClick: () => change(shape.slice(0, -1)),
    })}
    ${button({
      label: t('playground:settings.addLayer'),
      name: t('playground:settings.addLayerName'),
      icon: icons.plus,
      testid: `${form.prefix ?? ''}add-layer`,
      disabled: !setting || locked || shape.length >= (setting.most ?? Infinity),
      onClick: () => change([...shape, shape.at(-1) ?? 4]),
    })}
  </div>`;
}

/** That of all hidden layers; what single ones had of their own is given up. @param {Form} form */
function activation(form) {
  const onChange = (/** @type {import('./form-fields.js').Values} */ change) =>
    form.onChange({ ...change, activations: '' });
  return choice({ ...form, onChange }, 'activation');
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
