/** The playground's bar and the time line below it, with what they remember: the pace, the news. */
import { render } from 'lit';
import { createShareButton } from '../../controls/share-button.js';
import { make } from '../../element.js';
import { lossTexts } from '../../figures/losses.js';
import { t } from '../../i18n.js';
import { rateReadout } from './numbers.js';
import { createRate } from './rate.js';
import { momentTexts, timeRow } from './time-line.js';
import { STEADY, toolbar } from './toolbar.js';

/**
 * @param {object} options
 * @param {() => import('../../../shared/protocol.js').Reply | null} options.frame
 * @param {() => void} options.onToggle
 * @param {() => void} options.onReset
 * @param {() => void} options.onCode
 * @param {() => unknown} options.homeButton  what else is taken home
 */
export function createBar({ frame, onToggle, onReset, onCode, homeButton }) {
  const bar = make('div', 'toolbar');
  const time = make('div', 'time-line');
  const rate = createRate();
  const shareButton = createShareButton(draw);
  let pace = STEADY;
  /** As Python calls it. */
  let loss = '';
  let surface = false;
  let news = ''; // Said aloud when training stops.
  /** @type {ReturnType<typeof import('./training.js').createTraining> | null} */
  let training = null;

  function draw() {
    if (!training) return;
    const { step, playing, timeLine } = training;
    render(
      toolbar({
        frame: frame(),
        playing,
        pace,
        loss,
        surface,
        news,
        onToggle,
        onStep: () => step({ epochs: 1 }),
        onReset,
        onPace(next) {
          pace = next;
          draw();
        },
        shareButton,
        homeButton,
        onCode,
      }),
      bar,
    );
    render(timeRow(timeLine, training, rateReadout(rate.of(pace))), time);
  }

  return {
    bar,
    time,
    draw,
    rate,
    pace: () => pace,
    /** @param {ReturnType<typeof import('./training.js').createTraining>} made */
    serve(made) {
      training = made;
    },
    /** Another network. @param {Record<string, any>} head */
    begin(head) {
      loss = head.loss;
      surface = head.classes === 0;
    },
    /** A picture has come while it trains. @param {number} epoch */
    note: (epoch) => rate.note(pace, epoch, performance.now()),
    /** In words, for those who cannot see the pictures. */
    tell() {
      const head = frame()?.head;
      if (!head || !training) return;
      if (training.timeLine.away) news = t('playground:time.news', momentTexts(head));
      else news = training.playing ? '' : t('playground:paused', lossTexts(head));
      draw();
    },
  };
}
