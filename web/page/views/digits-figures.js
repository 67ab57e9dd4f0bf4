// Three looks into the network: what its first layer pays attention to, what it takes for what, and
// the test images that it gets wrong.
import { html, render } from 'lit';
import {
  createConfusionMatrix,
  paintConfusion,
  relabelConfusion,
} from '../drawings/confusion-matrix.js';
import { paintMistakes, paintWeights } from '../drawings/image-grid.js';
import { onLanguageChange, t } from '../i18n.js';
import { onThemeChange } from '../theme.js';

/** @typedef {import('./digits-session.js').Arrays} Arrays */

const MOST_MISTAKES = 16;

export function createFiguresPanel() {
  const element = document.createElement('section');
  element.className = 'digits-figures';
  element.setAttribute('aria-labelledby', 'digits-figures-title');
  const weights = document.createElement('canvas');
  weights.className = 'weights';
  weights.dataset.testid = 'weights';
  weights.setAttribute('role', 'img');
  const table = createConfusionMatrix();
  const mistakes = document.createElement('ul');
  mistakes.className = 'mistakes';
  mistakes.dataset.testid = 'mistakes';

  /** @type {Arrays} the newest of each kind */
  let latest = {};
  let inSight = false;
  let rounds = 0;
  /** The test images have been read anew, and what came of it is not here yet. */
  let outdated = false;
  /** Of a convolution; the weights shown are those of its filters. */
  let filters = false;
  new IntersectionObserver(([entry]) => {
    inSight = entry.isIntersecting;
  }).observe(weights);

  /** @param {Arrays} arrays what has changed */
  function paint(arrays) {
    if (arrays.weight_images?.shape[0]) paintWeights(weights, arrays.weight_images);
    if ('confusion' in arrays) paintConfusion(table, arrays.confusion.data);
    if ('mistakes' in arrays) paintMistakes(mistakes, found(arrays), MOST_MISTAKES, describe);
  }

  function paintAll() {
    paintWeights(weights, latest.weight_images?.shape[0] ? latest.weight_images : null);
    paintConfusion(table, latest.confusion?.data ?? null);
    paintMistakes(mistakes, latest.mistakes ? found(latest) : null, MOST_MISTAKES, describe);
  }

  function update() {
    render(
      html`<h2 id="digits-figures-title" class="digits-head">${t('digits:figures.title')}</h2>
        <figure class="figure-weights" ?hidden=${latest.weight_images?.shape[0] === 0}>
          <div class="weights-place">${weights}</div>
          <figcaption>
            <b>${t('digits:figures.weights')}.</b>
            ${t(`digits:figures.${filters ? 'filtersCaption' : 'weightsCaption'}`)}
          </figcaption>
        </figure>
        <figure class="figure-confusion">
          ${table}
          <figcaption>
            <b>${t('digits:figures.confusion')}.</b> ${t('digits:figures.confusionCaption')}
          </figcaption>
        </figure>
        <figure class="figure-mistakes">
          ${mistakes}
          <figcaption>
            <b>${t('digits:figures.mistakes')}.</b> ${t('digits:figures.mistakesCaption')}
          </figcaption>
        </figure>`,
      element,
    );
  }

  function relabel() {
    weights.setAttribute(
      'aria-label',
      t(`digits:figures.${filters ? 'filtersLabel' : 'weightsLabel'}`),
    );
    mistakes.setAttribute('aria-label', t('digits:figures.mistakesLabel'));
    relabelConfusion(table, {
      caption: t('digits:figures.confusionTable'),
      truth: t('digits:figures.truth'),
      answer: t('digits:figures.answer'),
    });
    paintAll();
    update();
  }

  onLanguageChange(relabel);
  onThemeChange(paintAll);
  relabel();

  return {
    element,
    /** What the next request should bring: images often only while somebody can see them. */
    wanted() {
      rounds += 1;
      return { weights: rounds % (inSight ? 3 : 30) === 0, confusion: outdated };
    },
    /** @param {Arrays} arrays of one reply */
    note(arrays) {
      if (arrays.confusion) outdated = false;
      else if (arrays.tests?.shape[0]) outdated = true;
    },
    /** @param {Arrays} arrays */
    draw(arrays) {
      latest = { ...latest, ...arrays };
      paint(arrays);
      if (arrays.weight_images?.shape[0] === 0) update();
    },
    /**
     * A new network: nothing is known about it yet.
     * @param {import('./digits-session.js').Head} head
     */
    clear({ layers }) {
      latest = {};
      outdated = false;
      filters = Array.isArray(layers[1]);
      relabel();
    },
  };
}

/** @param {Arrays} arrays */
function found(arrays) {
  return { images: arrays.mistakes, labels: arrays.mistake_labels };
}

/** @param {number} truth @param {number} answer */
function describe(truth, answer) {
  return t('digits:figures.mistake', { truth, answer });
}
