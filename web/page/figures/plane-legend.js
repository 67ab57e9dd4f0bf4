/** What stands below the plane: what its colours mean, and what else may be seen on it. */
import { html, nothing } from 'lit';
import { button } from '../controls/buttons.js';
import { classMark } from '../controls/class-mark.js';
import { checkbox } from '../controls/fields.js';
import { formatNumber, formatPercent, t } from '../i18n.js';

/**
 * @param {object} options
 * @param {number} options.classes
 * @param {boolean} options.live  a network that learns what is drawn
 * @param {ReturnType<typeof import('./plane-picture.js').createPlanePicture>} options.picture
 * @param {ReturnType<typeof import('./plane-hand.js').createHand>} options.hand
 * @param {ReturnType<typeof import('./plane-paint.js').createPaint>} options.paint
 * @param {() => void} options.onPaint  begins or ends it
 * @param {number | null | undefined} options.distance  of the guess from the boundary, in sides
 * @param {() => void} options.onHand  the hand does something else now
 */
export function planeLegend(options) {
  const { classes, picture, hand, distance, onHand } = options;
  return html`<div class="map-legend">
      ${classes > 2 ? classesLegend(classes) : classes === 0 ? heightLegend() : scaleLegend()}
      ${checkbox({
        label: t('playground:map.showTest'),
        testid: 'show-test',
        checked: picture.showTest,
        onChange(on) {
          picture.showTest = on;
          picture.paintScene();
        },
      })}
      ${
        classes > 0
          ? checkbox({
              label: t('playground:map.discrete'),
              testid: 'discrete',
              checked: picture.discrete,
              onChange(on) {
                picture.discrete = on;
                picture.paintMap();
              },
            })
          : nothing
      }
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
      <div class="map-hands">
      ${button({
        label: t('playground:map.guess'),
        title: t('playground:map.guessTitle'),
        testid: 'draw-guess',
        kind: 'quiet',
        disabled: !options.live,
        pressed: hand.sketching,
        onClick() {
          if (options.paint.on) options.paint.stop();
          hand.sketch(!hand.sketching);
          onHand();
        },
      })}
      ${button({
        label: t('playground:paint.start'),
        title: t('playground:paint.startTitle'),
        testid: 'paint-points',
        kind: 'quiet',
        disabled: !options.live,
        pressed: options.paint.on,
        onClick: options.onPaint,
      })}
      </div>
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

/** @param {number} number  of the figure @param {number} classes  0: of a surface */
export function planeCaption(number, classes) {
  const caption = classes === 0 ? 'captionSurface' : classes > 2 ? 'captionMany' : 'caption';
  return html`<figcaption>
    <b>${t('playground:figure', { number })}</b> ${t(`playground:map.${caption}`)}
  </figcaption>`;
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

function heightLegend() {
  return html`<div class="legend-scale numbers">
    <span>${formatNumber(-1)}</span>
    <span class="scale-bar" aria-hidden="true"></span>
    <span>${formatNumber(1)}</span>
  </div>`;
}

function scaleLegend() {
  return html`<div class="legend-scale">
    <span>${classMark(2, 0)} ${t('playground:map.orange')}</span>
    <span class="scale-bar" aria-hidden="true"></span>
    <span>${classMark(2, 1)} ${t('playground:map.blue')}</span>
  </div>`;
}
