/** The numbers in the playground's bar, each with its term and with the line of Python that gives it. */
import { html } from 'lit';
import { readout } from '../../controls/readout.js';
import { formatLoss } from '../../figures/losses.js';
import { formatFixed, formatNumber, formatPercent, t } from '../../i18n.js';

/** @param {number} rate */
function formatRate(rate) {
  return formatNumber(
    rate,
    rate < 10 ? { maximumFractionDigits: 1 } : { maximumSignificantDigits: 2 },
  );
}

/** @param {number | null} value  epochs a second, once it is known */
export function rateReadout(value) {
  return readout({
    testid: 'rate',
    label: t('playground:rate'),
    term: { key: 'rate' },
    value,
    format: formatRate,
  });
}

/**
 * @param {Record<string, any>} head  of a frame
 * @param {string} loss  as Python calls it
 * @param {boolean} surface  its heights are learned, and no classes
 */
export function numbers(head, loss, surface) {
  const measured = (
    /** @type {string} */ set,
    /** @type {string} */ what,
    /** @type {string} */ name,
  ) =>
    head[name] == null
      ? undefined
      : `evaluate(network, x_${set}, y_${set}, loss="${loss}").${what}  # ${head[name].toPrecision(6)}`;
  const format = surface ? (/** @type {number} */ share) => formatFixed(share, 3) : formatPercent;
  const shares = (/** @type {string} */ set, /** @type {string} */ name) => ({
    key: surface ? 'explained' : 'accuracy',
    code: surface ? explainedCode(head, set, name) : measured(set, 'accuracy', name),
  });
  return html`<div class="toolbar-numbers">
    ${readout({
      testid: 'epoch',
      label: t('playground:epoch'),
      term: { key: 'epoch', code: `step.epoch  # ${head.epoch ?? 0}` },
      value: head.epoch,
      format: formatNumber,
    })}
    ${readout({
      testid: 'train-loss',
      label: t('playground:trainLoss'),
      term: { key: 'trainLoss', code: measured('train', 'loss', 'train_loss') },
      value: head.train_loss,
      format: formatLoss,
      mark: 'swatch-train',
    })}
    ${readout({
      testid: 'test-loss',
      label: t('playground:testLoss'),
      term: { key: 'testLoss', code: measured('test', 'loss', 'test_loss') },
      value: head.test_loss,
      format: formatLoss,
      mark: 'swatch-test',
    })}
    ${readout({
      testid: 'train-accuracy',
      label: t(surface ? 'playground:trainExplained' : 'playground:trainAccuracy'),
      term: shares('train', 'train_accuracy'),
      value: head.train_accuracy,
      format,
    })}
    ${readout({
      testid: 'accuracy',
      label: t(surface ? 'playground:explained' : 'playground:accuracy'),
      term: shares('test', 'accuracy'),
      value: head.accuracy,
      format,
    })}
  </div>`;
}

/** @param {Record<string, any>} head @param {string} set @param {string} name */
function explainedCode(head, set, name) {
  if (head[name] == null) return undefined;
  const loss = `evaluate(network, x_${set}, y_${set}, loss="squared_error").loss`;
  return `1 - 2 * ${loss} / y_${set}.var()  # ${head[name].toPrecision(6)}`;
}
