/**
 * The playground: a small network learns to divide a plane. This file holds the state and carries
 * what the person does to Python; the figures and the form stand in files of their own.
 */
import { html, render } from 'lit';
import '../styles/playground.css';
import { fault } from '../../shared/protocol.js';
import { createScriptDialog } from '../controls/script-dialog.js';
import { createShareButton } from '../controls/share-button.js';
import { onLanguageChange, t } from '../i18n.js';
import { onSpace } from '../keyboard.js';
import { createPlayer } from '../player.js';
import { onThemeChange } from '../theme.js';
import { createChartFigure, lossTexts } from './playground-chart.js';
import { createMapFigure } from './playground-map.js';
import { createNetworkFigure } from './playground-network.js';
import { createRate } from './playground-rate.js';
import { createRecording } from './playground-recording.js';
import { createSession } from './playground-session.js';
import { settingsForm, shapeField } from './playground-settings.js';
import { SLOWEST, toolbar } from './playground-toolbar.js';

/** @typedef {import('../../shared/protocol.js').Reply} Reply */

/**
 * @param {import('../app.js').ViewOptions} options
 * @returns {import('../app.js').View}
 */
export function createPlaygroundView({ engine, tables, showError, clearError, onQueryChange }) {
  const element = document.createElement('section');
  element.className = 'view playground';

  /** The newest frame. @type {Reply | null} */
  let frame = null;
  /** Whether training goes on once the present change has been made. */
  let wantsPlay = false;
  /** It was training when the worker ended, and goes on with the next. */
  let interrupted = false;
  let pace = SLOWEST;
  let visible = false;
  /** Said aloud when training stops. */
  let news = '';

  const session = createSession({
    engine,
    pause: () => player.pause(),
    onFields: drawForm,
    onOpen: begin,
  });
  const map = createMapFigure();
  const network = createNetworkFigure({
    onShape: (shape) => change({ network_shape: shape.join(',') }),
  });
  const recording = createRecording({ engine, map, network });
  const dialog = createScriptDialog('playground.py', 'script.exact');
  const shareButton = createShareButton(drawToolbar);
  const chart = createChartFigure();
  const rate = createRate();

  const player = createPlayer({
    advance: () => session.call('advance', pace),
    paced: true,
    collect: (reply) => chart.add(reply.arrays.history.data),
    draw: drawFrame,
    onChange() {
      rate.rest();
      drawToolbar();
    },
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
    if (player.playing) rate.note(pace, reply.head.epoch, performance.now());
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

  /** @param {Reply} reply the first frame of an experiment, or with other settings */
  function begin(reply) {
    recording.end();
    if (reply.head.goes_on) show(reply);
    else beginAnew(reply);
    onQueryChange();
  }

  /** @param {Reply} reply */
  function beginAnew(reply) {
    rate.forget();
    const { head, arrays } = reply;
    const layers = session.table.find((setting) => setting.name === 'network_shape');
    network.begin(reply, layers?.high ?? 0);
    map.setScene({
      train: { x: arrays.train_x.data, y: arrays.train_y.data },
      test: { x: arrays.test_x.data, y: arrays.test_y.data },
      extent: head.extent,
      classes: head.classes,
    });
    restart(reply);
  }

  /** @param {Reply} reply */
  function restart(reply) {
    chart.clear();
    show(reply);
  }

  /** @param {Reply} reply that did not come from the player */
  function show(reply) {
    chart.add(reply.arrays.history.data);
    drawFrame(reply);
    describe();
  }

  /** @param {import('../settings.js').Values} settings the person's */
  async function change(settings) {
    try {
      const refused = await session.change(settings);
      if (refused === null) return;
      if (refused.length > 0) showError(...refused);
      else clearError();
    } catch (error) {
      showError(error);
    }
    if (wantsPlay && visible) player.play();
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
        const reply = await session.call('advance', { milliseconds: 60_000, epochs: 1 });
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
    await attempt(async () => restart(await session.call('reset')));
  }

  async function showCode() {
    await attempt(async () => dialog.show((await session.script()).head.script));
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
        rate: rate.of(pace),
        news,
        onToggle: toggle,
        onStep: step,
        onReset: reset,
        onPace: (next) => {
          pace = next;
          drawToolbar();
        },
        shareButton,
        onCode: showCode,
      }),
      bar,
    );
  }

  function drawForm() {
    const { table, values, invalid } = session;
    const state = { table, values, invalid, onChange: change };
    render(settingsForm(state), form);
    render(shapeField(state), shape);
  }

  function drawLayout() {
    render(
      html`${bar} ${form}
        <div class="playground-network">${shape} ${network.element}</div>
        ${map.element} ${recording.element} ${chart.element} ${dialog.element}`,
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
    recording.draw();
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
    network.repaint();
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
      if (frame && params.toString() === session.query().toString()) return;
      wantsPlay = false;
      // It has the settings that Python opens by itself, and no others.
      if (!frame && params.size === 0) recording.start();
      else recording.stop();
      const goesOn = interrupted;
      interrupted = false;
      const refused = await session.openAddress(params, tables);
      if (refused?.length) showError(...refused);
      if (!goesOn || !refused || !visible || !frame) return;
      wantsPlay = true;
      player.play();
      describe();
    },
    close() {
      visible = false;
      wantsPlay = false;
      recording.stop();
      player.pause();
    },
    forget() {
      interrupted ||= player.playing;
      frame = null;
      this.close();
    },
    holds: () => (frame ? (frame.head.step > 0 ? 'training' : 'start') : 'nothing'),
    query: session.query,
  };
}
