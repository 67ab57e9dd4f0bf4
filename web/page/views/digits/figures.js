// Looks into the network that answers, under one heading: the page's until the own one has learned.
import { html, nothing, render } from 'lit';
import { make } from '../../element.js';
import { createBrokenFigure } from '../../figures/broken.js';
import { createConfusionFigure } from '../../figures/confusion.js';
import { together } from '../../figures/figure.js';
import { createLandscapeFigure } from '../../figures/landscape.js';
import { createMistakesFigure } from '../../figures/mistakes.js';
import { createRobustnessFigure } from '../../figures/robustness.js';
import { createThresholdFigure } from '../../figures/threshold.js';
import { createWeightsFigure } from '../../figures/weights.js';
import { formatNumber, formatPercent, onLanguageChange, t } from '../../i18n.js';
import { experimentOf } from './answerer.js';
import { createShipped } from './shipped.js';

/** @typedef {import('../../../shared/protocol.js').Reply} Reply */

/**
 * @param {object} options
 * @param {import('../../session/engine.js').Engine} options.engine
 * @param {() => import('./answerer.js').Answerer} options.answerer
 * @param {() => Float32Array | null} options.drawn  the person's digit as a network sees it
 * @param {() => boolean} options.resting  Python has nothing else to do
 * @param {() => void} options.onBroken  the network answers otherwise now
 * @param {(threshold: number) => void} options.onThreshold  less sure answers are none
 * @param {(error: unknown) => void} options.onError
 */
export function createFiguresPanel({
  engine,
  answerer,
  drawn,
  resting,
  onThreshold,
  onBroken,
  onError,
}) {
  const element = make('section', 'digits-figures');
  element.setAttribute('aria-labelledby', 'digits-figures-title');
  const mistakes = createMistakesFigure();
  const landscape = createLandscapeFigure({
    ask: (action, args) => engine.call(experiment(), action, args),
    drawn,
    onError,
  });
  const figures = together([
    createWeightsFigure(),
    createConfusionFigure({ onCell: showCell }),
    mistakes,
    createThresholdFigure({ onChange: onThreshold }),
    createRobustnessFigure({ measure }),
    landscape,
    createBrokenFigure({
      ask: (action, args) => engine.call(experiment(), action, args),
      onBroken,
      onError,
    }),
  ]);
  /** Whose network they show. @type {import('./answerer.js').Answerer | null} */
  let whose = null;
  /** With whose network they began. @type {import('./answerer.js').Answerer | null} */
  let begun = null;
  /** The own network, as it was opened, and the newest of its pictures. @type {Reply | null} */
  let opened = null;
  /** @type {Reply['arrays']} */
  let newest = {};
  const shipped = createShipped({
    engine,
    wanted: () => whose === 'shipped' && resting(),
    onReply: (reply) => {
      // It comes once more when it has been tested; what was done with it stays.
      if (begun !== 'shipped') figures.begin(reply);
      begun = 'shipped';
      figures.update(reply.arrays, reply.head);
      draw();
    },
  });

  /** How good the page's network is, once it has been tested. */
  function merit() {
    const { test_accuracy: accuracy, parameters } = shipped.head ?? {};
    if (whose !== 'shipped' || typeof accuracy !== 'number') return nothing;
    return html`<p class="figures-merit" data-testid="shipped-accuracy" data-value=${accuracy}>
      ${t('digits:figures.merit', {
        accuracy: formatPercent(accuracy, 2),
        parameters: formatNumber(parameters),
      })}
    </p>`;
  }

  function draw() {
    const key = whose === 'own' || opened === null ? 'title' : 'titleShipped';
    render(
      html`<h2 id="digits-figures-title" class="digits-head">${t(`digits:figures.${key}`)}</h2>
        ${merit()} ${figures.elements}`,
      element,
    );
  }

  /** Of the network that is shown. */
  const experiment = () => experimentOf(whose ?? 'shipped');

  /** @param {string} change */
  async function measure(change) {
    try {
      const { arrays } = await engine.call(experiment(), 'robustness', { change });
      return arrays.robustness?.data ?? null;
    } catch (error) {
      onError(error);
      return null;
    }
  }

  /** @param {number} truth @param {number} answer */
  async function showCell(truth, answer) {
    const asked = whose;
    try {
      const { arrays } = await engine.call(experiment(), 'cell', { truth, answer });
      if (whose === asked && arrays.mistakes) mistakes.showCell(truth, answer, arrays);
    } catch (error) {
      onError(error);
    }
  }

  /** Another network answers, or has been tested: the figures are that network's. */
  function follow() {
    const next = answerer();
    if (next !== whose && (next === 'shipped' || opened)) {
      whose = next;
      if (next === 'shipped') shipped.hidden();
      else if (opened) {
        figures.begin(opened);
        begun = 'own';
        figures.update(newest, opened.head);
      }
      draw();
    }
    // What is known of it is shown once, and found out in pauses.
    if (whose === 'shipped' && opened) void shipped.look();
  }

  onLanguageChange(draw);
  draw();

  return {
    element,
    follow,
    wanted: figures.wanted,
    /** The person has drawn. */
    drawn: landscape.follow,
    /** @param {Reply} reply @param {boolean} fresh  a network from its start */
    note(reply, fresh) {
      if (fresh) {
        opened = reply;
        newest = {};
        whose = null;
        begun = null;
      }
      figures.note(reply);
    },
    /** @param {Reply['arrays']} arrays @param {Record<string, any>} head */
    update(arrays, head) {
      newest = { ...newest, ...arrays };
      follow();
      if (whose === 'own') figures.update(arrays, head);
    },
    /** Python is gone, and all that it knew. */
    forget() {
      opened = null;
      whose = null;
      begun = null;
      shipped.forget();
    },
  };
}
