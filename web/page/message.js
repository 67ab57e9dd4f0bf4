/** Turns a fault of any kind into the sentence that the person reads. */
import { settingLabel } from './controls/labels.js';
import { formatNumber, hasText, language, t } from './i18n.js';
import { EngineError } from './session/errors.js';

/**
 * @param {unknown} error an EngineError, a Fault, or whatever was thrown
 * @returns {{text: string, details: string}}
 */
export function explain(error) {
  const { type, code, values, message, details } = asFault(error);
  const key = `errors.${type}.${code}`;
  const text = hasText(key) ? t(key, readable(values)) : message;
  return { text, details: details ?? '' };
}

/**
 * @param {unknown} error
 * @returns {import('../shared/protocol.js').Fault}
 */
function asFault(error) {
  if (error instanceof EngineError || (typeof error === 'object' && error && 'type' in error)) {
    return /** @type {import('../shared/protocol.js').Fault} */ (/** @type {unknown} */ (error));
  }
  const message = error instanceof Error ? error.message : String(error);
  return {
    type: 'PageError',
    code: 'bug',
    values: { message },
    message,
    details: error instanceof Error ? error.stack : undefined,
  };
}

/**
 * Values as they stand in a sentence: the setting's label instead of its name, numbers in the
 * language's way, lists with its commas.
 *
 * @param {Record<string, any>} [values]
 */
function readable(values = {}) {
  /** @type {Record<string, any>} */
  const result = {};
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === 'number') {
      result[name] = formatNumber(value, { maximumSignificantDigits: 12 });
    } else if (Array.isArray(value)) {
      result[name] = value.join(language() === 'zh' ? '、' : ', ');
    } else {
      result[name] = value;
    }
  }
  if (typeof values.name === 'string') result.label = settingLabel(values.name);
  if (hasText(`wanted.${values.wanted}`)) result.wanted = t(`wanted.${values.wanted}`);
  return result;
}
