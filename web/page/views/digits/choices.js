// What the person chose for their network: typed, or from an address, until Python has taken it.
import { EngineError } from '../../session/errors.js';
import { defaults } from '../../session/settings.js';
import { architectureOf } from './model.js';
import { suiting } from './settings.js';

/** @typedef {import('../../session/settings.js').Values} Values */

/**
 * @param {object} options
 * @param {() => import('../../../shared/protocol.js').Setting[] | null} options.table
 * @param {() => ReturnType<typeof import('./session.js').createDigitsSession>} options.session
 * @param {(...errors: unknown[]) => void} options.showError
 * @param {() => void} options.clearError
 * @param {() => void} options.onChange  others hold now, or were refused
 */
export function createChoices({ table, session, showError, clearError, onChange }) {
  /** @type {Values} */
  let typed = {};
  /** What Python did not take of `typed`, and why. @type {Map<string, EngineError>} */
  const refused = new Map();
  const head = () => session().state.head;

  /** The settings in force. A network from a file has a shape of its own. */
  function present() {
    const now = head();
    return (
      now && (now.loaded ? { ...now.settings, architecture: architectureOf(now) } : now.settings)
    );
  }

  const form = () => {
    const now = table();
    const values = { ...(now && defaults(now)), ...present(), ...typed };
    return { table: now, values, refused, onChange: change };
  };

  /** @param {string} name @param {string} value */
  function change(name, value) {
    const all = table();
    const along = name === 'architecture' && all ? suiting(all, form().values, value) : {};
    typed = { ...typed, ...along, [name]: value };
    refused.delete(name);
    void reopen('edit');
  }

  /** @param {'open' | 'edit'} how */
  async function reopen(how) {
    clearError();
    const first = head() === null;
    const wanted = Object.entries(typed).filter(([name]) => !refused.has(name));
    try {
      const errors = await session().open(
        { ...head()?.settings, ...Object.fromEntries(wanted) },
        how,
      );
      if (errors === null) return;
      // In the place of what an address asks for the fields show what holds.
      if (!first) mark(errors);
      keepRefused();
      if (errors.length > 0) showError(...errors);
    } catch (error) {
      if (error instanceof EngineError) mark([error]);
      // What was taken before it is in force; only images that do not come are asked for again.
      if (!session().state.failed) keepRefused();
      showError(error);
    }
    onChange();
  }

  /** @param {EngineError[]} errors */
  function mark(errors) {
    for (const error of errors) {
      if (error.type === 'SettingsError' && error.code !== 'unknown')
        refused.set(error.values.name, error);
    }
  }

  /** What was refused stays in its field, marked. */
  function keepRefused() {
    typed = Object.fromEntries(Object.entries(typed).filter(([name]) => refused.has(name)));
  }

  return {
    form,
    reopen,
    get typed() {
      return typed;
    },
    /** @param {Values} asked  in the place of all that was typed */
    take(asked) {
      typed = asked;
    },
    /** A network of these alone. @param {Values} asked */
    open(asked) {
      refused.clear();
      typed = asked;
      void reopen('open');
    },
  };
}
