/**
 * The playground: a small network learns to divide a plane. This file brings its parts together:
 * settings and training, the figures, the form and the bar.
 */
import { html, render } from 'lit';
import { make } from '../../element.js';
import { together } from '../../figures/figure.js';
import { createLossesFigure } from '../../figures/losses.js';
import { createNetworkFigure } from '../../figures/network.js';
import { createPlaneFigure } from '../../figures/plane.js';
import { onLanguageChange } from '../../i18n.js';
import { onSpace } from '../../keyboard.js';
import { createDrawPace } from '../../session/draw-pace.js';
import { createBar } from './bar.js';
import { createByHand } from './by-hand.js';
import { createDataPictures } from './data-pictures.js';
import { isUnusual } from './more-settings.js';
import { createPresets } from './presets.js';
import { createRecording } from './recording.js';
import { createScript } from './script.js';
import { createSession } from './session.js';
import { settingsForm, shapeField } from './settings.js';
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
  let visible = false;
  const pace = createDrawPace();
  /** Whether the settings that are seldom needed are seen. */
  let unfolded = false;

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
    onPut: (changes) => byHand(changes),
    onUnit: (picture) => plane.lens(picture),
  });
  const plane = createPlaneFigure({
    number: 2,
    onPoint: (point) => touch.point(point),
    onPut: (changes) => byHand(changes),
    onGuess: (guess) => change({ guess }),
  });
  const others = [plane, createLossesFigure({ number: 3 })];
  const figures = together([network, ...others]);
  const recording = createRecording({ engine, figures, diagram: network.element });
  const script = createScript({ session, step: () => frame?.head.measured, onError: showError });
  const presets = createPresets();
  const dataPictures = createDataPictures((dataset) => change({ dataset }));
  const bar = createBar({
    frame: () => frame,
    onToggle: toggle,
    onReset() {
      clearError();
      training.reset();
    },
    onCode: script.show,
  });
  const touch = createTouch({ call: session.call, onTouch: figures.touch, onError: showError });

  const training = createTraining({
    session,
    pace: bar.pace,
    onReply: figures.note,
    onDraw: drawFrame,
    onReset: beginAnew,
    onMoment(reply) {
      drawFrame(reply);
      describe();
    },
    onChange() {
      bar.rate.rest();
      bar.draw();
    },
    onRest: describe,
    onAdvice: options.onAdvice,
    onError: showError,
  });
  bar.serve(training);
  const byHand = createByHand({ put: training.put, onRest: onQueryChange, onError: showError });

  /** @param {Reply} reply */
  function drawFrame(reply) {
    frame = reply;
    const { playing } = training;
    pace.draw(playing, (brief) => {
      figures.update(reply.arrays, reply.head, playing, brief);
      if (brief) return;
      if (playing) bar.note(reply.head.epoch);
      bar.draw();
    });
  }

  /** The pictures in words; too long a text to be renewed while they move. */
  function describe() {
    figures.describe(frame?.head);
    bar.tell();
  }

  /** @param {Reply} reply the first frame of an experiment, or with other settings */
  function begin(reply) {
    recording.end();
    presets.show();
    dataPictures.show();
    if (reply.head.goes_on) {
      training.timeLine.note(reply);
      show(reply);
    } else {
      if (reply.head.rewound) clearError();
      else bar.rate.forget();
      beginAnew(reply);
    }
    onQueryChange();
  }

  /** @param {Reply} reply of a network at its start, or brought back */
  function beginAnew(reply) {
    training.timeLine.begin(reply);
    bar.begin(reply.head);
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

  const form = make('div', 'settings-column');
  const shape = document.createElement('div');

  function drawForm() {
    const { table, values, invalid } = session;
    const state = { table, values, invalid, onChange: change };
    unfolded ||= isUnusual(state);
    const fold = { open: unfolded, onToggle: (/** @type {boolean} */ open) => (unfolded = open) };
    render(settingsForm(state, fold), form);
    render(shapeField(state), shape);
    dataPictures.draw(state);
  }

  function drawAll() {
    render(
      html`${bar.bar} ${bar.time} ${dataPictures.element} ${form}
        <div class="playground-network">${shape} ${network.element}</div>
        ${others.map((figure) => figure.element)} ${recording.element} ${script.element} ${presets.element}`,
      element,
    );
    drawForm();
    bar.draw();
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
