/** Pictures that a program shows: each kind is drawn anew whenever a newer one of its name comes. */
import { html, render } from 'lit';
import { paintPoints } from '../drawings/data-points.js';
import { paintField } from '../drawings/decision-map.js';
import { paintImages } from '../drawings/image-row.js';
import { arrange, paintEdges } from '../drawings/network-diagram.js';
import { make } from '../element.js';
import { formatNumber, t } from '../i18n.js';

/**
 * @typedef {import('../../shared/lab-protocol.js').Entry} Entry
 * @typedef {import('../../shared/lab-protocol.js').Shown} Shown
 * @typedef {import('../../shared/protocol.js').NumberArray} NumberArray
 *
 * @typedef {object} Picture
 * @property {HTMLElement} element
 * @property {(entry: Entry, arrays: Shown['arrays']) => void} show
 * @property {() => void} repaint  size, theme or language have changed
 */

/** Units of a layer that are drawn one by one. */
const MOST_UNITS = 40;
const MOST_EDGES = 4_000;

/** @type {Record<string, () => Picture>} */
export const PICTURES = { images, map, network, table };

/** @param {unknown} value of an entry @param {Shown['arrays']} arrays @returns {NumberArray | null} */
const arrayOf = (value, arrays) => arrays[/** @type {any} */ (value)?.array] ?? null;

/** @returns {Picture} */
function images() {
  const { element, canvas, caption } = framed('output-images');
  /** @type {() => void} */
  let repaint = () => {};
  return {
    element,
    show(entry, arrays) {
      const numbers = arrayOf(entry.image, arrays);
      if (!numbers) return;
      repaint = () => {
        paintImages(canvas, numbers, entry.signed);
        canvas.setAttribute('aria-label', t('lab:output.images', { count: entry.count }));
        const more = entry.count > numbers.shape[0];
        const counts = { shown: formatNumber(numbers.shape[0]), count: formatNumber(entry.count) };
        caption.textContent = [entry.name, more ? t('lab:output.someImages', counts) : '']
          .filter(Boolean)
          .join(' · ');
      };
      repaint();
    },
    repaint: () => repaint(),
  };
}

/** @returns {Picture} */
function map() {
  const { element, canvas, caption } = framed('output-map');
  const dots = document.createElement('canvas');
  canvas.parentElement?.append(dots);
  /** @type {() => void} */
  let repaint = () => {};
  new ResizeObserver(() => repaint()).observe(dots);
  return {
    element,
    show(entry, arrays) {
      const field = arrayOf(entry.map, arrays);
      if (!field) return;
      const marks = (/** @type {unknown} */ value) => {
        const rows = arrayOf(value, arrays);
        if (!rows) return undefined;
        const x = rows.data.filter((_, k) => k % 3 < 2);
        return { x, y: rows.data.filter((_, k) => k % 3 === 2) };
      };
      const none = { x: new Float32Array(), y: new Float32Array() };
      const [train, test] = [marks(entry.map_train) ?? none, marks(entry.map_test)];
      const classes = Math.max(2, field.shape[0]);
      repaint = () => {
        paintField(canvas, asField(field));
        canvas.setAttribute('aria-label', t('lab:output.map'));
        caption.textContent = entry.name;
        paintPoints(dots, { train, test, extent: entry.extent, classes });
      };
      repaint();
    },
    repaint: () => repaint(),
  };
}

/** A single output is the chance of class 1: between the two it is undecided. @param {NumberArray} map */
function asField({ data, shape }) {
  if (shape[0] > 1) return { data, shape };
  return { data: data.map((chance) => 2 * chance - 1), shape: shape.slice(1) };
}

