/**
 * Every text of the page comes from `locales/LANGUAGE/NAMESPACE.json`. A key is
 * `namespace:path.to.text`; without a namespace it is looked up in `shell`.
 */
import i18next from 'i18next';
import { remember } from './memory.js';

/** @typedef {'en' | 'zh'} Language */

/** The value of `<html lang>` and the locale of the numbers. */
const TAGS = { en: 'en', zh: 'zh-CN' };

/** @type {Record<string, object>} */
const files = import.meta.glob(['./locales/*/*.json', '!./locales/*/{lab,lessons}.json'], {
  eager: true,
  import: 'default',
});
/** @type {Set<() => void>} */
const listeners = new Set();
/** @type {Map<string, Intl.NumberFormat>} */
const formats = new Map();

export function startLanguage() {
  /** @type {Record<string, Record<string, object>>} */
  const resources = {};
  for (const [code, namespace, texts] of parts(files)) {
    resources[code] = { ...resources[code], [namespace]: texts };
  }
  i18next.init({
    // As `first-paint.js` has chosen.
    lng: document.documentElement.lang === TAGS.zh ? 'zh' : 'en',
    fallbackLng: 'en',
    resources,
    defaultNS: 'shell',
    initAsync: false,
    // lit escapes what it inserts; escaping twice would show `&amp;`.
    interpolation: { escapeValue: false },
  });
}

/**
 * Texts of a part of the page that comes later.
 *
 * @param {Record<string, object>} later  by their files
 */
export function addTexts(later) {
  for (const [code, namespace, texts] of parts(later)) {
    i18next.addResourceBundle(code, namespace, texts);
  }
}

/**
 * @param {Record<string, object>} all
 * @returns {[code: string, namespace: string, texts: object][]}
 */
function parts(all) {
  return Object.entries(all).map(([path, texts]) => {
    const [, code, namespace] = /** @type {RegExpMatchArray} */ (
      path.match(/locales\/(\w+)\/(\w+)\.json$/)
    );
    return [code, namespace, texts];
  });
}

/**
 * @param {string} key
 * @param {Record<string, any>} [values]
 * @returns {string}
 */
export function t(key, values) {
  return /** @type {string} */ (i18next.t(key, values));
}

/**
 * @param {string} key
 * @returns {boolean} whether the text exists in the present language or in English
 */
export function hasText(key) {
  return i18next.exists(key);
}

/** @returns {Language} */
export function language() {
  return i18next.language === 'zh' ? 'zh' : 'en';
}

/** @param {Language} code */
export function setLanguage(code) {
  remember('language', code);
  i18next.changeLanguage(code);
  document.documentElement.lang = TAGS[code];
  for (const listener of listeners) listener();
}

/**
 * @param {() => void} listener called after the language has changed
 * @returns {() => void} ends the listening
 */
export function onLanguageChange(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * A number as people of the present language write it.
 *
 * @param {number} value
 * @param {Intl.NumberFormatOptions} [options]
 * @returns {string}
 */
export function formatNumber(value, options = {}) {
  const key = language() + JSON.stringify(options);
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(TAGS[language()], options);
    formats.set(key, format);
  }
  // A minus sign, as wide as a plus, and not a hyphen.
  return format.format(value).replace('-', '−');
}

/**
 * @param {number} value
 * @param {number} digits after the point, always that many
 */
export function formatFixed(value, digits) {
  return formatNumber(value, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/**
 * What is not quite the whole is never rounded up to 100 %.
 *
 * @param {number} share from 0 to 1
 * @param {number} [digits] after the point
 */
export function formatPercent(share, digits = 1) {
  return formatNumber(share < 1 ? Math.min(share, 1 - 10 ** -(digits + 2)) : share, {
    style: 'percent',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

/** @param {number} bytes given back as megabytes with one digit after the point */
export function formatMegabytes(bytes) {
  return formatFixed(bytes / 1e6, 1);
}

/** @param {number} moment as Date.now() has it; given back as day and time of the clock here */
export function formatTime(moment) {
  return new Intl.DateTimeFormat(TAGS[language()], {
    dateStyle: 'medium',
    timeStyle: 'short',
  }).format(moment);
}
