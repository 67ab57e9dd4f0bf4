/** The test images that the network got wrong, those first of which it was surest. */
import { html, render } from 'lit';
import { paintMistakes } from '../drawings/image-grid.js';
import { make } from '../element.js';
import { t } from '../i18n.js';
import './mistakes.css';

const MOST = 16;

/** @returns {import('./figure.js').Figure} */
export function createMistakesFigure() {
  const element = make('figure', 'figure-mistakes');
  const list = make('ul', 'mistakes', { testid: 'mistakes' });
  /** @type {Parameters<typeof paintMistakes>[1]} */
  let found = null;

  const describe = (/** @type {number} */ truth, /** @type {number} */ answer) =>
    t('digits:figures.mistake', { truth, answer });
  const repaint = () => paintMistakes(list, found, MOST, describe);

  return {
    element,
    // They come with the table of what is taken for what.
    picture: 'confusion',
    pace: 'test',
    repaint,
    draw() {
      list.setAttribute('aria-label', t('digits:figures.mistakesLabel'));
      render(
        html`${list}
          <figcaption>
            <b>${t('digits:figures.mistakes')}.</b> ${t('digits:figures.mistakesCaption')}
          </figcaption>`,
        element,
      );
      repaint();
    },
    begin() {
      found = null;
      repaint();
    },
    update({ mistakes: images, mistake_labels: labels }) {
      if (!images) return;
      found = { images, labels };
      repaint();
    },
  };
}
