/** The data sets as small pictures, to be chosen by a press. */
import { html, nothing, render } from 'lit';
import { optionLabel } from '../../controls/labels.js';
import { paintPoints } from '../../drawings/data-points.js';
import { make } from '../../element.js';
import { t } from '../../i18n.js';
import { onThemeChange } from '../../theme.js';
import { fetchPictures } from './pictures.js';
import './data-pictures.css';

/** Their names, until Python's table has come. */
const WAITING = Array.from({ length: 7 }, () => '');

/** @param {(dataset: string) => void} onChoose */
export function createDataPictures(onChoose) {
  const element = make('div', 'data-pictures');
  /** @type {import('./pictures.js').Pictures | null} */
  let pictures = null;

  function repaint() {
    if (!pictures) return;
    for (const canvas of element.querySelectorAll('canvas')) {
      const points = pictures.datasets[String(canvas.dataset.name)];
      if (points) paintPoints(canvas, { ...points, train: points });
    }
  }

  onThemeChange(repaint);

  return {
    element,
    /** @param {import('./form-fields.js').Form} form */
    draw({ table, values }) {
      const options = table.find(({ name }) => name === 'dataset')?.options ?? WAITING;
      render(
        html`<h2>${t('playground:settings.data')}</h2>
          <div role="group" aria-label=${t('playground:settings.dataPictures')} data-testid="data-pictures">
            ${options.map((name) => {
              const label = name ? optionLabel('dataset', name) : '';
              return html`<button
                type="button"
                data-value=${name}
                aria-label=${label || nothing}
                title=${label || nothing}
                aria-pressed=${String(name !== '' && name === values.dataset)}
                ?disabled=${!name}
                aria-hidden=${name ? nothing : 'true'}
                @click=${() => onChoose(name)}
              ><canvas data-name=${name}></canvas></button>`;
            })}
          </div>`,
        element,
      );
      repaint();
    },
    /** Once Python is there: nobody waits for them. */
    async show() {
      pictures ??= await fetchPictures();
      repaint();
    },
  };
}
