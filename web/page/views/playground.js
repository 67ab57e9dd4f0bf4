/**
 * The playground: a small network learns to divide a plane. This file holds the state and carries
 * what the person does to Python; the figures and the form stand in files of their own.
 */
import { html, render } from 'lit';
import '../styles/playground.css';
import { fault } from '../../shared/protocol.js';
import { createScriptDialog } from '../controls/script-dialog.js';
import { EngineError } from '../engine.js';
import { onLanguageChange, t } from '../i18n.js';
import { onSpace } from '../keyboard.js';
import { createPlayer } from '../player.js';
import { defaults, fromQuery, openLeniently, pythonName, toQuery } from '../settings.js';
import { onThemeChange } from '../theme.js';
import { createChartFigure, lossTexts } from './playground-chart.js';
import { createMapFigure } from './playground-map.js';
import { createNetworkFigure } from './playground-network.js';
import { settingsForm, shapeField } from './playground-settings.js';
import { toolbar } from './playground-toolbar.js';

/**
 * @typedef {import('../../shared/protocol.js').Reply} Reply
 * @typedef {import('../../shared/protocol.js').Setting} Setting
 * @typedef {import('../settings.js').Values} Values
 */

const EXPERIMENT = 'planar';
/** Time for training in one frame; the rest of a sixtieth of a second is for the pictures. */
const SLICE = 10;

/**
 * @param {import('../app.js').ViewOptions} options
 * @returns {import('../app.js').View}
 */
