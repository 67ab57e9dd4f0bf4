// The two curves of a training, one above the other: the loss, and the share of right answers.
import { createCurves } from '../drawings/curves.js';
import { make } from '../element.js';
import { formatPercent, onLanguageChange, t } from '../i18n.js';

/** @typedef {import('../../shared/protocol.js').NumberArray} NumberArray */

/** Where the axis of the accuracy begins, unless a network is worse than that. */
const LOWEST_ACCURACY = 0.8;

export function createTrainingCurves() {
  const lossPlace = chart();
  const accuracyPlace = chart();
  const loss = createCurves(lossPlace, {
    series: [{ label: () => t('digits:training.loss'), colour: '--ink' }],
    // One name below both charts is enough.
    xLabel: () => '',
    yLabel: () => t('digits:training.loss'),
  });
  /**
   * The chart reads it anew at every drawing; the lower end falls where a network is bad.
   * @type {[number, number]}
   */
  const accuracyRange = [LOWEST_ACCURACY, 1];
  const accuracy = createCurves(accuracyPlace, {
    series: [{ label: () => t('digits:training.accuracy'), colour: '--accent' }],
    xLabel: () => t('digits:training.epoch'),
    yLabel: () => t('digits:training.accuracy'),
    yRange: accuracyRange,
    yFormat: (value) => formatPercent(value, 0),
  });
  /** What the last test pass gave. */
  let tested = NaN;

  onLanguageChange(() => {
    loss.relabel();
    accuracy.relabel();
  });

  /** @param {number[][]} points whose first gives the epoch */
  function hold(points) {
    const [[epoch]] = points.splice(0, 1);
    accuracy.add([epoch, tested]);
  }

  return {
    places: [lossPlace, accuracyPlace],
    clear() {
      loss.clear();
      accuracy.clear();
      tested = NaN;
      accuracyRange[0] = LOWEST_ACCURACY;
    },
    /** @param {Record<string, NumberArray>} arrays `history`: epoch, loss; `tests`: epoch, accuracy */
    add({ history, tests }) {
      const points = rows(history);
      loss.add(points.flat());
      // Level from one test pass to the next: so both charts always show the same epochs.
      for (const [epoch, value] of rows(tests)) {
        while (points.length > 0 && points[0][0] <= epoch) hold(points);
        accuracy.add([epoch, tested, epoch, value]);
        tested = value;
        accuracyRange[0] = Math.min(accuracyRange[0], Math.floor(10 * value) / 10);
      }
      while (points.length > 0) hold(points);
    },
  };
}

/**
 * @param {NumberArray | undefined} array (k, 2)
 * @returns {number[][]}
 */
function rows(array) {
  if (!array) return [];
  const { data, shape } = array;
  return Array.from({ length: shape[0] }, (_, i) => [data[2 * i], data[2 * i + 1]]);
}

function chart() {
  const place = make('div', 'chart');
  return place;
}
