/** The loss after each epoch. */
import { html, nothing, render } from 'lit';
import { checkbox } from '../controls/fields.js';
import { createCurves } from '../drawings/curves.js';
import { make } from '../element.js';
import { formatFixed, formatNumber, t } from '../i18n.js';
import './losses.css';

/**
 * @param {{number: number}} options
 * @returns {import('./figure.js').Figure}
 */
export function createLossesFigure({ number }) {
  const element = make('figure', 'playground-chart');
  /** Of the run's newest. */
  let epoch = 0;
  /** What the pointer is on: an epoch and its losses. @type {(number | null)[] | null} */
  let hovered = null;
  let log = false;
  const chart = make('div', 'chart', { testid: 'loss-chart', role: 'img' });
  const curves = createCurves(chart, {
    series: [
      { label: () => t('playground:trainLoss'), colour: '--ink' },
      { label: () => t('playground:testLoss'), colour: '--accent', dash: [5, 4] },
    ],
    xLabel: () => t('playground:epoch'),
    yLabel: () => t('playground:loss'),
    onHover(point) {
      if (String(point) === String(hovered)) return;
      hovered = point;
      drawWords();
    },
  });

  function draw() {
    curves.relabel();
    drawWords();
  }

  function drawWords() {
    const [at, train, test] = hovered ?? [];
    render(
      html`${chart}
        <figcaption data-testid="chart-caption">
          <b>${t('playground:figure', { number })}</b>
          ${
            at == null
              ? t('playground:chart.caption')
              : t('playground:chart.at', { epoch: formatNumber(at) })
          }
          <span class="swatch swatch-train" aria-hidden="true"></span>
          ${t('playground:chart.train')} ${at == null ? nothing : formatLoss(train)}
          <span class="swatch swatch-test" aria-hidden="true"></span>
          ${t('playground:chart.test')} ${at == null ? nothing : formatLoss(test)}
          ${checkbox({
            label: t('playground:chart.log'),
            testid: 'log-scale',
            checked: log,
            onChange(checked) {
              log = checked;
              curves.scale(log);
            },
          })}
        </figcaption>`,
      element,
    );
  }

  return {
    element,
    draw,
    begin({ head }) {
      if (head.rewound) curves.branch();
      else curves.clear();
    },
    clear: curves.clear,
    note({ head, arrays }) {
      epoch = head.epoch;
      curves.add(arrays.history.data);
    },
    /** Where a moment of the past stands. */
    update: (_, head) => curves.mark(head.epoch < epoch ? head.epoch : null),
    describe(head) {
      chart.setAttribute(
        'aria-label',
        head ? t('playground:chart.summary', lossTexts(head)) : t('playground:chart.empty'),
      );
    },
  };
}

/** @param {Record<string, any>} head of a frame @returns the values of a sentence about it */
export function lossTexts({ epoch, train_loss: train, test_loss: test }) {
  return { epoch: formatNumber(epoch), train: formatLoss(train), test: formatLoss(test) };
}

/** @param {number | null | undefined} loss Python sends none when it is not finite */
export function formatLoss(loss) {
  return loss == null || !Number.isFinite(loss) ? '∞' : formatFixed(loss, 4);
}