export function createPlaygroundView({ engine, tables, showError, clearError, onQueryChange }) {
  const element = document.createElement('section');
  element.className = 'view playground';

  /** @type {Setting[]} */
  let table = [];
  /** What the fields show; ahead of Python while it opens anew. @type {Values} */
  let values = {};
  /** @type {Set<string>} */
  let invalid = new Set();
  /** The newest frame. @type {Reply | null} */
  let frame = null;
  /** Whether training goes on once the present change has been made. */
  let wantsPlay = false;
  /** Counts the openings: an answer to an older one is not shown. */
  let opening = 0;
  let pace = 4;
  let visible = false;
  let shared = false;
  /** Said aloud when training stops. */
  let news = '';

  const call = (/** @type {string} */ method, /** @type {object} */ args = {}) =>
    engine.call(EXPERIMENT, method, args);

  const map = createMapFigure();
  const network = createNetworkFigure({
    onShape: (shape) => change({ network_shape: shape.join(',') }),
  });
  const dialog = createScriptDialog('playground.py');
  const chart = createChartFigure();

  const player = createPlayer({
    advance: () => call('advance', { milliseconds: SLICE, epochs: pace }),
    paced: true,
    collect: (reply) => chart.add(reply.arrays.history.data),
    draw: drawFrame,
    onChange: drawToolbar,
    onStop(reason, detail) {
      if (reason === 'diverged') {
        stopDiverged(/** @type {Reply} */ (detail));
      } else if (reason === 'error') {
        wantsPlay = false;
        showError(detail);
      }
      describe();
    },
  });

  /** @param {Reply} reply */
  function drawFrame(reply) {
    frame = reply;
    map.update(reply);
    network.update(reply);
    drawToolbar();
  }

  /** @param {Reply} reply */
  function stopDiverged({ head }) {
    wantsPlay = false;
    showError(fault('diverged', head.reason ?? 'loss_not_finite', {}, 'The training diverged.'));
  }

  /** The pictures in words; too long a text to be renewed while they move. */
  function describe() {
    chart.describe(frame?.head);
    if (!frame) return;
    map.describe(frame.head);
    news = player.playing ? '' : t('playground:paused', lossTexts(frame.head));
    drawToolbar();
  }

  /** @param {Reply} reply the first frame of an experiment */
  function begin(reply) {
    const { head, arrays } = reply;
    values = { ...head.settings };
    invalid = new Set();
    const layers = table.find((setting) => setting.name === 'network_shape');
    network.begin(reply, layers?.high ?? 0);
    map.setScene({
      train: { x: arrays.train_x.data, y: arrays.train_y.data },
      test: { x: arrays.test_x.data, y: arrays.test_y.data },
      extent: head.extent,
      classes: head.classes,
    });
    restart(reply);
    drawForm();
  }

  /** @param {Reply} reply */
  function restart(reply) {
    chart.clear();
    chart.add(reply.arrays.history.data);
    drawFrame(reply);
    describe();
  }

  /** The person changed settings. @param {Values} change */
  async function change(change) {
    values = { ...values, ...change };
    invalid = new Set([...invalid].filter((name) => !(name in change)));
    shared = false;
    drawForm();
    const mine = ++opening;
    await player.pause();
    if (mine !== opening) return;
    try {
      const reply = await call('open', values);
      if (mine !== opening) return;
      clearError();
      begin(reply);
      onQueryChange();
    } catch (error) {
      if (mine !== opening) return;
      // What was typed stays in its field, and the experiment before it goes on.
      const name = error instanceof EngineError && error.values.name;
      if (name) invalid.add(pythonName(String(name)));
      showError(error);
      drawForm();
    }
    if (wantsPlay && visible) player.play();
  }

  /** @param {Values} raw settings from an address */
  async function openAddress(raw) {
    const mine = ++opening;
    values = { ...defaults(table), ...raw };
    wantsPlay = false;
    await player.pause();
    const { reply, refused } = await openLeniently((left) => call('open', left), raw);
    if (mine !== opening) return;
    begin(reply);
    if (refused.length > 0) showError(...refused);
    onQueryChange();
  }

  function toggle() {
    wantsPlay = !player.playing;
    if (wantsPlay) player.play();
    else player.pause();
    clearError();
    describe();
  }

  async function step() {
    wantsPlay = false;
    await player.pause();
    await attempt(() =>
      player.step(async () => {
        const reply = await call('advance', { milliseconds: 60_000, epochs: 1 });
        if (reply.head.status === 'diverged') stopDiverged(reply);
        return reply;
      }),
    );
    requestAnimationFrame(describe);
  }

  async function reset() {
    wantsPlay = false;
    clearError();
    await player.pause();
    await attempt(async () => restart(await call('reset')));
  }

  async function showCode() {
    await attempt(async () => dialog.show((await call('script')).head.script));
  }

  /** @param {() => Promise<unknown>} action */
  async function attempt(action) {
    try {
      await action();
    } catch (error) {
      showError(error);
    }
  }

  // Layout ------------------------------------------------------------------------------------
  const bar = document.createElement('div');
  bar.className = 'toolbar';
  const form = document.createElement('div');
  form.className = 'settings-column';
  const shape = document.createElement('div');

  function drawToolbar() {
    render(
      toolbar({
        frame,
        playing: player.playing,
        pace,
        news,
        shared,
        onToggle: toggle,
        onStep: step,
        onReset: reset,
        onPace: (next) => {
          pace = next;
          drawToolbar();
        },
        onShared: (done) => {
          shared = done;
          drawToolbar();
        },
        onCode: showCode,
      }),
      bar,
    );
  }

  function drawForm() {
    const state = { table, values, invalid, onChange: change };
    render(settingsForm(state), form);
    render(shapeField(state), shape);
  }

  function drawLayout() {
    render(
      html`${bar} ${form}
        <div class="playground-network">${shape} ${network.element}</div>
        ${map.element} ${chart.element} ${dialog.element}`,
      element,
    );
  }

  function drawAll() {
    drawLayout();
    drawForm();
    drawToolbar();
    map.draw();
    network.draw();
    chart.draw();
    dialog.draw();
    describe();
  }

  drawAll();
  onLanguageChange(() => {
    drawAll();
    chart.relabel();
  });
  onThemeChange(() => {
    map.repaint();
    network.draw();
  });
  onSpace(() => {
    if (!visible || !frame) return false;
    toggle();
    return true;
  });

  return {
    element,
    async open(params) {
      visible = true;
      table = (await tables)[EXPERIMENT];
      if (frame && params.toString() === this.query().toString()) return;
      await openAddress(fromQuery(params));
    },
    close() {
      visible = false;
      wantsPlay = false;
      player.pause();
    },
    query: () => toQuery(table, values),
  };
}
