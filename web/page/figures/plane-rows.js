/**
 * Points in words: the one that is pointed at, and those that are few enough to be told one by one,
 * what each should be, and the network's answer.
 */
import { html, nothing } from 'lit';
import { classMark } from '../controls/class-mark.js';
import { formatFixed, formatNumber, t } from '../i18n.js';
import { pointCode, pointText } from './plane-touch.js';
import './plane-rows.css';

/**
 * @typedef {import('../drawings/data-points.js').Points} Points
 * @typedef {import('./plane-touch.js').Point} Point
 */

/** XOR's, until the points have come. */
const WAITING = { x: [NaN, NaN, NaN, NaN, NaN, NaN, NaN, NaN], y: [0, 1, 1, 0] };
const MOST = 8;

/**
 * @param {object} options
 * @param {Points} [options.points]
 * @param {ArrayLike<number>} [options.answers]
 * @param {number} options.classes  0: of a surface
 * @param {Point | null} options.pinned
 * @param {(point: Point) => void} options.onPoint
 */
export function planeRows({ points = WAITING, classes, answers, pinned, onPoint }) {
  const rows = Array.from(points.y);
  // More than two outputs have no room here.
  if (rows.length > MOST || rows.length === 0 || classes > 2) return '';
  const shown = (/** @type {number} */ value) =>
    Number.isNaN(value) ? '…' : formatNumber(value, { maximumFractionDigits: 2 });
  return html`<table class="plane-rows numbers" data-testid="plane-rows">
    <tr>
      <th scope="row">${t('playground:map.rowPoint')}</th>
      ${rows.map((_, i) => {
        const [x1, x2] = [points.x[2 * i], points.x[2 * i + 1]];
        return html`<td><button
          type="button"
          class="button button-quiet"
          ?disabled=${Number.isNaN(x1)}
          aria-pressed=${String(pinned?.x1 === x1 && pinned?.x2 === x2)}
          @click=${() => onPoint({ x1, x2 })}
        >${shown(x1)}, ${shown(x2)}</button></td>`;
      })}
    </tr>
    <tr>
      <th scope="row">${t('playground:map.rowWanted')}</th>
      ${rows.map((wanted) => html`<td>${classes > 0 ? classMark(2, wanted) : ''} ${formatNumber(wanted)}</td>`)}
    </tr>
    <tr>
      <th scope="row">${t('playground:map.rowAnswer')}</th>
      ${rows.map((_, i) => html`<td>${answers ? formatFixed(answers[i], 3) : '…'}</td>`)}
    </tr>
  </table>`;
}

/**
 * @param {Point | null} point  that is pointed at
 * @param {ArrayLike<number> | null | undefined} answer  the network's; none yet
 * @param {number} classes  0: of a surface
 */
export function pointLine(point, answer, classes) {
  return html`<p
    class="map-point numbers"
    id="map-point"
    data-testid="map-point"
    aria-live="polite"
    title=${point ? pointCode(point, answer) : nothing}
  >
    ${point ? pointText(point, answer, classes) : t('playground:map.hint')}
  </p>`;
}
