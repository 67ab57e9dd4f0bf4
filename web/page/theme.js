/**
 * Light or dark. The system decides until the person does; the style sheet follows
 * `<html data-theme>` through `color-scheme`, so that nothing but the attribute changes here.
 */
import { recall, remember } from './memory.js';

/** @typedef {'light' | 'dark'} Theme */

const system = matchMedia('(prefers-color-scheme: dark)');
/** The person's own colours, as of Windows' contrast themes, go before the page's. */
const forced = matchMedia('(forced-colors: active)');
/** @type {Set<() => void>} */
const listeners = new Set();

/** @type {Theme | null} */
let chosen = null;

export function startTheme() {
  const stored = recall('theme');
  if (stored === 'light' || stored === 'dark') choose(stored);
  for (const colours of [system, forced]) colours.addEventListener('change', repaintAll);
}

/** @returns {Theme} the theme that is on the screen now */
export function theme() {
  return chosen ?? (system.matches ? 'dark' : 'light');
}

export function toggleTheme() {
  const next = theme() === 'dark' ? 'light' : 'dark';
  remember('theme', next);
  choose(next);
  repaintAll();
}

/**
 * @param {() => void} listener called after the colours have changed
 * @returns {() => void} ends the listening
 */
export function onThemeChange(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** @param {Theme} next */
function choose(next) {
  chosen = next;
  document.documentElement.dataset.theme = next;
}

/** Tells every listener; for whoever changes colours, or all sizes at once. */
export function repaintAll() {
  for (const listener of listeners) listener();
}
