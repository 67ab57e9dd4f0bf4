/** The loss after each epoch, or the share of right answers. */
import { html, nothing, render } from 'lit';
import { checkbox } from '../controls/fields.js';
import { createCurves } from '../drawings/curves.js';
import { make } from '../element.js';
import { formatFixed, formatNumber, formatPercent, t } from '../i18n.js';
import './losses.css';

/** Numbers of a point, as Python sends them: the epoch, two losses, two accuracies. */
const WIDTH = 5;

/**
 * @param {{number: number}} options
 * @returns {import('./figure.js').Figure}
 */
export function createLossesFigure({ number }) {
  const element = make('figure', 'playground-chart');
  /** Of the run's newest. */
  let epoch = 0;
  /** What the pointer is on: an epoch and two values. @type {(number | null)[] | null} */
  let hovered = null;
  let log = false;
  let accuracy = false;
  const losses = chart('loss', 'loss-chart', formatLoss);
  const shares = chart('accuracy', 'accuracy-chart', (share) => formatPercent(share ?? 0));
  const shown = () => (accuracy ? shares : losses);

  /**
   * @param {'loss' | 'accuracy'} kind
   * @param {string} testid
   * @param {(value: number | null | undefined) => string} format
   */
  function chart(kind, testid, format) {
    const place = make('div', 'chart', { testid, role: 'img' });
    const share = kind === 'accuracy';
    const curves = createCurves(place, {
      series: [
        { label: () => t('playground:chart.train'), colour: '--ink' },
        { label: () => t('playground:chart.test'), colour: '--accent', dash: [5, 4] },
      ],
      xLabel: () => t('playground:epoch'),
      yLabel: () => t(share ? 'playground:accuracyShort' : 'playground:loss'),
      yRange: share ? [null, 1] : undefined,
      yFormat: share ? (value) => formatPercent(value, 0) : undefined,
      onHover(point) {
        if (String(point) === String(hovered)) return;
        hovered = point;
        drawWords();
      },
    });
    return { kind, place, curves, format };
  }

  function draw() {
    for (const { curves } of [losses, shares]) curves.relabel();
    drawWords();
  }

  function drawWords() {
    const { kind, format } = shown();
    const [at, train, test] = hovered ?? [];
    render(
      html`<div ?hidden=${accuracy}>${losses.place}</div>
        <div ?hidden=${!accuracy}>${shares.place}</div>
        <figcaption data-testid="chart-caption">
          <b>${t('playground:figure', { number })}</b>
          ${
            at == null
              ? t(`playground:chart.caption.${kind}`)
              : t(`playground:chart.at.${kind}`, { epoch: formatNumber(at) })
          }
          <span class="swatch swatch-train" aria-hidden="true"></span>
          ${t('playground:chart.train')} ${at == null ? nothing : format(train)}
          <span class="swatch swatch-test" aria-hidden="true"></span>
          ${t('playground:chart.test')} ${at == null ? nothing : format(test)}
          <span class="chart-choices">
            ${checkbox({
              label: t('playground:accuracyShort'),
              testid: 'show-accuracy',
              checked: accuracy,
              onChange(checked) {
                accuracy = checked;
                hovered = null;
                drawWords();
              },
            })}
            ${
              accuracy
                ? nothing
                : checkbox({
                    label: t('playground:chart.log'),
                    testid: 'log-scale',
                    checked: log,
                    onChange(checked) {
                      log = checked;
                      losses.curves.scale(log);
                    },
                  })
            }
          </span>
        </figcaption>`,
      element,
    );
  }

  return {
    element,
    draw,
    begin({ head }) {
      for (const { curves } of [losses, shares]) {
        if (head.rewound) curves.branch();
        else curves.clear();
      }
    },
    clear() {
      for (const { curves } of [losses, shares]) curves.clear();
    },
    note({ head, arrays }) {
      epoch = head.epoch;
      const { data } = arrays.history;
      for (let row = 0; row + WIDTH <= data.length; row += WIDTH) {
        const [at, trainLoss, testLoss, trainShare, testShare] = data.subarray(row, row + WIDTH);
        losses.curves.add([at, trainLoss, testLoss]);
        shares.curves.add([at, trainShare, testShare]);
      }
    },
    /** Where a moment of the past stands. */
    update(_, head) {
      const past = head.epoch < epoch ? head.epoch : null;
      for (const { curves } of [losses, shares]) curves.mark(past);
    },
    describe(head) {
      const summary = head
        ? t('playground:chart.summary', lossTexts(head))
        : t('playground:chart.empty');
      for (const { place } of [losses, shares]) place.setAttribute('aria-label', summary);
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
