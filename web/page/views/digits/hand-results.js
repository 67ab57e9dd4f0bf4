// What learning a person's hand has brought: how much of it is read, and what became of MNIST's digits.
import { html, nothing } from 'lit';
import { formatPercent, t } from '../../i18n.js';

/** Units of the small charts. */
const [WIDTH, HEIGHT] = [100, 40];

/**
 * @param {import('../../../shared/protocol.js').NumberArray | undefined} table (n, 3): the epoch, the
 *   share of own test examples that are read, and of MNIST's; NaN where there are none
 * @param {number} epochs  in all
 */
export function results(table, epochs) {
  const count = table?.shape[0] ?? 0;
  if (!table || count === 0) return nothing;
  const column = (/** @type {number} */ at) =>
    Array.from({ length: count }, (_, i) => table.data[3 * i + at]);
  const [own, mnist] = [column(1), column(2)];
  return html`<div
    class="hand-results"
    data-testid="own-result"
    data-epoch=${count - 1}
    data-own=${known(own)}
    data-digits=${known(mnist)}
  >
    ${share('own', own, epochs)} ${share('digits', mnist, epochs)}
  </div>`;
}

/** @param {'own' | 'digits'} kind @param {number[]} shares @param {number} epochs */
function share(kind, shares, epochs) {
  const [first, last] = [shares[0], shares[shares.length - 1]];
  if (Number.isNaN(last)) return html`<p>${t(`digits:hand.${kind}Unknown`)}</p>`;
  const points = shares.map(
    (value, i) => `${(i / Math.max(1, epochs)) * WIDTH},${(1 - value) * HEIGHT}`,
  );
  return html`<figure class="hand-curve" data-kind=${kind}>
    <svg viewBox="-2 -3 ${WIDTH + 4} ${HEIGHT + 6}" aria-hidden="true">
      <line x1="0" x2=${WIDTH} y1="0" y2="0" />
      <line x1="0" x2=${WIDTH} y1=${HEIGHT} y2=${HEIGHT} />
      <polyline points=${points.join(' ')} />
    </svg>
    <figcaption>
      ${t(`digits:hand.${kind}`, { before: formatPercent(first, 1), after: formatPercent(last, 1) })}
    </figcaption>
  </figure>`;
}

/** @param {number[]} shares */
function known(shares) {
  const last = shares[shares.length - 1];
  return Number.isNaN(last) ? nothing : last;
}
