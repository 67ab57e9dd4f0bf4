/**
 * The words for settings and their values. Names that are the same in every language (tanh, SGD)
 * stand in the locale files too, so that this is the only place that looks them up.
 */
import { hasText, t } from '../i18n.js';

/** @param {string} name of a setting, as Python writes it */
export function settingLabel(name) {
  const key = `settings.${name}`;
  return hasText(key) ? t(key) : name;
}

/**
 * @param {string} name of a setting
 * @param {string} value one of its options
 */
export function optionLabel(name, value) {
  // A value such as "784-10" has no text of its own and is shown as it is.
  const key = `options.${name}.${value}`;
  return hasText(key) ? t(key) : String(value);
}
