/**
 * The playground: a small network learns to divide a plane. This file brings its parts together:
 * settings and training, the figures, the form and the bar.
 */
import { html, render } from 'lit';
import { onPaste } from '../../drops.js';
import { make } from '../../element.js';
import { together } from '../../figures/figure.js';
import { onLanguageChange } from '../../i18n.js';
import { onSpace } from '../../keyboard.js';
import { createDrawPace } from '../../session/draw-pace.js';
import { createBar } from './bar.js';
import { createCloser } from './closer.js';
import { createForm } from './form.js';
import { createPerson } from './person.js';
import { createPresets } from './presets.js';
import { createRecording } from './recording.js';
import { createSession } from './session.js';
import { createTaking } from './taking.js';
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
  const whole = make('div', 'playground-view');

  /** The newest frame. @type {Reply | null} */
  let frame = null;
  let visible = false;
  const pace = createDrawPace();

  const session = createSession({
    engine,
    pause: () => training.pause(),
    onFields: () => form.draw(),
    onOpen: begin,
  });
  const { network, plane, losses, lesson, change, own } = createPerson({
    session: () => session,
    training: () => training,
    touch: () => touch,
    visible: () => visible,
    onTaken: clearError,
    onRest: onQueryChange,
    onError: showError,
  });
  const closer = createCloser({
    engine,
    tables,
    session: () => session,
    change,
    playing: () => training.playing,
    onError: showError,
  });
  const figures = together([network, plane, losses, ...closer.figures]);
  const recording = createRecording({ engine, figures, diagram: network.element });
  const presets = createPresets();
  const form = createForm({ session: () => session, onChange: change, onOwn: own.choose });
  const bar = createBar({
    frame: () => frame,
    onToggle: toggle,
    onReset() {
      clearError();
      training.reset();
    },
    onCode: () => taking.code(),
    homeButton: () => taking.button(),
  });
  const taking = createTaking({
    session,
    frame: () => frame,
    plane: plane.seen,
    onPoints: own.save,
    pause: () => training.stop(),
    onError: showError,
  });
  const touch = createTouch({
    ready: () => frame !== null,
    call: session.call,
    onTouch: figures.touch,
    onError: showError,
  });

  const training = createTraining({
    session,
    pace: bar.pace,
    along: closer.along,
    alongReset: closer.reset,
    onReply: figures.note,
    onDraw: drawFrame,
    onReset(reply) {
      beginAnew(reply);
      closer.begin(reply);
    },
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

  /** @param {Reply} reply */
  function drawFrame(reply) {
    frame = reply;
    lesson.update(reply.head);
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
    form.show();
    if (reply.head.goes_on) {
      training.timeLine.note(reply);
      show(reply);
    } else {
      if (reply.head.rewound) clearError();
      else bar.rate.forget();
      beginAnew(reply);
    }
    closer.begin(reply);
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

  function drawAll() {
    render(
      html`${bar.bar} ${bar.time} ${form.pictures} ${form.form}
        <div class="playground-network">${form.shape} ${network.element}</div>
        ${plane.element} ${losses.element} ${recording.element} ${closer.elements} ${presets.element} ${taking.elements}`,
      element,
    );
    lesson.draw();
    form.draw();
    bar.draw();
    recording.draw();
    taking.draw();
    closer.draw();
    presets.draw();
    describe();
  }

  render(html`${lesson.element} ${element}`, whole);
  drawAll();
  onLanguageChange(drawAll);
  onSpace(() => {
    if (!visible || !frame) return false;
    toggle();
    return true;
  });

  onPaste((event) => {
    if (visible && frame) own.paste(event);
  });

  return {
    element: whole,
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
      closer.forget();
      frame = null;
      this.close();
    },
    advice: () => training.coach.advice(take),
    holds: () => (frame ? (frame.head.step > 0 ? 'training' : 'start') : 'nothing'),
    query: session.query,
    takeFile: (file) => (/\.npz$/i.test(file.name) ? taking.bring(file) : own.take(file)),
  };
}
