/**
 * The playground: a small network learns to divide a plane. This file brings its parts together:
 * settings and training, the figures, the form and the bar.
 */
import { html, render } from 'lit';
import { createShareButton } from '../../controls/share-button.js';
import { make } from '../../element.js';
import { together } from '../../figures/figure.js';
import { createLossesFigure, lossTexts } from '../../figures/losses.js';
import { createNetworkFigure } from '../../figures/network.js';
import { createPlaneFigure } from '../../figures/plane.js';
import { onLanguageChange, t } from '../../i18n.js';
import { onSpace } from '../../keyboard.js';
import { createPresets } from './presets.js';
import { createRate } from './rate.js';
import { createRecording } from './recording.js';
import { createScript } from './script.js';
import { createSession } from './session.js';
import { settingsForm, shapeField } from './settings.js';
import { momentTexts, timeRow } from './time-line.js';
import { STEADY, toolbar } from './toolbar.js';
import { createTouch } from './touch.js';
import { createTraining } from './training.js';
// Last: it says how all of them stand together.
import './playground.css';

/** @typedef {import('../../../shared/protocol.js').Reply} Reply */

/**
 * @param {import('../../app.js').ViewOptions} options
 * @returns {import('../../app.js').View}
 */
export function createPlaygroundView(options) {
  const { engine, tables, showError, clearError, onQueryChange } = options;
  const element = make('section', 'view playground');

  /** The newest frame. @type {Reply | null} */
  let frame = null;
  let pace = STEADY;
  let visible = false;
  let news = ''; // Said aloud when training stops.

  const session = createSession({
    engine,
    pause: () => training.pause(),
    onFields: drawForm,
    onOpen: begin,
  });
  const network = createNetworkFigure({
    number: 1,
    mostUnits: () => session.table.find(({ name }) => name === 'network_shape')?.high ?? 0,
    onShape: (shape) => change({ network_shape: shape.join(',') }),
  });
  const plane = createPlaneFigure({ number: 2, onPoint: (point) => touch.point(point) });
  const others = [plane, createLossesFigure({ number: 3 })];
  const figures = together([network, ...others]);
  const recording = createRecording({ engine, figures, diagram: network.element });
  const script = createScript({ session, epoch: () => frame?.head.epoch, onError: showError });
  const presets = createPresets();
  const shareButton = createShareButton(drawToolbar);
  const rate = createRate();
  const touch = createTouch({ call: session.call, onTouch: figures.touch, onError: showError });

  const training = createTraining({
    session,
    pace: () => pace,
    onReply: figures.note,
    onDraw: drawFrame,
    onReset: beginAnew,
    onMoment(reply) {
      drawFrame(reply);
      describe();
    },
    onChange() {
      rate.rest();
      drawToolbar();
    },
    onRest: describe,
    onAdvice: options.onAdvice,
    onError: showError,
  });

  /** @param {Reply} reply */
  function drawFrame(reply) {
    frame = reply;
    if (training.playing) rate.note(pace, reply.head.epoch, performance.now());
    figures.update(reply.arrays, reply.head);
    drawToolbar();
  }

  /** The pictures in words; too long a text to be renewed while they move. */
  function describe() {
    figures.describe(frame?.head);
    if (!frame) return;
    news = training.playing ? '' : t('playground:paused', lossTexts(frame.head));
    if (training.timeLine.away) news = t('playground:time.news', momentTexts(frame.head));
    drawToolbar();
  }

  /** @param {Reply} reply the first frame of an experiment, or with other settings */
  function begin(reply) {
    recording.end();
    presets.show();
    if (reply.head.goes_on) {
      training.timeLine.note(reply);
      show(reply);
    } else {
      if (reply.head.rewound) clearError();
      else rate.forget();
      beginAnew(reply);
    }
    onQueryChange();
  }

  /** @param {Reply} reply of a network at its start, or brought back */
  function beginAnew(reply) {
    training.timeLine.begin(reply);
    training.coach.forget();
    figures.begin(reply);
    touch.again();
    show(reply);
  }

  /** @param {Reply} reply that did not come from the player */
  function show(reply) {
    figures.note(reply);
    drawFrame(reply);
    describe();
  }

  /** @param {import('../../session/settings.js').Values} settings the person's */
  async function change(settings) {
    try {
      await training.timeLine.settle();
      const refused = await session.change(settings);
      if (refused === null) return;
      if (refused.length > 0) showError(...refused);
      else clearError();
    } catch (error) {
      showError(error);
    }
    if (visible) training.goOn();
  }

  /** @param {import('../../session/settings.js').Values} settings @param {boolean} anew */
  async function take(settings, anew) {
    training.coach.forget();
    await change(settings);
    if (anew) training.reset();
  }

  function toggle() {
    if (training.playing) training.stop();
    else training.play();
    clearError();
    describe();
  }

  const bar = make('div', 'toolbar');
  const time = make('div', 'time-line');
  const form = make('div', 'settings-column');
  const shape = document.createElement('div');

  function drawToolbar() {
    render(
      toolbar({
        frame,
        playing: training.playing,
        pace,
        rate: rate.of(pace),
        news,
        onToggle: toggle,
        onStep: () => training.step({ epochs: 1 }),
        onReset() {
          clearError();
          training.reset();
        },
        onPace: (next) => {
          pace = next;
          drawToolbar();
        },
        shareButton,
        onCode: script.show,
      }),
      bar,
    );
    render(timeRow(training.timeLine, training), time);
  }

  function drawForm() {
    const { table, values, invalid } = session;
    const state = { table, values, invalid, onChange: change };
    render(settingsForm(state), form);
    render(shapeField(state), shape);
  }

  function drawAll() {
    render(
      html`${bar} ${time} ${form}
        <div class="playground-network">${shape} ${network.element}</div>
        ${others.map((figure) => figure.element)} ${recording.element} ${script.element} ${presets.element}`,
      element,
    );
    drawForm();
    drawToolbar();
    recording.draw();
    script.draw();
    presets.draw();
    describe();
  }

  drawAll();
  onLanguageChange(drawAll);
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
      training.stop();
      // It has the settings that Python opens by itself, and no others.
      if (!frame && params.size === 0) recording.start();
      else recording.stop();
      const goesOn = training.wasInterrupted();
      const refused = await session.openAddress(params, tables);
      if (refused?.length) showError(...refused);
      if (!goesOn || !refused || !visible || !frame) return;
      training.play();
      describe();
    },
    close() {
      visible = false;
      recording.stop();
      training.stop();
    },
    forget() {
      training.interrupt();
      frame = null;
      this.close();
    },
    advice: () => training.coach.advice(take),
    holds: () => (frame ? (frame.head.step > 0 ? 'training' : 'start') : 'nothing'),
    query: session.query,
  };
}
