/**
 * Many runs: the same setting from twenty seeds, because one run is luck, or one setting at several
 * values. Each is seen as a small map; all of them, in one chart.
 */
import { html, nothing, render } from 'lit';
import { button } from '../../controls/buttons.js';
import { selectField, textField } from '../../controls/fields.js';
import { icons } from '../../controls/icons.js';
import { settingLabel } from '../../controls/labels.js';
import { make } from '../../element.js';
import { createRunsFigure } from '../../figures/runs.js';
import { t } from '../../i18n.js';
import { explain } from '../../message.js';
import { EngineError } from '../../session/errors.js';
import { usualValues, valuesIn } from './sweep-values.js';

const EXPERIMENT = 'sweep';
/** Milliseconds of work that one request asks for. */
const BUDGET = 60;
/** What can be varied, in the order in which it is offered. */
const OFFERED = [
  'seed',
  'learning_rate',
  'network_shape',
  'activation',
  'optimizer',
  'batch_size',
  'initializer',
  'noise',
  'count',
  'l1',
  'l2',
  'dropout',
];

/**
 * @param {object} options
 * @param {import('../../session/engine.js').Engine} options.engine
 * @param {Promise<import('../../../shared/protocol.js').Tables>} options.tables
 * @param {() => ReturnType<typeof import('./session.js').createSession>} options.session
 * @param {(error: unknown) => void} options.onError
 */
export function createSweep({ engine, tables, session, onError }) {
  const element = make('div', 'sweep');
  const figure = createRunsFigure();
  let vary = 'seed';
  let values = '';
  let epochs = '200';
  /** What Python did not take, by field. @type {Map<string, string>} */
  const invalid = new Map();
  /** Counts the sweeps: an older one ends when a newer begins. */
  let turn = 0;
  let running = false;
  let shown = false;

  async function run() {
    const mine = ++turn;
    running = true;
    invalid.clear();
    draw();
    try {
      const { table, settings } = session();
      const setting = table.find(({ name }) => name === vary);
      // A run alone has more, which says nothing of many.
      const known = (await tables)[EXPERIMENT].map(({ name }) => name);
      const shared = Object.entries(settings).filter(([name]) => known.includes(name));
      const own = { vary, values: valuesIn(setting, values).join('|'), epochs };
      const asked = { ...Object.fromEntries(shared), ...own };
      let reply = await engine.call(EXPERIMENT, 'open', asked);
      if (mine !== turn) return;
      figure.begin(reply, vary);
      while (mine === turn && reply.head.status !== 'finished') {
        reply = await engine.call(EXPERIMENT, 'advance', { milliseconds: BUDGET });
        if (mine !== turn) return;
        figure.note(reply);
      }
    } catch (error) {
      if (mine === turn) refuse(error);
    }
    if (mine !== turn) return;
    running = false;
    draw();
  }

  /** @param {unknown} error */
  function refuse(error) {
    const known = error instanceof EngineError && error.type === 'SettingsError';
    if (!known) return onError(error);
    invalid.set(error.values.name === 'epochs' ? 'epochs' : 'values', explain(error).text);
  }

  function stop() {
    turn += 1;
    running = false;
    draw();
  }

  function draw() {
    if (!shown) return;
    render(
      html`<p class="room-text">${t('playground:sweep.text')}</p>
        <div class="settings sweep-settings">
          ${selectField({
            testid: 'sweep-vary',
            label: t('playground:sweep.vary'),
            value: vary,
            choices: OFFERED.map((value) => ({ value, label: settingLabel(value) })),
            onChange(next) {
              vary = next;
              suggest();
              draw();
            },
          })}
          ${textField({
            testid: 'sweep-values',
            label: t('playground:sweep.values'),
            value: values,
            error: invalid.get('values'),
            onChange(next) {
              values = next;
            },
          })}
          ${textField({
            testid: 'sweep-epochs',
            label: t('playground:sweep.epochs'),
            inputmode: 'numeric',
            value: epochs,
            error: invalid.get('epochs'),
            onChange(next) {
              epochs = next;
            },
          })}
          ${button({
            label: t(`playground:sweep.${running ? 'stop' : 'run'}`),
            icon: running ? icons.pause : icons.play,
            kind: 'primary',
            testid: 'sweep-run',
            onClick: running ? stop : run,
          })}
        </div>
        ${
          invalid.size > 0
            ? html`<p class="sweep-error" role="alert">${[...invalid.values()].join(' ')}</p>`
            : nothing
        }
        ${figure.element}`,
      element,
    );
    figure.draw();
  }

  function suggest() {
    const { table, settings } = session();
    const setting = table.find(({ name }) => name === vary);
    if (setting) values = usualValues(setting, settings[vary]);
  }

  return {
    /** @type {import('./rooms.js').Room} */
    room: {
      name: 'sweep',
      testid: 'many-seeds',
      element,
      onOpen() {
        shown = true;
        if (!values) suggest();
        draw();
      },
      onClose() {
        stop();
        shown = false;
      },
    },
    draw,
    stop,
    /** The playground has other settings; those of a sweep are the ones it began with. */
    begin() {
      if (!running && !figure.any) {
        suggest();
        draw();
      }
    },
  };
}