/** @returns {Picture} */
function network() {
  const { element, canvas, caption } = framed('output-network');
  const rows = make('div', 'console-layers');
  element.append(rows);
  /** @type {() => void} */
  let repaint = () => {};
  new ResizeObserver(() => repaint()).observe(canvas);
  return {
    element,
    show(entry, arrays) {
      /** @type {[string, number[], number][]} */
      const layers = entry.layers;
      const weights = Object.keys(entry)
        .filter((key) => key.startsWith('weights_'))
        .flatMap((key) => arrayOf(entry[key], arrays) ?? []);
      const sizes = [weights[0]?.shape[0] ?? 0, ...weights.map(({ shape }) => shape[1])];
      const drawn =
        entry.inputs.length === 1 &&
        sizes.every((size) => size > 0 && size <= MOST_UNITS) &&
        weights.reduce((sum, { data }) => sum + data.length, 0) <= MOST_EDGES &&
        weights.every(({ shape }, k) => shape[0] === sizes[k]);
      repaint = () => {
        canvas.hidden = !drawn;
        canvas.setAttribute('aria-label', t('lab:output.network'));
        caption.textContent = entry.name;
        const { clientWidth: width, clientHeight: height } = canvas;
        if (drawn && width > 0) {
          const layout = arrange(sizes, width - 24, height);
          paintEdges(canvas, layout, weights);
          paintUnits(canvas, layout);
        }
        const text = (/** @type {number[]} */ shape) => shape.join(' × ');
        render(
          html`<table><thead><tr><th scope="col">${t('lab:output.layer')}</th><th scope="col">${t('lab:output.shape')}</th><th scope="col">${t('lab:output.parameters')}</th></tr></thead>
            <tbody><tr><td>${t('lab:output.input')}</td><td>${text(entry.inputs)}</td><td></td></tr>
            ${layers.map(([name, shape, size]) => html`<tr><td><code>${name}</code></td><td>${text(shape)}</td><td>${formatNumber(size)}</td></tr>`)}</tbody></table>`,
          rows,
        );
      };
      repaint();
    },
    repaint: () => repaint(),
  };
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {import('../drawings/network-diagram.js').Layout} layout
 */
function paintUnits(canvas, { layers }) {
  const context = canvas.getContext('2d');
  if (!context) return;
  const style = getComputedStyle(canvas);
  context.fillStyle = style.getPropertyValue('--paper-now') || style.backgroundColor;
  context.strokeStyle = style.color;
  context.lineWidth = 1.5;
  for (const { x, y, size } of layers.flat()) {
    context.beginPath();
    context.arc(x, y, size / 2, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }
}

/** @returns {Picture} */
function table() {
  const element = make('figure', 'console-table', { testid: 'output-table' });
  element.tabIndex = 0;
  /** @type {() => void} */
  let repaint = () => {};
  return {
    element,
    show({ name, head, rows, count }) {
      repaint = () => {
        element.setAttribute('aria-label', name || t('lab:output.table'));
        const left = count - rows.length;
        render(
          html`<table>
              ${head.length > 0 ? html`<thead><tr>${head.map((/** @type {string} */ text) => html`<th scope="col">${text}</th>`)}</tr></thead>` : ''}
              <tbody>
                ${rows.map((/** @type {string[]} */ row) => html`<tr>${row.map((text) => html`<td ?data-number=${isNumeral(text)}>${text}</td>`)}</tr>`)}
              </tbody>
            </table>
            <figcaption>
              ${[name, left > 0 ? t('lab:output.moreRows', { count: left }) : ''].filter(Boolean).join(' · ')}
            </figcaption>`,
          element,
        );
      };
      repaint();
    },
    repaint: () => repaint(),
  };
}

/** @param {string} text */
const isNumeral = (text) => text.trim() !== '' && Number.isFinite(Number(text));

/** @param {string} testid */
function framed(testid) {
  const element = make('figure', `console-picture ${testid}`, { testid });
  const frame = make('div', 'console-canvas');
  const canvas = document.createElement('canvas');
  canvas.setAttribute('role', 'img');
  const caption = document.createElement('figcaption');
  frame.append(canvas);
  element.append(frame, caption);
  return { element, canvas, caption };
}
