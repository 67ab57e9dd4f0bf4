/** Points that are few enough to be told one by one: what each should be, and the network's answer. */
import { html } from 'lit';
import { classMark } from '../controls/class-mark.js';
import { formatFixed, formatNumber, t } from '../i18n.js';
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
 * @param {Point | null} options.pinned
 * @param {(point: Point) => void} options.onPoint
 */
export function planeRows({ points = WAITING, answers, pinned, onPoint }) {
  const rows = Array.from(points.y);
  if (rows.length > MOST) return '';
  const shown = (/** @type {number} */ value) => (Number.isNaN(value) ? '…' : formatNumber(value));
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
      ${rows.map((wanted) => html`<td>${classMark(2, wanted)} ${wanted}</td>`)}
    </tr>
    <tr>
      <th scope="row">${t('playground:map.rowAnswer')}</th>
      ${rows.map((_, i) => html`<td>${answers ? formatFixed(answers[i], 3) : '…'}</td>`)}
    </tr>
  </table>`;
}
