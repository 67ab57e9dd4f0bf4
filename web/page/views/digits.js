// The digits tab: a network learns from MNIST while the person writes digits of their own.
import '../styles/digits.css';
import '../styles/drawing-pad.css';
import { fault } from '../../shared/protocol.js';
import { createScriptDialog } from '../controls/script-dialog.js';
import { EngineError } from '../engine.js';
import { onLanguageChange } from '../i18n.js';
import { defaults, fromQuery, toQuery, urlName } from '../settings.js';
import { createFiguresPanel } from './digits-figures.js';
import { architectureOf, bytesOf, download, fileName, modelButtons } from './digits-model.js';
import { createPadPanel } from './digits-pad.js';
import { createDigitsSession } from './digits-session.js';
import { mainFields, otherFields } from './digits-settings.js';
import { createTrainingPanel } from './digits-training.js';

/**
 * @param {import('../app.js').ViewOptions} options
 * @returns {import('../app.js').View}
 */
export function createDigitsView({ engine, tables, showError, clearError, onQueryChange }) {
  const element = document.createElement('div');
  element.className = 'digits';
  /** @type {import('../../shared/protocol.js').Setting[] | null} */
  let table = null;
  /**
   * What was typed, or stood in the address, until Python has taken it.
   * @type {import('../settings.js').Values}
   */
  let typed = {};
  /** What Python did not take of `typed`, and why. @type {Map<string, EngineError>} */
  const refused = new Map();
  /** The query that is being opened. @type {string | null} */
  let asking = null;
  const head = () => session.state.head;

  const session = createDigitsSession({
    engine,
    wanted: () => figures.wanted(),
    onChange: update,
    onReply(reply, fresh) {
      training.add(reply, fresh);
      if (fresh) figures.clear(/** @type {import('./digits-session.js').Head} */ (head()));
      figures.note(reply.arrays);
      if (fresh) pad.recogniser.renewed();
    },
    onDraw(arrays) {
      figures.draw(arrays);
      if (session.state.training) pad.recogniser.nowAndThen();
      else pad.recogniser.renewed();
    },
    onError: showError,
  });
  const pad = createPadPanel({ recognise: session.recognise, head, onError: showError });
  const figures = createFiguresPanel();
  const form = () => ({
    table,
    values: { ...(table && defaults(table)), ...present(), ...typed },
    refused,
    onChange: change,
  });
  const training = createTrainingPanel({
    session: () => session,
    choices: () => mainFields(form()),
    settings: () => otherFields(form()),
    model: () =>
      modelButtons({ ready: head() !== null, onSave: save, onLoad: load, onCode: showCode }),
    onPlay: play,
    onPause: () => session.pause(),
    onReset() {
      clearError();
      void session.reset();
    },
    onRetry: () => reopen('open'),
  });
  const dialog = createScriptDialog('digits.py', 'script.text');
  element.append(pad.element, training.element, figures.element, dialog.element);

  /** The settings in force. A network from a file has a shape of its own. */
  function present() {
    const now = head();
    return now && { ...now.settings, architecture: architectureOf(now) };
  }

  function update() {
    pad.update();
    training.update();
  }

  function play() {
    clearError();
    const { failed } = session.state;
    session.play();
    if (failed) void reopen('open');
  }

  /** @param {string} name @param {string} value */
  function change(name, value) {
    typed = { ...typed, [name]: value };
    refused.delete(name);
    void reopen('edit');
  }

  /** @param {'open' | 'edit'} how */
  async function reopen(how) {
    clearError();
    const first = head() === null;
    const wanted = Object.entries(typed).filter(([name]) => !refused.has(name));
    try {
      const errors = await session.open(
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
      if (!session.state.failed) keepRefused();
      showError(error);
    }
    update();
    onQueryChange();
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

  function save() {
    return attempt(async () => {
      const { blob } = await session.save();
      const now = head();
      if (blob && now) download(/** @type {Uint8Array<ArrayBuffer>} */ (blob), fileName(now));
    });
  }

  function showCode() {
    return attempt(async () => dialog.show((await session.script()).head.script));
  }

  /** @param {() => Promise<void>} action */
  async function attempt(action) {
    try {
      await action();
    } catch (error) {
      showError(error);
    }
  }

  /** @param {File} file */
  function load(file) {
    clearError();
    return attempt(async () => {
      if (head() === null) throw fault('state', 'not_open', {}, 'There is no network yet.');
      await session.load(await bytesOf(file));
      onQueryChange();
    });
  }

  tables.then((all) => {
    table = all.digits;
    update();
  });
  onLanguageChange(dialog.draw);
  update();
  dialog.draw();

  function query() {
    const settings = head()?.settings;
    if (table && settings) return toQuery(table, settings);
    return new URLSearchParams(
      Object.entries(typed).map(([name, value]) => [urlName(name), value]),
    );
  }

  return {
    element,
    open(params) {
      const asked = fromQuery(params);
      const known =
        table && head() ? toQuery(table, { ...defaults(table), ...asked }).toString() : null;
      if (known !== null && known === query().toString()) return;
      if (session.state.opening && asking === params.toString()) return;
      asking = params.toString();
      refused.clear();
      typed = known === null ? asked : { ...defaults(table ?? []), ...asked };
      void reopen('open');
    },
    close: () => session.pause(),
    forget() {
      typed = fromQuery(query());
      asking = null;
      pad.recogniser.lost();
      session.forget();
    },
    holds() {
      const now = head();
      if (!now) return 'nothing';
      return now.step > 0 || now.loaded ? 'training' : 'start';
    },
    query,
    takeFile: load,
  };
}
