// The digits tab: a network learns from MNIST while the person writes digits of their own.
import { fault } from '../../../shared/protocol.js';
import { createScriptDialog } from '../../controls/script-dialog.js';
import { make } from '../../element.js';
import { bytesOf, saveFile } from '../../files.js';
import { onLanguageChange } from '../../i18n.js';
import { createAddress, rawQuery } from '../../session/address.js';
import { hasClothes } from '../../session/clothes.js';
import { fromQuery, toQuery } from '../../session/settings.js';
import { createOpenedStep } from '../opened/opened.js';
import { experimentOf } from './answerer.js';
import { createAugment } from './augment.js';
import { createChoices } from './choices.js';
import { createFiguresPanel } from './figures.js';
import { createHand } from './hand.js';
import { fileName, modelButtons } from './model.js';
import { createPadPanel } from './pad.js';
import { createResumeOffer } from './resume.js';
import { createDigitsSession } from './session.js';
import { augmentFields, layerFields, mainFields, otherFields } from './settings.js';
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
  let seen = false;
  const head = () => session.state.head;
  /** MNIST's images are there. */
  const digits = () => head() !== null && !hasClothes(head());

  const session = createDigitsSession({
    engine,
    wanted: () => figures.wanted(),
    onChange: update,
    onReply(reply, fresh) {
      training.add(reply, fresh);
      figures.note(fresh ? { ...reply, head: { ...head() } } : reply, fresh);
      if (!fresh) return;
      pad.recogniser.renewed();
      void hand.renewed();
    },
    onDraw(arrays) {
      figures.update(arrays, { ...head() });
      if (session.state.training) pad.recogniser.nowAndThen();
      else pad.recogniser.renewed();
    },
    onError: showError,
  });
  const hand = createHand({
    engine,
    drawing: () => pad.drawing,
    digits,
    onLearned: () => pad.choose('hand'),
    onRelearned() {
      pad.update();
      pad.recogniser.renewed();
    },
    onError: showError,
  });
  const pad = createPadPanel({
    engine,
    head,
    hand: () => hand.learned(),
    onAnswerer: () => figures.follow(),
    onDrawn: () => hand.drawnOn(),
    onRead: () => figures.drawn(),
    onOpen: () => opened.show(),
    onError: showError,
  });
  const opened = createOpenedStep({
    engine,
    experiment: () => experimentOf(pad.measured()),
    drawn: pad.drawn,
    examples: () => (pad.measured() === 'own' ? head() !== null : digits()),
    onError: showError,
  });
  const figures = createFiguresPanel({
    engine,
    answerer: pad.measured,
    drawn: () => pad.drawn()?.image ?? null,
    onThreshold: pad.setThreshold,
    onBroken: () => pad.recogniser.renewed(),
    onError: showError,
    resting: () => !session.state.training && !session.state.opening && seen,
  });
  const choices = createChoices({
    table: () => table,
    session: () => session,
    showError,
    clearError,
    onChange() {
      update();
      onQueryChange();
    },
  });
  const { form } = choices;
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
    onRetry: () => choices.reopen('open'),
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
  element.append(
    pad.element,
    hand.element,
    training.element,
    figures.element,
    dialog.element,
    opened.element,
  );

  function update() {
    for (const panel of [pad, hand, training]) panel.update();
    figures.follow();
  }

  function play() {
    clearError();
    pad.forgetChoice();
    const { failed } = session.state;
    session.play();
    if (failed) void choices.reopen('open');
  }

  /** @param {'npz' | 'safetensors'} format */
  function save(format) {
    return attempt(async () => {
      const { blob } = await session.save(format);
      const now = head();
      const type = format === 'npz' ? 'application/zip' : 'application/octet-stream';
      if (blob && now) saveFile(`${fileName(now)}.${format}`, blob, type);
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
    void hand.renewed();
    update();
  });
  onLanguageChange(dialog.draw);
  update();
  dialog.draw();

  const address = createAddress({ table: () => table, state: () => session.state, query });

  function query() {
    const settings = head()?.settings;
    if (table && settings) return toQuery(table, settings);
    return rawQuery(choices.typed);
  }

  return {
    element,
    open(params) {
      seen = true;
      const asked = address.follow(params);
      pad.recogniser.renewed();
      if (!asked) return figures.follow();
      choices.open(asked);
    },
    close() {
      seen = false;
      session.pause();
    },
    forget() {
      choices.take(fromQuery(query()));
      hand.lost();
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
    async takeFile(file) {
      if (file.type.startsWith('image/')) return pad.showPicture(file);
      await attempt(async () => {
        if (!(await hand.takes(file))) await load(file);
      });
    },
  };
}
