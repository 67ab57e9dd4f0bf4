/** What stands below the plane: what its colours mean, and what else may be seen on it. */
import { html, nothing } from 'lit';
import { button } from '../controls/buttons.js';
import { classMark } from '../controls/class-mark.js';
import { checkbox } from '../controls/fields.js';
import { formatPercent, t } from '../i18n.js';

/**
 * @param {object} options
 * @param {number} options.classes
 * @param {boolean} options.showTest
 * @param {boolean} options.discrete
 * @param {ReturnType<typeof import('./plane-hand.js').createHand>} options.hand
 * @param {number | null | undefined} options.distance  of the guess from the boundary, in sides
 * @param {(on: boolean) => void} options.onShowTest
 * @param {(on: boolean) => void} options.onDiscrete
 * @param {() => void} options.onHand  the hand does something else now
 */
export function planeLegend(options) {
  const { classes, hand, distance, onHand } = options;
  return html`<div class="map-legend">
      ${classes > 2 ? classesLegend(classes) : scaleLegend()}
      ${checkbox({
        label: t('playground:map.showTest'),
        testid: 'show-test',
        checked: options.showTest,
        onChange: options.onShowTest,
      })}
      ${checkbox({
        label: t('playground:map.discrete'),
        testid: 'discrete',
        checked: options.discrete,
        onChange: options.onDiscrete,
      })}
      ${
        hand.possible
          ? checkbox({
              label: t('playground:map.lines'),
              testid: 'show-lines',
              checked: hand.lines,
              onChange(on) {
                hand.showLines(on);
                onHand();
              },
            })
          : nothing
      }
      ${button({
        label: t('playground:map.guess'),
        title: t('playground:map.guessTitle'),
        testid: 'draw-guess',
        kind: 'quiet',
        pressed: hand.sketching,
        onClick() {
          hand.sketch(!hand.sketching);
          onHand();
        },
      })}
    </div>
    ${hand.guess ? guessLine() : nothing}`;

  function guessLine() {
    const text =
      distance == null
        ? t('playground:map.guessAlone')
        : t('playground:map.guessDistance', { distance: formatPercent(distance) });
    return html`<p class="map-guess numbers">
      <span data-testid="guess-distance" data-value=${distance ?? nothing}>${text}</span>
      ${button({
        label: t('playground:map.guessForget'),
        kind: 'quiet',
        testid: 'forget-guess',
        onClick() {
          hand.forgetGuess();
          onHand();
        },
      })}
    </p>`;
  }
}

/** @param {number} classes */
function classesLegend(classes) {
  return html`<div class="legend-classes">
    ${Array.from(
      { length: classes },
      (_, index) =>
        html`<span>${classMark(classes, index)} ${t('playground:map.class', { number: index + 1 })}</span>`,
    )}
  </div>`;
}

function scaleLegend() {
  return html`<div class="legend-scale">
    <span>${classMark(2, 0)} ${t('playground:map.orange')}</span>
    <span class="scale-bar" aria-hidden="true"></span>
    <span>${classMark(2, 1)} ${t('playground:map.blue')}</span>
  </div>`;
}
