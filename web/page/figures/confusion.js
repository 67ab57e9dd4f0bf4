/** What the network takes for what, of the test images. */
import { html, render } from 'lit';
import {
  createConfusionMatrix,
  DIGITS,
  paintConfusion,
  relabelConfusion,
} from '../drawings/confusion-matrix.js';
import { make } from '../element.js';
import { t } from '../i18n.js';
import './confusion.css';

/** @returns {import('./figure.js').Figure} */
export function createConfusionFigure() {
  const element = make('figure', 'figure-confusion');
  const table = createConfusionMatrix(DIGITS);
  /** @type {ArrayLike<number> | null} */
  let counts = null;
  const repaint = () => paintConfusion(table, counts);

  return {
    element,
    picture: 'confusion',
    pace: 'test',
    repaint,
    draw() {
      relabelConfusion(table, {
        caption: t('digits:figures.confusionTable'),
        truth: t('digits:figures.truth'),
        answer: t('digits:figures.answer'),
      });
      render(
        html`${table}
          <figcaption>
            <b>${t('digits:figures.confusion')}.</b> ${t('digits:figures.confusionCaption')}
          </figcaption>`,
        element,
      );
      repaint();
    },
    begin() {
      counts = null;
      repaint();
    },
    update({ confusion }) {
      if (!confusion) return;
      counts = confusion.data;
      repaint();
    },
  };
}
