// The middle of the tab: what is trained, the buttons, how far the training is, and its curves.
import { html, nothing, render } from 'lit';
import { button, playButton } from '../../controls/buttons.js';
import { icons } from '../../controls/icons.js';
import { progressBar, progressText } from '../../controls/progress-bar.js';
import { readout } from '../../controls/readout.js';
import { make } from '../../element.js';
import { createTrainingCurves } from '../../figures/training-curves.js';
import {
  formatFixed,
  formatMegabytes,
  formatNumber,
  formatPercent,
  onLanguageChange,
  t,
} from '../../i18n.js';
import { hasClothes } from '../../session/clothes.js';
import { MORE_EPOCHS } from './session.js';
import './training.css';

/** @typedef {import('../../../shared/protocol.js').Reply} Reply */
/** @typedef {ReturnType<typeof import('./session.js').createDigitsSession>} Session */

/**
 * @param {object} options
 * @param {() => Session} options.session
 * @param {() => unknown} options.choices  the fields of the first row
 * @param {() => unknown} options.layers  the network, layer by layer
 * @param {() => unknown} options.settings  the other fields
 * @param {{element: HTMLElement, update: () => void}} options.augment  what changes the images
 * @param {() => unknown} options.offer  a training that was left, to go on with
 * @param {() => unknown} options.model  what can be done with the network
 * @param {() => void} options.onPlay  also for more epochs after the last
 * @param {() => void} options.onPause
 * @param {() => void} options.onReset
 * @param {() => void} options.onRetry  the images are to be fetched once more
 */
export function createTrainingPanel(options) {
  const { session } = options;
  const element = make('section', 'digits-training');
  element.setAttribute('aria-labelledby', 'digits-training-title');
  const curves = createTrainingCurves();

  function buttons() {
    const { head, training } = session().state;
    // What comes after the goal is asked for by this button too, and it says so.
    const over = head?.status === 'finished' && !training;
    return html`<div class="digits-buttons">
      ${playButton({
        playing: training,
        name: over
          ? t('digits:training.trainOnName', { count: MORE_EPOCHS })
          : t('digits:training.trainName'),
        playText: t(`digits:training.${over ? 'trainOn' : 'train'}`),
        pauseText: t('digits:training.pause'),
        testid: 'digits-train',
        onToggle: training ? options.onPause : options.onPlay,
      })}
      ${button({
        label: t('digits:training.more', { count: MORE_EPOCHS }),
        icon: icons.plus,
        testid: 'digits-more',
        disabled: head?.status !== 'finished',
        onClick: options.onPlay,
      })}
      ${button({
        label: t('digits:training.reset'),
        icon: icons.reset,
        testid: 'digits-reset',
        disabled: !head,
        onClick: options.onReset,
      })}
    </div>`;
  }

  /** Smaller steps than a whole training. */
  function steps() {
    const { head, training } = session().state;
    return html`<div class="digits-steps">
      ${button({
        label: t('digits:training.batch'),
        icon: icons.step,
        kind: 'quiet',
        testid: 'digits-one-batch',
        disabled: !head || training,
        onClick: () => session().batch(),
      })}
      ${button({
        label: t('digits:training.oneEpoch'),
        icon: icons.step,
        kind: 'quiet',
        testid: 'digits-one-epoch',
        disabled: !head || training,
        onClick: () => session().epoch(),
      })}
    </div>`;
  }

  function progress() {
    const { text, share } = situation(session().state);
    const { failed } = session().state;
    return html`<div class="digits-progress">
      ${progressBar(share)}
      ${progressText({ testid: 'digits-status', label: t('digits:status.progress'), text, share })}
      ${
        failed
          ? button({
              label: t('digits:status.retry'),
              testid: 'digits-retry',
              onClick: options.onRetry,
            })
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
        mark: 'swatch-train',
      })}
      ${readout({
        testid: 'digits-test-accuracy',
        label: t('digits:training.accuracy'),
        value: head?.test_accuracy,
        format: (value) => formatPercent(value, 2),
        mark: 'swatch-test',
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
    options.augment.update();
    render(
      html`<h2 id="digits-training-title" class="digits-head">${t('digits:training.title')}</h2>
        <div class="digits-choices">${options.choices()}</div>
        ${
          hasClothes(session().state.head)
            ? html`<p class="digits-note" data-testid="clothes-note">${t('digits:clothes.note')}</p>`
            : nothing
        }
        ${options.layers()} ${options.offer()}
        <div class="digits-bar">${buttons()} ${progress()}</div>
        ${steps()}
        ${numbers()}
        <figure data-testid="digits-chart" role="group" aria-label=${t('digits:training.chartLabel')}>
          ${curves.places}
          <figcaption>
            <b>${t('digits:training.figure')}.</b> ${t('digits:training.caption')}
            <span class="swatch swatch-train" aria-hidden="true"></span>
            ${t('digits:training.learned')}
            <span class="swatch swatch-test" aria-hidden="true"></span>
            ${t('digits:training.tested')}
          </figcaption>
        </figure>
        <details class="digits-settings">
          <summary data-testid="digits-settings">${t('digits:training.settings')}</summary>
          <div class="digits-fields">${options.settings()}</div>
        </details>
        ${options.augment.element} ${options.model()}`,
      element,
    );
  }

  onLanguageChange(update);

  return {
    element,
    update,
    /** @param {Reply} reply @param {boolean} fresh  a network from its start */
    add({ arrays }, fresh) {
      if (fresh) curves.clear();
      curves.add(arrays);
    },
  };
}

/**
 * How long it will take, by the images a second; the tests take a little more.
 * @param {import('./session.js').Head} head
 */
function timeLeft({ speed, epoch, epochs, examples }) {
  if (!speed || epoch < 0.2) return '';
  const seconds = ((epochs - epoch) * examples) / speed;
  return seconds < 90
    ? t('digits:status.secondsLeft', { count: Math.ceil(seconds / 5) * 5 })
    : t('digits:status.minutesLeft', { count: Math.ceil(seconds / 60) });
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
    const goal = head.settings.epochs;
    if (head.epochs > goal) {
      return { text: t('digits:status.beyond', { count: goal, epoch, epochs }), share };
    }
    const text = t(`digits:status.${testing ? 'testing' : 'training'}`, { epoch, epochs });
    return { text: `${text} ${timeLeft(head)}`, share };
  }
  if (head.step > 0) return { text: t('digits:status.paused', { epoch, epochs }), share };
  return {
    text: t('digits:status.ready', { examples: formatNumber(head.examples), tests }),
    share,
  };
}
