/** What the network takes for what, of the test images; a cell shows the images that are in it. */
import { html, nothing, render } from 'lit';
import { pressableCells } from '../drawings/confusion-cells.js';
import {
  createConfusionMatrix,
  DIGITS,
  paintConfusion,
  relabelConfusion,
} from '../drawings/confusion-matrix.js';
import { make } from '../element.js';
import { formatNumber, t } from '../i18n.js';
import { clothesName, hasClothes } from '../session/clothes.js';
import './confusion.css';

/**
 * @param {object} [options]
 * @param {(truth: number, answer: number) => void} [options.onCell]  one was pressed
 * @returns {import('./figure.js').Figure}
 */
export function createConfusionFigure({ onCell } = {}) {
  const element = make('figure', 'figure-confusion');
  const table = createConfusionMatrix(DIGITS);
  /** @type {ArrayLike<number> | null} */
  let counts = null;
  /** The classes are no digits, and have names. */
  let clothes = false;
  const repaint = () => paintConfusion(table, counts);
  if (onCell) {
    pressableCells(table, (truth, answer) => {
      if (counts?.[DIGITS.length * truth + answer]) onCell(truth, answer);
    });
  }

  /** How many of each digit's images are read right. */
  function recalls() {
    if (!counts) return nothing;
    const all = counts;
    const side = DIGITS.length;
    return html`<p class="recalls" data-testid="recalls">
      ${t('digits:figures.recalls')}
      ${DIGITS.map((digit, row) => {
        let total = 0;
        for (let column = 0; column < side; column += 1) total += all[side * row + column];
        const share = total ? all[side * row + row] / total : 0;
        return html`<span data-value=${share}
          ><b>${digit}</b> ${clothes ? clothesName(digit) : nothing} ${formatNumber(100 * share, { maximumFractionDigits: 1 })}</span
        > `;
      })}
    </p>`;
  }

  function draw() {
    relabelConfusion(table, {
      caption: t('digits:figures.confusionTable'),
      truth: t(`digits:${clothes ? 'clothes' : 'figures'}.truth`),
      answer: t('digits:figures.answer'),
    });
    render(
      html`${table}
        <figcaption>
          <b>${t('digits:figures.confusion')}.</b> ${t(`digits:${clothes ? 'clothes.confusion' : 'figures.confusionCaption'}`)}
          ${onCell ? t('digits:figures.confusionPress') : nothing}
        </figcaption>
        ${recalls()}`,
      element,
    );
    repaint();
  }

  return {
    element,
    picture: 'confusion',
    pace: 'test',
    repaint,
    draw,
    begin(reply) {
      counts = null;
      clothes = hasClothes(reply.head);
      draw();
    },
    update({ confusion }) {
      if (!confusion) return;
      counts = confusion.data;
      draw();
    },
  };
}
