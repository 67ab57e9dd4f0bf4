// The middle of the tab: what is trained, the buttons, how far the training is, and its curves.
import { html, nothing, render } from 'lit';
import { button, playButton } from '../controls/buttons.js';
import { icons } from '../controls/icons.js';
import { readout } from '../controls/readout.js';
import { createCurves } from '../drawings/curves.js';
import {
  formatFixed,
  formatMegabytes,
  formatNumber,
  formatPercent,
  onLanguageChange,
  t,
} from '../i18n.js';
import { MORE_EPOCHS } from './digits-session.js';

/** @typedef {import('../../shared/protocol.js').Reply} Reply */
/** @typedef {ReturnType<typeof import('./digits-session.js').createDigitsSession>} Session */

/** Where the axis of the accuracy begins, unless a network is worse than that. */
const LOWEST_ACCURACY = 0.8;

/**
 * @param {object} options
 * @param {() => Session} options.session
 * @param {() => unknown} options.choices  the fields of the first row
 * @param {() => unknown} options.settings  the other fields
 * @param {() => unknown} options.model  what can be done with the network
 * @param {() => void} options.onRetry  the images are to be fetched once more
 */
export function createTrainingPanel({ session, choices, settings, model, onRetry }) {
  const element = document.createElement('section');
  element.className = 'digits-training';
  element.setAttribute('aria-labelledby', 'digits-training-title');
  const lossPlace = chart();
  const accuracyPlace = chart();
  const loss = createCurves(lossPlace, {
    series: [{ label: () => t('digits:training.loss'), colour: '--ink' }],
    // One name below both charts is enough.
    xLabel: () => '',
    yLabel: () => t('digits:training.loss'),
  });
  /** The chart reads it anew at every drawing; the lower end falls where a network is bad. @type {[number, number]} */
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

  function buttons() {
    const { head, training } = session().state;
    return html`<div class="digits-buttons">
      ${playButton({
        playing: training,
        name: t('digits:training.trainName'),
        playText: t('digits:training.train'),
        pauseText: t('digits:training.pause'),
        testid: 'digits-train',
        onToggle: () => (training ? session().pause() : session().play()),
      })}
      ${button({
        label: t('digits:training.more', { count: MORE_EPOCHS }),
        icon: icons.plus,
        testid: 'digits-more',
        disabled: head?.status !== 'finished',
        onClick: () => session().play(),
      })}
      ${button({
        label: t('digits:training.reset'),
        icon: icons.reset,
        testid: 'digits-reset',
        disabled: !head,
        onClick: () => session().reset(),
      })}
    </div>`;
  }

  function progress() {
    const { text, share } = situation(session().state);
    const { failed } = session().state;
    return html`<div class="digits-progress">
      <svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
        <rect width="100" height="1" class="progress-track" />
        <rect width=${100 * share} height="1" class="progress-done" />
      </svg>
      <p
        class="numbers"
        data-testid="digits-status"
        role="progressbar"
        aria-label=${t('digits:status.progress')}
        aria-valuemin="0"
        aria-valuemax="100"
        aria-valuenow=${Math.round(100 * share)}
        aria-valuetext=${text}
      >${text}</p>
      ${
        failed
          ? button({ label: t('digits:status.retry'), testid: 'digits-retry', onClick: onRetry })
          : nothing
      }
    </div>`;
  }

  function numbers() {
    const { head } = session().state;
    const trained = head !== null && head.step > 0;
    return html`<div class="digits-numbers">
      ${readout({
        testid: 'digits-epoch',
        label: t('digits:training.epoch'),
        value: head?.epoch,
        format: (value) => formatFixed(value, 2),
      })}
      ${readout({
        testid: 'digits-loss',
        label: t('digits:training.loss'),
        value: head?.loss,
        format: (value) => formatFixed(value, 4),
        mark: 'swatch-loss',
      })}
      ${readout({
        testid: 'digits-test-accuracy',
        label: t('digits:training.accuracy'),
        value: head?.test_accuracy,
        format: (value) => formatPercent(value, 2),
        mark: 'swatch-accuracy',
      })}
      ${readout({
        testid: 'digits-speed',
        label: t('digits:training.speed'),
        value: trained ? head.speed : null,
        format: (value) => formatNumber(value, { maximumSignificantDigits: 3 }),
      })}
    </div>`;
  }

  function update() {
    render(
      html`<h2 id="digits-training-title" class="digits-head">${t('digits:training.title')}</h2>
        <div class="digits-choices">${choices()}</div>
        <div class="digits-bar">${buttons()} ${progress()}</div>
        ${numbers()}
        <figure data-testid="digits-chart" role="group" aria-label=${t('digits:training.chartLabel')}>
          ${lossPlace} ${accuracyPlace}
          <figcaption>
            <b>${t('digits:training.figure')}.</b> ${t('digits:training.caption')}
          </figcaption>
        </figure>
        <details class="digits-settings">
          <summary data-testid="digits-settings">${t('digits:training.settings')}</summary>
          <div class="digits-fields">${settings()}</div>
        </details>
        ${model()}`,
      element,
    );
  }

  onLanguageChange(() => {
    loss.relabel();
    accuracy.relabel();
    update();
  });

  /** @param {number[][]} points whose first gives the epoch */
  function hold(points) {
    const [[epoch]] = points.splice(0, 1);
    accuracy.add([epoch, tested]);
  }

  return {
    element,
    update,
    /** @param {Reply} reply @param {boolean} fresh */
    add({ arrays }, fresh) {
      if (fresh) {
        loss.clear();
        accuracy.clear();
        tested = NaN;
        accuracyRange[0] = LOWEST_ACCURACY;
      }
      const points = rows(arrays.history);
      const tests = rows(arrays.tests);
      loss.add(points.flat());
      // Level from one test pass to the next: so both charts always show the same epochs.
      for (const [epoch, value] of tests) {
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
 * What is going on, as a sentence and as the share of it that is done.
 * @param {Session['state']} state
 * @returns {{text: string, share: number}}
 */
function situation({ head, data, failed, opening, training }) {
  if (failed) return { text: t('digits:status.failed'), share: 0 };
  if (opening && data && data.loaded < data.total) {
    const [loaded, total] = [data.loaded, data.total].map(formatMegabytes);
    return { text: t('digits:status.data', { loaded, total }), share: data.loaded / data.total };
  }
  if (opening && data) return { text: t('digits:status.opening'), share: 1 };
  if (!head) return { text: t('digits:status.starting'), share: 0 };
  const testing = head.status === 'testing';
  // A test pass belongs to the epoch that has just ended.
  const epoch = formatNumber(testing ? Math.ceil(head.epoch) : Math.floor(head.epoch) + 1);
  const epochs = formatNumber(head.epochs);
  const tests = formatNumber(head.test_examples);
  const share = head.epochs ? Math.min(1, head.epoch / head.epochs) : 0;
  if (head.status === 'finished') {
    return { text: t('digits:status.finished', { count: head.epochs }), share: 1 };
  }
  if (head.status === 'diverged') return { text: t('digits:status.diverged'), share };
  if (training) {
    return {
      text: t(`digits:status.${testing ? 'testing' : 'training'}`, { epoch, epochs }),
      share,
    };
  }
  if (head.step > 0) return { text: t('digits:status.paused', { epoch, epochs }), share };
  return {
    text: t('digits:status.ready', { examples: formatNumber(head.examples), tests }),
    share,
  };
}

/**
 * @param {import('../../shared/protocol.js').NumberArray | undefined} array (k, 2)
 * @returns {number[][]}
 */
function rows(array) {
  if (!array) return [];
  return Array.from({ length: array.shape[0] }, (_, i) => [
    array.data[2 * i],
    array.data[2 * i + 1],
  ]);
}

function chart() {
  const place = document.createElement('div');
  place.className = 'chart';
  return place;
}
