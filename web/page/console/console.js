/** What a program writes and shows, in its order: text, and pictures that are drawn anew in place. */
import { html, nothing, render } from 'lit';
import { button } from '../controls/buttons.js';
import { icons } from '../controls/icons.js';
import { make } from '../element.js';
import { saveFile } from '../files.js';
import { formatNumber, onLanguageChange, t } from '../i18n.js';
import { onThemeChange } from '../theme.js';
import { createChart } from './curve-charts.js';
import { PICTURES } from './pictures.js';
import { createTextLog } from './text-log.js';
import './console.css';

/**
 * @typedef {import('../../shared/lab-protocol.js').Shown} Shown
 * @typedef {import('../../shared/lab-protocol.js').Entry} Entry
 * @typedef {import('./pictures.js').Picture} Picture
 */

/** So near to its end, the output follows what is added. */
const NEAR = 40;
/** Pictures that are kept: a program may show thousands of names. */
const MOST_PICTURES = 60;
const MOST_COMPARED = 500;

/** @param {{testid: string}} options */
export function createConsole({ testid }) {
  const element = make('div', 'console', { testid, role: 'log' });
  element.tabIndex = 0;
  const lost = make('p', 'console-lost');
  const flow = make('div', 'console-flow');
  element.append(lost, flow);
  const log = createTextLog();
  /** @type {Map<string, Picture>} */
  const pictures = new Map();
  /** @type {Map<string, import('./curve-charts.js').Chart>} */
  const charts = new Map();
  /** @type {Entry[]} */
  let compared = [];
  /** @type {HTMLElement | null} */
  let comparison = null;
  /** @type {(share: number) => void} */
  let tellShare = () => {};
  let following = true;
  /** Entries that are not on the screen yet. @type {Shown[]} */
  let waiting = [];
  let frame = 0;

  element.addEventListener('scroll', () => {
    following = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR;
  });

  /** @param {HTMLElement} block */
  function put(block) {
    log.close();
    flow.append(block);
  }

  /** @param {Entry} entry @param {Shown} shown */
  function add(entry, { arrays, blob }) {
    switch (entry.kind) {
      case 'text':
        return log.add(flow, entry.stream, entry.text);
      case 'left_out':
        return log.lose(entry.lines);
      case 'points':
        return chartOf(entry.chart).add(entry.name, arrays[entry.of.array]);
      case 'progress':
        return tellShare(entry.share);
      case 'compared':
        compared = [...compared.slice(1 - MOST_COMPARED), entry];
        return drawCompared();
      case 'file':
        return putFile(entry.name, blob ?? new Uint8Array());
      default:
        return pictureOf(entry)?.show(entry, arrays);
    }
  }

  /** @param {string} name */
  function chartOf(name) {
    const known = charts.get(name);
    if (known) return known;
    const chart = createChart(name);
    charts.set(name, chart);
    put(chart.element);
    return chart;
  }

  /** @param {Entry} entry */
  function pictureOf({ kind, key }) {
    if (!Object.hasOwn(PICTURES, kind)) return null;
    const name = `${kind} ${key}`;
    const known = pictures.get(name);
    if (known) return known;
    if (pictures.size >= MOST_PICTURES) {
      const [oldest, picture] = /** @type {[string, Picture]} */ (pictures.entries().next().value);
      picture.element.remove();
      pictures.delete(oldest);
    }
    const picture = PICTURES[kind]();
    pictures.set(name, picture);
    put(picture.element);
    return picture;
  }

  /** @param {string} name @param {Uint8Array} content */
  function putFile(name, content) {
    const place = make('p', 'console-file');
    put(place);
    const save = () => saveFile(name, content, 'application/octet-stream');
    const label = t('lab:output.file', { name });
    render(button({ label, icon: icons.save, testid: 'output-file', onClick: save }), place);
  }

  function drawCompared() {
    if (!comparison) {
      comparison = make('figure', 'console-table', { testid: 'output-compared' });
      comparison.tabIndex = 0;
      put(comparison);
    }
    const when = (/** @type {Record<string, any>} */ at) =>
      Object.entries(at)
        .map(
          ([name, value]) => `${typeof value === 'number' ? formatNumber(value) : value} ${name}`,
        )
        .join(', ');
    render(
      html`<table>
        <thead><tr><th scope="col">${t('lab:output.result')}</th><th scope="col">${t('lab:output.published')}</th><th scope="col">${t('lab:output.here')}</th></tr></thead>
        <tbody>${compared.map(
          ({ name, published, here, at }) => html`<tr data-equal=${String(published === here)}>
            <th scope="row">${name}${Object.keys(at).length > 0 ? html` <small>${when(at)}</small>` : nothing}</th>
            <td data-number>${published || '–'}</td>
            <td data-number>${here}${published === here ? html` <span class="equal">✓</span>` : nothing}</td>
          </tr>`,
        )}</tbody>
      </table>`,
      comparison,
    );
  }

  function draw() {
    frame = 0;
    const shown = waiting;
    waiting = [];
    const follow = following;
    for (const one of shown) for (const entry of one.entries) add(entry, one);
    lost.hidden = log.left === 0;
    if (log.left > 0)
      lost.textContent = t('lab:output.lost', { count: log.left, lines: formatNumber(log.left) });
    // Who watches a picture does not want it to be pushed away by text.
    if (follow && pictures.size + charts.size === 0) element.scrollTop = element.scrollHeight;
  }

  function relabel() {
    element.setAttribute('aria-label', t('lab:output.label'));
    flow.dataset.placeholder = t('lab:output.empty');
    for (const chart of charts.values()) chart.relabel();
    for (const picture of pictures.values()) picture.repaint();
    if (compared.length > 0) drawCompared();
  }

  lost.hidden = true;
  const forgetLanguage = onLanguageChange(relabel);
  const forgetTheme = onThemeChange(() => {
    for (const picture of pictures.values()) picture.repaint();
  });
  relabel();

  function clear() {
    waiting = [];
    for (const chart of charts.values()) chart.destroy();
    charts.clear();
    pictures.clear();
    compared = [];
    comparison = null;
    log.clear();
    lost.hidden = true;
    flow.replaceChildren();
    following = true;
  }

  return {
    element,
    /** @param {Shown} shown */
    show(shown) {
      waiting.push(shown);
      // A page out of sight draws no frames, and what comes must not pile up.
      if (document.hidden) draw();
      else if (!frame) frame = requestAnimationFrame(draw);
    },
    /** Nothing has been written or shown. */
    get empty() {
      return !flow.firstChild && waiting.length === 0;
    },
    /** All that has come is there. */
    settle: draw,
    clear,
    destroy() {
      clear();
      forgetLanguage();
      forgetTheme();
    },
    /** @param {(share: number) => void} listener  0 to 1, of the loop that is under way */
    onProgress(listener) {
      tellShare = listener;
    },
  };
}
