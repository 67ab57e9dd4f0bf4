// The heart of the tab: the pad, the image that the network makes of it, the ten probabilities and
// the answer.
import { html, render } from 'lit';
import { button } from '../../controls/buttons.js';
import { createDrawingPad } from '../../controls/drawing-pad.js';
import { icons } from '../../controls/icons.js';
import { createProbabilityBars, paintBars, relabelBars } from '../../drawings/probability-bars.js';
import { paintInk } from '../../drawings/raster.js';
import { make } from '../../element.js';
import { onLanguageChange, t } from '../../i18n.js';
import { onThemeChange } from '../../theme.js';
import { createRecogniser } from './recogniser.js';

/** @typedef {import('../../../shared/protocol.js').Reply} Reply */

const BLANK = new Float32Array(28 * 28);

/**
 * @param {object} options
 * @param {(ink: import('../../controls/drawing-pad.js').Ink) => Promise<Reply>} options.recognise
 * @param {() => import('./session.js').Head | null} options.head
 * @param {(error: unknown) => void} options.onError
 */
export function createPadPanel({ recognise, head, onError }) {
  const element = make('section', 'digits-pad');
  element.setAttribute('aria-labelledby', 'digits-pad-title');
  const pad = createDrawingPad({ onChange: () => recogniser.drawn() });
  const bars = createProbabilityBars();
  const input = make('canvas', 'network-input', { testid: 'network-input', role: 'img' });

  /** @type {Reply | null} */
  let shown = null;
  let busy = false;

  const recogniser = createRecogniser({
    recognise,
    pad,
    show(reply, isBusy) {
      busy = isBusy;
      if (shown !== reply) {
        shown = reply;
        paint();
      }
      update();
    },
    onError,
  });

  function paint() {
    paintInk(input, shown?.arrays.input.data ?? BLANK, 28, 28);
    paintBars(bars, shown?.head.answer == null ? null : shown.arrays.probabilities.data);
  }

  /** One line under the answer: why it is missing, or why it should not be believed yet. */
  function remark() {
    if (pad.blank()) return '';
    const network = head();
    if (!network) return t('digits:pad.waiting');
    return network.step === 0 && !network.loaded ? t('digits:pad.guess') : '';
  }

  function update() {
    const answer = shown?.head.answer ?? null;
    render(
      html`<div class="digits-head">
          <h2 id="digits-pad-title">${t('digits:pad.title')}</h2>
          ${button({
            label: t('digits:pad.clear'),
            icon: icons.close,
            kind: 'quiet',
            testid: 'clear-pad',
            onClick: () => pad.clear(),
          })}
        </div>
        ${pad.element}
        <div class="seen">
          <div class="seen-input">
            <span class="seen-label">${t('digits:pad.input')}</span>
            ${input}
          </div>
          <div class="seen-answer">
            <span class="seen-label" id="answer-label">${t('digits:pad.answer')}</span>
            <output
              class="prediction"
              data-testid="prediction"
              data-value=${answer ?? ''}
              aria-labelledby="answer-label"
              aria-live="polite"
              aria-busy=${String(busy)}
              >${answer ?? '–'}</output
            >
            <span class="seen-remark">${remark()}</span>
          </div>
        </div>
        <figure>
          ${bars}
          <figcaption><b>${t('digits:pad.figure')}.</b> ${t('digits:pad.caption')}</figcaption>
        </figure>`,
      element,
    );
  }

  function relabel() {
    pad.relabel({
      label: t('digits:pad.label'),
      keys: t('digits:pad.keys'),
      hint: t('digits:pad.hint'),
      penDown: t('digits:pad.penDown'),
      penUp: t('digits:pad.penUp'),
    });
    relabelBars(bars, {
      group: t('digits:pad.probabilities'),
      bar: (digit) => t('digits:pad.probability', { digit }),
    });
    input.setAttribute('aria-label', t('digits:pad.inputLabel'));
    update();
  }

  onLanguageChange(relabel);
  onThemeChange(() => {
    pad.repaint();
    paint();
  });
  paint();
  relabel();

  return { element, update, recogniser };
}
