// The digits tab: a network learns from MNIST while the person writes digits of their own.
import '../styles/digits.css';
import { createScriptDialog } from '../controls/script-dialog.js';
import { EngineError } from '../engine.js';
import { onLanguageChange } from '../i18n.js';
import { defaults, fromQuery, pythonName, toQuery } from '../settings.js';
import { createFiguresPanel } from './digits-figures.js';
import { download, fileName, modelButtons } from './digits-model.js';
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
  /** @type {import('../settings.js').Values} what was typed, or stood in the address, until Python has taken it */
  let typed = {};
  /** @type {Set<string>} */
  const refused = new Set();
  const head = () => session.state.head;

  const session = createDigitsSession({
    engine,
    wanted: () => figures.wanted(),
    onChange: update,
    onReply(reply, fresh) {
      training.add(reply, fresh);
      if (fresh) figures.clear();
      figures.note(reply.arrays);
      pad.recogniser.setReady(true);
      if (!session.state.training) pad.recogniser.again();
    },
    onDraw(arrays) {
      figures.draw(arrays);
      if (session.state.training) pad.recogniser.nowAndThen();
      else pad.recogniser.again();
    },
    onError: showError,
  });
  const pad = createPadPanel({ recognise: session.recognise, head, onError: showError });
  const figures = createFiguresPanel({ head });
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
    onRetry: () => reopen(),
  });
  const dialog = createScriptDialog('digits.py');
  element.append(pad.element, training.element, figures.element, dialog.element);

  /** The settings in force. A network from a file has a shape of its own. */
  function present() {
    const now = head();
    return now && { ...now.settings, architecture: now.layers.join('-') };
  }

  function update() {
    pad.update();
    training.update();
  }

  /** @param {string} name @param {string} value */
  function change(name, value) {
    typed = { ...typed, [name]: value };
    void reopen();
  }

  async function reopen() {
    clearError();
    refused.clear();
    try {
      const errors = await session.open({ ...head()?.settings, ...typed });
      if (errors === null) return;
      typed = {};
      if (errors.length > 0) showError(...errors);
    } catch (error) {
      // What was typed stays in its field, marked, and the present network stays as well.
      if (error instanceof EngineError) refused.add(pythonName(String(error.values.name ?? '')));
      showError(error);
    }
    update();
    onQueryChange();
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
  async function load(file) {
    clearError();
    await session.load(new Uint8Array(await file.arrayBuffer()));
    onQueryChange();
  }

  tables.then((all) => {
    table = all.digits;
    update();
  });
  onLanguageChange(() => {
    update();
    dialog.draw();
  });
  update();
  dialog.draw();

  function query() {
    const settings = head()?.settings;
    return table && settings ? toQuery(table, settings) : new URLSearchParams(typed);
  }

  return {
    element,
    open(params) {
      const asked = fromQuery(params);
      const known =
        table && head() ? toQuery(table, { ...defaults(table), ...asked }).toString() : null;
      if (known !== null && known === query().toString()) return;
      typed = known === null ? asked : { ...defaults(table ?? []), ...asked };
      void reopen();
    },
    close: () => session.pause(),
    query,
  };
}
