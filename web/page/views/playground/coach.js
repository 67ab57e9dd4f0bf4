/**
 * What holds the training up, in plain words with the number that shows it, and one change that
 * helps. Python finds it; it is asked now and then while it trains, and when it rests.
 */
import { html } from 'lit';
import { button } from '../../controls/buttons.js';
import { optionLabel, settingLabel } from '../../controls/labels.js';
import { formatFixed, formatNumber, formatPercent, t } from '../../i18n.js';
import './coach.css';

/**
 * @typedef {import('../../../shared/protocol.js').Reply} Reply
 * @typedef {import('../../session/settings.js').Values} Values
 * @typedef {{code: string, values: Record<string, number>, change: Values}} Diagnosis
 */

/** Milliseconds: an advice that comes and goes faster nobody can follow. */
const EVERY = 1000;
/** Runs that have to begin again for the change to help. */
const ANEW = new Set(['saturated', 'diverging']);

/** @type {Record<string, (value: number) => string>} */
const FORMATS = {
  rate: (value) => formatNumber(value, { maximumSignificantDigits: 2 }),
  epoch: formatNumber,
  epochs: formatNumber,
  dead: formatNumber,
  units: formatNumber,
  layer: formatNumber,
  loss: (value) => formatFixed(value, 3),
  best: (value) => formatFixed(value, 3),
  now: (value) => formatFixed(value, 3),
};

/**
 * @param {object} options
 * @param {(method: string, args?: object) => Promise<Reply>} options.call
 * @param {() => void} options.onChange
 */
export function createCoach({ call, onChange }) {
  /** @type {Diagnosis | null} */
  let diagnosis = null;
  let asked = -Infinity;
  let asking = false;

  /** @param {Diagnosis | null} next */
  function set(next) {
    const same = JSON.stringify(next) === JSON.stringify(diagnosis);
    diagnosis = next;
    if (!same) onChange();
  }

  return {
    /** @param {boolean} atOnce  it rests: what is said now stays to be read */
    async look(atOnce) {
      const now = performance.now();
      if (asking || (!atOnce && now - asked < EVERY)) return;
      asked = now;
      asking = true;
      try {
        set((await call('diagnose')).head.diagnosis);
      } catch {
        // Of an ended worker its next answer tells.
      } finally {
        asking = false;
      }
    },
    /** Another run, or another moment of this one. */
    forget() {
      asked = performance.now();
      set(null);
    },
    /**
     * @param {(change: Values, anew: boolean) => void} onTry
     * @returns {unknown} null: all is well
     */
    advice(onTry) {
      if (!diagnosis) return null;
      const { code, values, change } = diagnosis;
      const [[name, value]] = Object.entries(change);
      const texts = Object.entries(values).map(([key, number]) => [
        key,
        (FORMATS[key] ?? formatPercent)(number),
      ]);
      const setting = `${settingLabel(name)} ${optionLabel(name, String(value))}`;
      return html`<span class="advice" data-testid="diagnosis" data-code=${code}>
        <span>${t(`playground:diagnosis.${code}`, Object.fromEntries(texts))}</span>
        ${button({
          label: t('playground:diagnosis.try', { setting }),
          testid: 'try-change',
          onClick: () => onTry({ [name]: String(value) }, ANEW.has(code)),
        })}
      </span>`;
    },
  };
}
