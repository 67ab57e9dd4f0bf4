/** How often the network is right when the test images are turned, shifted, thicker or noisy. */
import { html, nothing, render, svg } from 'lit';
import { button } from '../controls/buttons.js';
import { make } from '../element.js';
import { formatNumber, formatPercent, t } from '../i18n.js';
import './robustness.css';

const CHANGES = ['turn', 'shift', 'thickness', 'noise'];
/** Units of each drawing. */
const [WIDTH, HEIGHT] = [100, 60];

/**
 * @param {object} options
 * @param {(change: string) => Promise<ArrayLike<number> | null>} options.measure  how much, and the
 *   share of right answers, in turn; null: there is nothing to measure with
 */
export function createRobustnessFigure({ measure }) {
  const element = make('figure', 'figure-robustness');
  /** @type {Map<string, ArrayLike<number>>} */
  const curves = new Map();
  let measuring = false;
  /** Counts networks: what was measured of the one before is of no use. */
  let subject = 0;

  async function run() {
    const own = subject;
    measuring = true;
    draw();
    for (const change of CHANGES) {
      const curve = await measure(change);
      if (own !== subject) return;
      if (curve) curves.set(change, curve);
      draw();
    }
    measuring = false;
    draw();
  }

  /** @param {string} change */
  function drawing(change) {
    const curve = curves.get(change);
    const count = curve ? curve.length / 2 : 0;
    const [first, last] = [curve?.[0] ?? 0, curve?.[2 * count - 2] ?? 1];
    const points = Array.from({ length: count }, (_, i) => {
      const x = ((curve?.[2 * i] ?? 0) - first) / (last - first || 1);
      return [x * WIDTH, (1 - (curve?.[2 * i + 1] ?? 0)) * HEIGHT];
    });
    const shares = Array.from({ length: count }, (_, i) => curve?.[2 * i + 1] ?? 0);
    const name = t(`digits:robustness.${change}`);
    const told = count
      ? t('digits:robustness.told', {
          name,
          worst: formatPercent(Math.min(...shares), 0),
          best: formatPercent(Math.max(...shares), 0),
        })
      : name;
    return html`<div class="robustness-curve" data-testid="robustness-${change}" data-points=${count}>
      <svg viewBox="-3 -3 ${WIDTH + 6} ${HEIGHT + 6}" role="img" aria-label=${told}>
        ${[0, 0.5, 1].map(
          (share) =>
            svg`<line class="grid" x1="0" x2=${WIDTH} y1=${share * HEIGHT} y2=${share * HEIGHT} />`,
        )}
        ${points.length ? svg`<polyline points=${points.map((point) => point.join(',')).join(' ')} />` : nothing}
        ${points.map(
          ([x, y], i) =>
            svg`<circle cx=${x} cy=${y} r="1.8"><title>${formatNumber(curve?.[2 * i] ?? 0)}: ${formatPercent(shares[i], 0)}</title></circle>`,
        )}
      </svg>
      <span class="robustness-ends"
        ><span>${count ? formatNumber(first) : ''}</span
        ><span>${count ? formatNumber(last) : ''}</span></span
      >
      <span class="robustness-name">${name}</span>
    </div>`;
  }

  function draw() {
    render(
      html`<div class="robustness">${CHANGES.map(drawing)}</div>
        <figcaption>
          <b>${t('digits:robustness.figure')}.</b> ${t('digits:robustness.caption')}
          ${button({
            label: t(`digits:robustness.${measuring ? 'measuring' : 'measure'}`),
            testid: 'robustness',
            disabled: measuring,
            onClick: run,
          })}
        </figcaption>`,
      element,
    );
  }

  return {
    element,
    draw,
    begin() {
      subject += 1;
      measuring = false;
      curves.clear();
      draw();
    },
  };
}
