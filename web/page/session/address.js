/** Between the address bar and a view that takes its settings from it. */
import { defaults, fromQuery, toQuery, urlName } from './settings.js';

/** @typedef {import('./settings.js').Values} Values */

/**
 * @param {object} options
 * @param {() => import('../../shared/protocol.js').Setting[] | null} options.table
 * @param {() => {head: object | null, opening: boolean}} options.state
 * @param {() => URLSearchParams} options.query  that leads back to the present state
 */
export function createAddress({ table, state, query }) {
  /** The query that is being opened. @type {string | null} */
  let asking = null;

  return {
    /**
     * @param {URLSearchParams} params
     * @returns {Values | null} the settings to be opened; null: they are there, or on their way
     */
    follow(params) {
      const asked = fromQuery(params);
      const rows = table();
      const { head, opening } = state();
      // What the address leaves out is as usual, once it is known what that is.
      const whole = rows && head ? { ...defaults(rows), ...asked } : null;
      if (rows && whole && toQuery(rows, whole).toString() === query().toString()) return null;
      if (opening && asking === params.toString()) return null;
      asking = params.toString();
      return whole ?? asked;
    },
    /** What was opened is gone. */
    forget() {
      asking = null;
    },
  };
}

/** The query of settings as they stood in an address, unchecked. @param {Values} values */
export function rawQuery(values) {
  return new URLSearchParams(Object.entries(values).map(([name, value]) => [urlName(name), value]));
}
