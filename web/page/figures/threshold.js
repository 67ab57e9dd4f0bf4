/** How sure a network must be to answer at all: what it then answers, and how often it is right. */
import { html, render } from 'lit';
import { make } from '../element.js';
import { formatPercent, t } from '../i18n.js';
import './threshold.css';

/**
 * @param {object} options
 * @param {(threshold: number) => void} options.onChange  from 0 to 1
 */
export function createThresholdFigure({ onChange }) {
  const element = make('figure', 'figure-threshold');
  /** In percent. */
  let threshold = 0;
  /** For each percent the share that is answered, and of those the share that is right. */
  let table = /** @type {ArrayLike<number> | null} */ (null);

  function draw() {
    const [answered, right] = [0, 1].map((column) => table?.[2 * threshold + column] ?? 0);
    render(
      html`<label class="threshold">
          <span>${t('digits:figures.threshold')}</span>
          <input
            type="range"
            data-testid="threshold"
            min="0"
            max="99"
            step="1"
            .value=${String(threshold)}
            data-value=${threshold / 100}
            aria-valuetext=${formatPercent(threshold / 100, 0)}
            @input=${(/** @type {Event} */ event) => {
              threshold = Number(/** @type {HTMLInputElement} */ (event.target).value);
              draw();
              onChange(threshold / 100);
            }}
          />
          <output>${formatPercent(threshold / 100, 0)}</output>
        </label>
        <figcaption data-testid="threshold-result" data-answered=${answered} data-right=${right}>
          <b>${t('digits:figures.thresholdFigure')}.</b>
          ${
            table
              ? t('digits:figures.thresholdResult', {
                  answered: formatPercent(answered, 1),
                  right: answered ? formatPercent(right, 2) : '–',
                })
              : t('digits:figures.thresholdWaiting')
          }
        </figcaption>`,
      element,
    );
  }

  return {
    element,
    // It comes with the table of what is taken for what.
    picture: 'confusion',
    pace: /** @type {const} */ ('test'),
    draw,
    begin() {
      table = null;
      draw();
    },
    /** @param {import('./figure.js').Arrays} arrays */
    update({ thresholds }) {
      if (!thresholds) return;
      table = thresholds.data;
      draw();
    },
  };
}
