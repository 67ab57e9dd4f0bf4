/**
 * Test images with what they were read as: those that the network got wrong, the surest first, or
 * those in one cell of the confusion matrix.
 */
import { html, nothing, render } from 'lit';
import { button } from '../controls/buttons.js';
import { icons } from '../controls/icons.js';
import { paintMistakes } from '../drawings/image-grid.js';
import { make } from '../element.js';
import { t } from '../i18n.js';
import './mistakes.css';

/** @typedef {import('./figure.js').Arrays} Arrays */
/** @typedef {Parameters<typeof paintMistakes>[1]} Shown */

const MOST = 16;

export function createMistakesFigure() {
  const element = make('figure', 'figure-mistakes');
  const list = make('ul', 'mistakes', { testid: 'mistakes' });
  /** @type {Shown} */
  let worst = null;
  /** What is shown instead. @type {{truth: number, answer: number, images: Shown} | null} */
  let cell = null;

  const describe = (/** @type {number} */ truth, /** @type {number} */ answer) =>
    t(`digits:figures.${truth === answer ? 'rightly' : 'mistake'}`, { truth, answer });
  const repaint = () => paintMistakes(list, cell ? cell.images : worst, MOST, describe);

  function draw() {
    list.setAttribute('aria-label', t('digits:figures.mistakesLabel'));
    render(
      html`${list}
        <figcaption>
          <b>${t('digits:figures.mistakes')}.</b>
          ${
            cell
              ? t(`digits:figures.${cell.truth === cell.answer ? 'cellRight' : 'cell'}`, cell)
              : t('digits:figures.mistakesCaption')
          }
          ${
            cell
              ? button({
                  label: t('digits:figures.worst'),
                  icon: icons.close,
                  kind: 'quiet',
                  testid: 'all-mistakes',
                  onClick() {
                    cell = null;
                    draw();
                  },
                })
              : nothing
          }
        </figcaption>`,
      element,
    );
    repaint();
  }

  return {
    element,
    // They come with the table of what is taken for what.
    picture: 'confusion',
    pace: /** @type {const} */ ('test'),
    repaint,
    draw,
    begin() {
      worst = null;
      cell = null;
      draw();
    },
    /** @param {Arrays} arrays */
    update({ mistakes: images, mistake_labels: labels }) {
      if (!images) return;
      worst = { images, labels };
      // The cell was that of the test before.
      cell = null;
      draw();
    },
    /** @param {number} truth @param {number} answer @param {Arrays} arrays */
    showCell(truth, answer, { mistakes: images, mistake_labels: labels }) {
      cell = { truth, answer, images: { images, labels } };
      draw();
    },
  };
}
