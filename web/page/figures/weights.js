/** What the first layer pays attention to: the weights of its units, or the filters, as images. */
import { html, render } from 'lit';
import { paintWeights } from '../drawings/image-grid.js';
import { make } from '../element.js';
import { t } from '../i18n.js';
import './weights.css';

/** @returns {import('./figure.js').Figure} */
export function createWeightsFigure() {
  const element = make('figure', 'figure-weights');
  const canvas = make('canvas', 'weights', { testid: 'weights', role: 'img' });
  /** @type {import('../../shared/protocol.js').NumberArray | null} */
  let images = null;
  /** Of a convolution. */
  let filters = false;

  function repaint() {
    // A network whose first weights make no images has none of them.
    element.hidden = images?.shape[0] === 0;
    paintWeights(canvas, images?.shape[0] ? images : null);
  }

  return {
    element,
    picture: 'weights',
    pace: 'round',
    repaint,
    draw() {
      canvas.setAttribute(
        'aria-label',
        t(`digits:figures.${filters ? 'filtersLabel' : 'weightsLabel'}`),
      );
      render(
        html`<div class="weights-place">${canvas}</div>
          <figcaption>
            <b>${t('digits:figures.weights')}.</b>
            ${t(`digits:figures.${filters ? 'filtersCaption' : 'weightsCaption'}`)}
          </figcaption>`,
        element,
      );
      repaint();
    },
    begin({ head }) {
      filters = Array.isArray(head.layers[1]);
      images = null;
      this.draw();
    },
    update({ weight_images: newest }) {
      if (!newest) return;
      images = newest;
      repaint();
    },
  };
}
