/**
 * Two networks on the same points and the same seed: the second differs in what one chooses to
 * change, and is trained along.
 */
import { html, render } from 'lit';
import { button } from '../../controls/buttons.js';
import { icons } from '../../controls/icons.js';
import { createScriptDialog } from '../../controls/script-dialog.js';
import { make } from '../../element.js';
import { createPairFigure } from '../../figures/pair.js';
import { t } from '../../i18n.js';
import { EngineError } from '../../session/errors.js';
import { createSecond, differencesIn, textOf } from '../../session/second.js';
import { networkFields } from './settings.js';

/**
 * @typedef {import('../../../shared/protocol.js').Reply} Reply
 * @typedef {import('../../session/settings.js').Values} Values
 */

/**
 * @param {object} options
 * @param {import('../../session/engine.js').Engine} options.engine
 * @param {() => ReturnType<typeof import('./session.js').createSession>} options.session
 * @param {(settings: Values) => Promise<void>} options.change  of the first
 * @param {(on: boolean) => void} options.onTimed  the first is to tell the times of its curve
 * @param {() => boolean} options.playing
 * @param {(error: unknown) => void} options.onError
 */
export function createCompare({ engine, session, change, onTimed, playing, onError }) {
  const element = make('div', 'compare');
  const form = make('div', 'settings compare-settings');
  const figure = createPairFigure();
  const dialog = createScriptDialog('playground-second.py', 'script.exact');
  /** What the second has other than the first. @type {Values} */
  let differences = {};
  /** @type {Map<string, EngineError>} */
  const invalid = new Map();
  let unfolded = false;
  /** Of the first. */
  let step = 0;
  /** The second's newest picture, to be drawn. @type {Reply | null} */
  let newest = null;

  const second = createSecond({
    engine,
    onError,
    onBegin(reply) {
      if (!reply.head.goes_on) figure.begin(1, reply);
    },
    onReply(reply) {
      figure.note(1, reply, reply.head.step === undefined);
      if (!newest) requestAnimationFrame(show);
      newest = reply;
    },
  });

  function show() {
    const reply = newest;
    newest = null;
    if (reply && second.on) figure.show(reply.arrays, playing());
  }

  async function open() {
    if (!second.on) return;
    try {
      await second.open({ ...session().settings, ...differences }, step);
    } catch (error) {
      if (!(error instanceof EngineError && error.type === 'SettingsError')) return onError(error);
      invalid.set(error.values.name, error);
      drawForm();
    }
  }

  /** @param {Values} typed */
  async function differ(typed) {
    const { values } = session();
    for (const [name, value] of Object.entries(typed)) {
      invalid.delete(name);
      if (String(value) === String(values[name])) delete differences[name];
      else differences = { ...differences, [name]: value };
    }
    drawForm();
    await open();
    if (invalid.size === 0) change({ compare: textOf(differences) });
  }

  function drawForm() {
    if (!second.on) return;
    const { table, values } = session();
    const state = {
      table,
      values: { ...values, ...differences },
      invalid,
      onChange: differ,
      prefix: 'second-',
    };
    const fold = {
      open: unfolded,
      onToggle(/** @type {boolean} */ on) {
        unfolded = on;
      },
    };
    render(networkFields(state, fold), form);
  }

  function draw() {
    render(
      html`<p class="room-text">${t('playground:compare.text')}</p>
        ${form} ${figure.element}
        ${button({
          label: t('playground:compare.code'),
          icon: icons.code,
          kind: 'quiet',
          testid: 'second-code',
          onClick: () => second.script().then(dialog.show, onError),
        })} ${dialog.element}`,
      element,
    );
    figure.draw();
    dialog.draw();
    drawForm();
  }

  return {
    /** @type {import('./rooms.js').Room} */
    room: {
      name: 'compare',
      testid: 'compare',
      element,
      onOpen() {
        second.open({ ...session().settings, ...differences }, step).catch(onError);
        onTimed(true);
        draw();
      },
      onClose() {
        second.close();
        onTimed(false);
        if (session().values.compare) change({ compare: '' });
      },
    },
    draw() {
      if (second.on) draw();
    },
    along: second.along,
    reset() {
      if (second.on) second.reset();
    },
    /** The first has been opened, gone back, or goes on with other settings. @param {Reply} reply */
    begin({ head, arrays }) {
      step = head.step;
      const asked = head.settings?.compare ?? '';
      if (asked !== textOf(differences) && invalid.size === 0 && asked)
        differences = differencesIn(asked);
      if (!head.goes_on) figure.begin(0, { head, arrays });
      if (head.rewound) second.rewind(step);
      else open();
      drawForm();
      return asked !== '';
    },
    /** Every reply of the first. @param {Reply} reply @param {boolean} whole */
    note(reply, whole) {
      step = reply.head.step ?? step;
      if (second.on) figure.note(0, reply, whole);
    },
  };
}
