// What goes through the network: a drawing and what it is to be, or an example to train on.
import { html, nothing } from 'lit';
import { button } from '../../controls/buttons.js';
import { icons } from '../../controls/icons.js';
import { formatPercent, t } from '../../i18n.js';
import { largest, shownNumber } from './cell.js';

const DIGITS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

/**
 * @param {object} options
 * @param {import('../../../shared/protocol.js').Reply} options.step  as it was opened
 * @param {number} options.truth  what the drawing is to be
 * @param {boolean} options.drawn  there is a drawing
 * @param {boolean} options.examples  there are examples to train on
 * @param {() => void} options.onDrawing
 * @param {(digit: number) => void} options.onTruth
 * @param {(another: boolean) => void} options.onExample
 */
export function sourceOf({ step, truth, drawn, examples, onDrawing, onTruth, onExample }) {
  const { head, arrays } = step;
  const ofDrawing = typeof head.place !== 'number';
  return html`<div class="opened-facts">
    <p class="opened-answer">
      ${answerOf(arrays.prediction.data)} · ${t('opened.loss', { loss: shownNumber(head.loss) })} ·
      ${t('opened.optimizer', { optimizer: head.optimizer })}
    </p>
    <div class="opened-sources">
      ${
        drawn
          ? button({
              label: t('opened.drawing'),
              pressed: ofDrawing,
              testid: 'step-drawing',
              onClick: onDrawing,
            })
          : nothing
      }
      ${
        examples
          ? button({
              label: t(ofDrawing ? 'opened.training' : 'opened.another'),
              icon: icons.dice,
              testid: 'step-example',
              onClick: () => onExample(!ofDrawing),
            })
          : nothing
      }
      ${
        ofDrawing
          ? truthField(truth, onTruth)
          : html`<span class="opened-truth" data-testid="step-place"
              >${head.place + 1}: ${[head.truth].flat().map(shownNumber).join(', ')}</span
            >`
      }
    </div>
    <p class="opened-note">${t('opened.note')}</p>
  </div>`;
}

/** @param {number} truth @param {(digit: number) => void} onTruth */
function truthField(truth, onTruth) {
  return html`<label class="opened-truth field"
    >${t('opened.truth')}
    <select
      data-testid="step-truth"
      @change=${(/** @type {Event} */ event) =>
        onTruth(Number(/** @type {HTMLSelectElement} */ (event.target).value))}
    >
      ${DIGITS.map(
        (digit) => html`<option value=${digit} .selected=${digit === truth}>${digit}</option>`,
      )}
    </select></label
  >`;
}

/** @param {ArrayLike<number>} outputs */
function answerOf(outputs) {
  if (outputs.length === 1) return t('opened.told', { answer: shownNumber(outputs[0]) });
  const best = largest(outputs);
  return t('opened.read', { answer: best, share: formatPercent(outputs[best], 1) });
}
