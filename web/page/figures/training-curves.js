// The two curves of a training, one above the other: the loss, and the share of right answers, each
// of training images and of test images.
import { createCurves } from '../drawings/curves.js';
import { make } from '../element.js';
import { formatPercent, onLanguageChange, t } from '../i18n.js';

/** @typedef {import('../../shared/protocol.js').NumberArray} NumberArray */

/** Where the axis of the accuracy begins, unless a network is worse than that. */
const LOWEST_ACCURACY = 0.8;

const SERIES = [
  { label: () => t('digits:training.learned'), colour: '--ink' },
  { label: () => t('digits:training.tested'), colour: '--accent', dash: [5, 4] },
];

const UNKNOWN = { right: NaN, loss: NaN, learned: NaN };

export function createTrainingCurves() {
  const lossPlace = make('div', 'chart');
  const accuracyPlace = make('div', 'chart');
  const losses = createCurves(lossPlace, {
    series: SERIES,
    // One name below both charts is enough.
    xLabel: () => '',
    yLabel: () => t('digits:training.loss'),
  });
  /**
   * The chart reads it anew at every drawing; the lower end falls where a network is bad.
   * @type {[number, number]}
   */
  const range = [LOWEST_ACCURACY, 1];
  const accuracies = createCurves(accuracyPlace, {
    series: SERIES,
    xLabel: () => t('digits:training.epoch'),
    yLabel: () => t('digits:training.right'),
    yRange: range,
    yFormat: (value) => formatPercent(value, 0),
  });
  /** What the last test pass gave; it is drawn level until the next. */
  let last = UNKNOWN;
  /** The training images' loss as it was drawn last. */
  let loss = NaN;

  onLanguageChange(() => {
    losses.relabel();
    accuracies.relabel();
  });

  /** A point of every curve: so both charts always show the same epochs. @param {number} epoch */
  function draw(epoch) {
    losses.add([epoch, loss, last.loss]);
    accuracies.add([epoch, last.learned, last.right]);
  }

  return {
    places: [lossPlace, accuracyPlace],
    clear() {
      losses.clear();
      accuracies.clear();
      [last, loss, range[0]] = [UNKNOWN, NaN, LOWEST_ACCURACY];
    },
    /**
     * @param {Record<string, NumberArray>} arrays  `history`: epoch, loss; `tests`: epoch, accuracy,
     *   loss, and the training images' accuracy (NaN: not known)
     */
    add({ history, tests }) {
      const points = rows(history);
      /** @param {number} until  the epoch */
      const learned = (until) => {
        while (points.length > 0 && points[0][0] <= until) {
          const [point] = points.splice(0, 1);
          loss = point[1];
          draw(point[0]);
        }
      };
      for (const [epoch, right, testLoss, learnedRight] of rows(tests)) {
        learned(epoch);
        draw(epoch);
        last = { right, loss: testLoss, learned: learnedRight };
        draw(epoch);
        const lowest = Math.min(...[right, learnedRight].filter(Number.isFinite));
        range[0] = Math.min(range[0], Math.floor(10 * lowest) / 10);
      }
      learned(Infinity);
    },
  };
}

/**
 * @param {NumberArray | undefined} array (k, width)
 * @returns {number[][]}
 */
function rows(array) {
  if (!array) return [];
  const [count, width] = array.shape;
  const { data } = array;
  return Array.from({ length: count }, (_, i) =>
    Array.from(data.slice(i * width, (i + 1) * width), Number),
  );
}
