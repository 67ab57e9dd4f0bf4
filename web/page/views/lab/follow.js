// A step followed line by line: the line of pynn that runs, and the arrays that it was given and made.
import { html, nothing, render } from 'lit';
import { live } from 'lit/directives/live.js';
import { button } from '../../controls/buttons.js';
import { icons } from '../../controls/icons.js';
import { make } from '../../element.js';
import { formatNumber, t } from '../../i18n.js';
import { labFault } from '../../session/errors.js';
import { highlight } from '../recipes/highlight.js';

/**
 * @typedef {[name: string, what: string, numbers: string]} Value
 * @typedef {[file: string, line: number, fn: string, given: Value[], made: Value[]]} Line
 */

const KINDS = ['dense', 'convolution', 'batch_norm', 'dropout'];
/** Lines of the file around the one that runs. */
const AROUND = 9;

/**
 * @param {object} options
 * @param {(action: string, args: object) => Promise<import('../../../shared/protocol.js').Reply | null>} options.ask
 * @param {() => Record<string, string>} options.changes
 * @param {(error: unknown) => void} options.onError
 */
export function createFollow({ ask, changes, onError }) {
  const element = make('dialog', 'dialog follow', { testid: 'follow' });
  const listing = make('pre', 'follow-listing', { testid: 'follow-listing' });
  listing.tabIndex = 0;
  listing.lang = 'en';
  /** @type {Line[]} */
  let lines = [];
  /** @type {Map<string, string[]>} */
  const texts = new Map();
  let kind = KINDS[0];
  let place = 0;

  element.addEventListener('keydown', (event) => {
    if (event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement)
      return;
    if (event.key === 'ArrowRight' || event.key === 'ArrowDown') go(place + 1);
    else if (event.key === 'ArrowLeft' || event.key === 'ArrowUp') go(place - 1);
    else return;
    event.preventDefault();
  });

  /** @param {string} next */
  async function load(next) {
    kind = next;
    const opening = !element.open;
    try {
      const reply = await ask('follow', { kind, changes: changes() });
      if (!reply?.head.lines) throw reply?.head.error ?? labFault('not_now');
      const files = new Set(reply.head.lines.map((/** @type {Line} */ [file]) => file));
      for (const file of files) {
        const own = changes()[file];
        const text = own ?? (await ask('text', { path: file }))?.head.text ?? '';
        texts.set(file, text.split('\n'));
      }
      lines = reply.head.lines;
      place = 0;
      if (opening) element.showModal();
      draw();
    } catch (error) {
      onError(error);
    }
  }

  /** @param {number} next */
  function go(next) {
    place = Math.min(lines.length - 1, Math.max(0, next));
    draw();
  }

  function draw() {
    if (lines.length === 0) return;
    const [file, number, fn, given, made] = lines[place];
    element.setAttribute('aria-label', t('lab:follow.title'));
    listing.setAttribute('aria-label', `pynn/${file}`);
    render(
      html`<div class="dialog-head">
          <h2>${t('lab:follow.title')}</h2>
          ${button({ label: t('script.close'), icon: icons.close, iconOnly: true, kind: 'quiet', onClick: () => element.close() })}
        </div>
        <div class="follow-bar">
          <select
            data-testid="follow-kind"
            aria-label=${t('lab:follow.kind')}
            @change=${(/** @type {Event} */ event) => void load(/** @type {HTMLSelectElement} */ (event.target).value)}
          >${KINDS.map((one) => html`<option value=${one} .selected=${live(one === kind)}>${t(`lab:follow.kinds.${one}`)}</option>`)}</select>
          ${button({ label: t('lab:follow.back'), testid: 'follow-back', disabled: place === 0, onClick: () => go(place - 1) })}
          ${button({ label: t('lab:follow.next'), testid: 'follow-next', kind: 'primary', disabled: place === lines.length - 1, onClick: () => go(place + 1) })}
          <input
            type="range"
            data-testid="follow-line"
            aria-label=${t('lab:follow.line')}
            min="0"
            max=${lines.length - 1}
            .value=${live(String(place))}
            @input=${(/** @type {Event} */ event) => go(Number(/** @type {HTMLInputElement} */ (event.target).value))}
          />
          <span class="follow-count">${t('lab:follow.count', { number: formatNumber(place + 1), count: formatNumber(lines.length) })}</span>
        </div>
        <p class="follow-where" data-testid="follow-where"><code>${fn}</code> · <code>pynn/${file}</code>, ${t('lab:status.line', { line: number })}</p>
        ${listing}
        <div class="follow-values" role="status" data-testid="follow-values">
          ${values(t('lab:follow.given'), given)} ${values(t('lab:follow.made'), made)}
        </div>`,
      element,
    );
    paint(texts.get(file) ?? [], number);
  }

  /** @param {string[]} text @param {number} number of the line that runs */
  function paint(text, number) {
    const first = Math.max(0, number - 1 - AROUND);
    const some = text.slice(first, number + AROUND);
    const rows = some.map((line, index) => {
      const row = make('span', 'follow-row');
      if (first + index + 1 === number) row.dataset.lit = 'true';
      const count = make('span', 'follow-number');
      count.textContent = String(first + index + 1);
      row.append(count, highlight(line), '\n');
      return row;
    });
    listing.replaceChildren(...rows);
  }

  return { element, open: () => void load(kind), draw };
}

/** @param {string} title @param {Value[]} list */
function values(title, list) {
  if (list.length === 0) return nothing;
  return html`<section><h3>${title}</h3>
    <dl>${list.map(
      ([name, what, numbers]) => html`<div><dt><code>${name}</code> <small>${what}</small></dt>
        <dd><pre tabindex="0">${numbers || t('lab:follow.empty')}</pre></dd></div>`,
    )}</dl></section>`;
}
