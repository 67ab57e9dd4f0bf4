/** The playground's bar: play, step, reset, pace, the numbers, and what to take home. */
import { html } from 'lit';
import { button, playButton, segments } from '../../controls/buttons.js';
import { icons } from '../../controls/icons.js';
import { t } from '../../i18n.js';
import { numbers } from './numbers.js';
import './toolbar.css';

/**
 * From slow motion to flat out: what one request asks for, and how many milliseconds after it comes
 * the next, with a picture of the screen at the soonest. The last keeps Python busy all the time, and
 * has as many pictures as the screen.
 *
 * @typedef {object} Pace
 * @property {string} name
 * @property {(batches: number) => number} every  by the mini-batches of an epoch
 * @property {(batches: number) => object} ask
 * @property {boolean} [ahead]
 */

/** @type {Pace[]} */
const PACES = [
  { name: 'slow', every: () => 125, ask: () => ({ steps: 1, milliseconds: 10 }) },
  {
    name: 'steady',
    // Thirty epochs a second, each in two parts where it has as many.
    every: (batches) => (batches > 1 ? 0 : 25),
    ask: (batches) => ({ steps: Math.ceil(batches / 2), milliseconds: 10 }),
  },
  { name: 'fast', every: () => 0, ask: () => ({ epochs: 4, milliseconds: 10 }) },
  { name: 'max', every: () => 0, ask: () => ({ milliseconds: 14 }), ahead: true },
];
export const STEADY = PACES[1];

/**
 * @param {object} options
 * @param {import('../../../shared/protocol.js').Reply | null} options.frame
 * @param {boolean} options.playing
 * @param {Pace} options.pace
 * @param {string} options.loss  as Python calls it
 * @param {boolean} options.surface  its heights are learned, and no classes
 * @param {string} options.news    said to those who cannot see the pictures
 * @param {() => void} options.onToggle
 * @param {() => void} options.onStep
 * @param {() => void} options.onReset
 * @param {(pace: Pace) => void} options.onPace
 * @param {() => unknown} options.shareButton
 * @param {() => unknown} options.homeButton
 * @param {() => void} options.onCode
 */
export function toolbar(options) {
  const { frame, playing, pace, news } = options;
  const head = frame?.head ?? {};
  const disabled = frame === null;
  return html`<div class="toolbar-play">
      ${playButton({
        playing,
        name: t('playground:play.name'),
        playText: t('playground:play.play'),
        pauseText: t('playground:play.pause'),
        testid: 'play',
        disabled,
        onToggle: options.onToggle,
      })}
      ${button({
        label: t('playground:step'),
        title: t('playground:stepTitle'),
        icon: icons.step,
        testid: 'step',
        disabled,
        onClick: options.onStep,
      })}
      ${button({
        label: t('playground:reset'),
        title: t('playground:resetTitle'),
        icon: icons.reset,
        testid: 'reset',
        disabled,
        onClick: options.onReset,
      })}
      ${segments({
        label: t('playground:pace'),
        value: pace,
        choices: PACES.map((value) => ({ value, label: t(`playground:paces.${value.name}`) })),
        onChange: options.onPace,
        testid: 'pace',
      })}
    </div>
    ${numbers(head, options.loss, options.surface)}
    <div class="toolbar-take">
      ${options.shareButton()} ${options.homeButton()}
      ${button({
        label: t('playground:code'),
        title: t('playground:code'),
        icon: icons.code,
        testid: 'show-code',
        kind: 'quiet',
        disabled,
        onClick: options.onCode,
      })}
    </div>
    <p class="visually-hidden" role="status">${news}</p>`;
}
