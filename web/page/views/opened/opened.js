// One step, opened up: an example goes forward, back and into the weights, moment by moment.
import { html, nothing, render } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { floatBytes } from '../../../shared/protocol.js';
import { button } from '../../controls/buttons.js';
import { icons } from '../../controls/icons.js';
import { paintInk } from '../../drawings/raster.js';
import { make } from '../../element.js';
import { onLanguageChange, t } from '../../i18n.js';
import { cellOf, largest } from './cell.js';
import { createPicture } from './picture.js';
import { sourceOf } from './source.js';
import './opened.css';

/** @typedef {import('../../../shared/protocol.js').Reply} Reply */
/**
 * @typedef {object} Drawn
 * @property {Float32Array} image  of 28 x 28
 * @property {number} answer  what it was read as
 */

const SIDE = 28;

/**
 * @param {object} options
 * @param {import('../../session/engine.js').Engine} options.engine
 * @param {() => string} options.experiment  whose network is opened
 * @param {() => Drawn | null} [options.drawn]  the person's digit, where there is one
 * @param {() => boolean} [options.examples]  there are examples to train on
 * @param {(error: unknown) => void} options.onError
 */
export function createOpenedStep({ engine, experiment, drawn, examples = () => true, onError }) {
  const element = make('div', 'opened');
  const dialog = createRef();
  const input = make('canvas', 'opened-input', { role: 'img' });
  /** Made when it is first seen. @type {ReturnType<typeof createPicture> | null} */
  let picture = null;
  let shown = false;
  /** Whose network it is: it stays so while the dialog is open. */
  let whose = '';
  /** @type {Reply | null} */
  let step = null;
  /** @type {import('./cell.js').CellHead | null} */
  let cell = null;
  let number = 0;
  /** Its numbers, as far as they have come. @type {Float32Array | null} */
  let values = null;
  let example = 0;
  let truth = 0;
  /** Counts what was asked for: an older answer is dropped. */
  let asked = 0;

  const box = () => /** @type {HTMLDialogElement} */ (dialog.value);
  const moments = () => step?.head.moments ?? [];

  /** @param {'drawing' | 'example'} source */
  async function open(source) {
    const own = drawn?.();
    asked += 1;
    const mine = asked;
    try {
      const reply =
        source === 'drawing' && own
          ? await engine.call(whose, 'open_image', { image: floatBytes(own.image), truth })
          : await engine.call(whose, 'open_example', { place: example });
      if (mine !== asked) return;
      step = reply;
      values = null;
      if (!shown) {
        shown = true;
        draw();
        box().showModal();
      }
      await look(Math.min(number, moments().length - 1), null);
    } catch (error) {
      onError(error);
    }
  }

  /** @param {number} moment @returns {Promise<Float32Array>} */
  async function numbersOf(moment) {
    const { arrays } = await engine.call(whose, 'opened_moment', { number: moment });
    return arrays.values.data;
  }

  /** @param {number} moment @param {number | null} place  null: the largest number */
  async function look(moment, place) {
    asked += 1;
    const mine = asked;
    try {
      const known = moment === number && values;
      const numbers = known || (await numbersOf(moment));
      const at = place ?? largest(numbers);
      const { head } = await engine.call(whose, 'opened_cell', { number: moment, place: at });
      if (mine !== asked) return;
      number = moment;
      values = numbers;
      cell = /** @type {any} */ (head);
      picture ??= createPicture({ onPick: (next) => void look(number, next) });
      if (known) picture.mark(at);
      else picture.show(moments()[number], numbers, at);
      draw();
    } catch (error) {
      if (mine === asked) onError(error);
    }
  }

  function draw() {
    render(shown && step ? content() : nothing, element);
    if (!shown || !step) return;
    const { data, shape } = step.arrays.input;
    input.hidden = shape.length !== 2;
    if (!input.hidden) paintInk(input, data, SIDE, SIDE);
    input.setAttribute('aria-label', t('opened.input'));
  }

  function content() {
    const moment = moments()[number];
    return html`<dialog
      class="dialog opened-dialog"
      aria-labelledby="opened-title"
      data-testid="step-dialog"
      @close=${() => {
        shown = false;
        draw();
      }}
      @keydown=${(/** @type {KeyboardEvent} */ event) => {
        if (event.key === 'PageDown') void turn(1);
        if (event.key === 'PageUp') void turn(-1);
      }}
      ${ref(dialog)}
    >
      <div class="dialog-head">
        <h2 id="opened-title">${t('opened.title')}</h2>
        ${button({
          label: t('opened.close'),
          icon: icons.close,
          iconOnly: true,
          kind: 'quiet',
          testid: 'step-close',
          onClick: () => box().close(),
        })}
      </div>
      <div class="opened-source">
        ${input}
        ${sourceOf({
          step: /** @type {Reply} */ (step),
          truth,
          drawn: Boolean(drawn?.()),
          examples: examples(),
          onDrawing: () => void open('drawing'),
          onTruth(next) {
            truth = next;
            void open('drawing');
          },
          onExample(another) {
            if (another) example += 1;
            void open('example');
          },
        })}
      </div>
      <div class="opened-turn">
        ${button({
          label: t('opened.back'),
          testid: 'step-back',
          disabled: number === 0,
          onClick: () => void turn(-1),
        })}
        ${button({
          label: t('opened.next'),
          kind: 'primary',
          testid: 'step-next',
          disabled: number >= moments().length - 1,
          onClick: () => void turn(1),
        })}
        <label class="opened-choice field"
          ><span class="visually-hidden">${t('opened.moments')}</span
          ><select
            data-testid="step-moment"
            .value=${String(number)}
            @change=${(/** @type {Event} */ event) =>
              void look(Number(/** @type {HTMLSelectElement} */ (event.target).value), null)}
          >
            ${moments().map(
              (/** @type {any} */ { phase, name, letter }, /** @type {number} */ at) =>
                html`<option value=${at} .selected=${at === number}>
                  ${t(`opened.phases.${phase}`)} · ${name} · ${letter}
                </option>`,
            )}
          </select></label
        >
        <span class="opened-position"
          >${t('opened.position', { number: number + 1, count: moments().length })}</span
        >
      </div>
      ${moment ? body(moment) : nothing}
    </dialog>`;
  }

  /** @param {any} moment */
  function body({ phase, name, letter, shape, lines }) {
    return html`<div class="opened-body">
      <div class="opened-seen">
        <h3 data-testid="step-letter" data-phase=${phase} data-name=${name} data-letter=${letter}>
          ${t(`opened.phases.${phase}`)} · ${name} · <i>${letter}</i>
          <span class="opened-shape">${shape.join(' × ')}</span>
        </h3>
        <p class="opened-note">${t(`opened.letters.${letter}`)}. ${t('opened.press')}</p>
        ${picture?.element}
        ${
          lines.length
            ? html`<figure class="opened-code">
                <figcaption>${t('opened.code')}: ${lines[0][0]}</figcaption>
                <pre class="code" tabindex="0" data-testid="step-code">${lines
                  .map(
                    (/** @type {[string, number, string]} */ [, line, text]) => `${line}  ${text}`,
                  )
                  .join('\n')}</pre>
              </figure>`
            : nothing
        }
      </div>
      ${cell ? cellOf(cell, letter) : nothing}
    </div>`;
  }

  /** @param {1 | -1} by */
  function turn(by) {
    const next = number + by;
    if (next < 0 || next >= moments().length) return Promise.resolve();
    return look(next, null);
  }

  onLanguageChange(draw);

  return {
    element,
    /** With the person's digit, where there is one; else with an example to train on. */
    show() {
      whose = experiment();
      number = 0;
      const own = drawn?.();
      if (own) truth = Math.min(own.answer, 9);
      if (own || examples()) void open(own ? 'drawing' : 'example');
    },
  };
}
