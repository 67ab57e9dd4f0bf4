// The digits tab: a network learns from MNIST while the person writes digits of their own.
import { fault } from '../../../shared/protocol.js';
import { createScriptDialog } from '../../controls/script-dialog.js';
import { make } from '../../element.js';
import { bytesOf, saveFile } from '../../files.js';
import { onLanguageChange } from '../../i18n.js';
import { createAddress, rawQuery } from '../../session/address.js';
import { EngineError } from '../../session/errors.js';
import { defaults, fromQuery, toQuery } from '../../session/settings.js';
import { createAugment } from './augment.js';
import { createFiguresPanel } from './figures.js';
import { architectureOf, fileName, modelButtons } from './model.js';
import { createPadPanel } from './pad.js';
import { createResumeOffer } from './resume.js';
import { createDigitsSession } from './session.js';
import { augmentFields, layerFields, mainFields, otherFields, suiting } from './settings.js';
import { createTrainingPanel } from './training.js';
// Last: it says how all of them stand together.
import './digits.css';

/**
 * @param {import('../../app.js').ViewOptions} options
 * @returns {import('../../app.js').View}
 */
export function createDigitsView({ engine, tables, showError, clearError, onQueryChange }) {
  const element = make('div', 'digits');
  /** @type {import('../../../shared/protocol.js').Setting[] | null} */
  let table = null;
  /**
   * What was typed, or stood in the address, until Python has taken it.
   * @type {import('../../session/settings.js').Values}
   */
  let typed = {};
  /** What Python did not take of `typed`, and why. @type {Map<string, EngineError>} */
  const refused = new Map();
  let seen = false;
  const head = () => session.state.head;

  const session = createDigitsSession({
    engine,
    wanted: () => figures.wanted(),
    onChange: update,
    onReply(reply, fresh) {
      training.add(reply, fresh);
      figures.note(fresh ? { ...reply, head: { ...head() } } : reply, fresh);
      if (fresh) pad.recogniser.renewed();
    },
    onDraw(arrays) {
      figures.update(arrays, { ...head() });
      if (session.state.training) pad.recogniser.nowAndThen();
      else pad.recogniser.renewed();
    },
    onError: showError,
  });
  const pad = createPadPanel({
    engine,
    head,
    onAnswerer: () => figures.follow(),
    onError: showError,
  });
  const figures = createFiguresPanel({
    engine,
    answerer: pad.answerer,
    onThreshold: pad.setThreshold,
    onError: showError,
    resting: () => !session.state.training && !session.state.opening && seen,
  });
  const form = () => ({
    table,
    values: { ...(table && defaults(table)), ...present(), ...typed },
    refused,
    onChange: change,
  });
  const training = createTrainingPanel({
    session: () => session,
    choices: () => mainFields(form()),
    layers: () => layerFields(form(), head()?.plan ?? []),
    settings: () => otherFields(form()),
    augment: createAugment({ engine, head, fields: () => augmentFields(form()) }),
    model: () =>
      modelButtons({ ready: head() !== null, onSave: save, onLoad: load, onCode: showCode }),
    offer: () => offer.shown((head()?.step ?? 0) > 0),
    onPlay: play,
    onPause: () => session.pause(),
    onReset() {
      clearError();
      void session.reset();
    },
    onRetry: () => reopen('open'),
  });
  const offer = createResumeOffer({
    onChange: () => training.update(),
    onResume: (kept) =>
      attempt(async () => {
        clearError();
        await session.resume(kept);
        pad.recogniser.renewed();
        onQueryChange();
      }),
  });
  const dialog = createScriptDialog('digits.py', 'script.text');
  element.append(pad.element, training.element, figures.element, dialog.element);

  /** The settings in force. A network from a file has a shape of its own. */
  function present() {
    const now = head();
    return (
      now && (now.loaded ? { ...now.settings, architecture: architectureOf(now) } : now.settings)
    );
  }

  function update() {
    for (const panel of [pad, training]) panel.update();
    figures.follow();
  }

  function play() {
    clearError();
    pad.forgetChoice();
    const { failed } = session.state;
    session.play();
    if (failed) void reopen('open');
  }

  /** @param {string} name @param {string} value */
  function change(name, value) {
    const along = name === 'architecture' && table ? suiting(table, form().values, value) : {};
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
      if (blob && now) saveFile(fileName(now), blob, 'application/zip');
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
      pad.forgetChoice();
      pad.recogniser.renewed();
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

  const address = createAddress({ table: () => table, state: () => session.state, query });

  function query() {
    const settings = head()?.settings;
    if (table && settings) return toQuery(table, settings);
    return rawQuery(typed);
  }

  return {
    element,
    open(params) {
      seen = true;
      const asked = address.follow(params);
      pad.recogniser.renewed();
      if (!asked) return figures.follow();
      refused.clear();
      typed = asked;
      void reopen('open');
    },
    close() {
      seen = false;
      session.pause();
    },
    forget() {
      typed = fromQuery(query());
      address.forget();
      pad.recogniser.lost();
      figures.forget();
      session.forget();
    },
    holds() {
      const now = head();
      if (!now) return 'nothing';
      return now.step > 0 || now.loaded ? 'training' : 'start';
    },
    query,
    takeFile: (file) => (file.type.startsWith('image/') ? pad.showPicture(file) : load(file)),
  };
}
