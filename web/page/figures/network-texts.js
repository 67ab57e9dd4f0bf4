/** The words of the network's diagram: names of units and what the note beside them says. */
import { html } from 'lit';
import { formatFixed, formatNumber, t } from '../i18n.js';
import { valueAt } from './network-touch.js';

/**
 * @typedef {import('../../shared/protocol.js').Reply} Reply
 * @typedef {import('../drawings/unit-picture.js').Place} Place
 * @typedef {import('../drawings/network-diagram.js').Edge} Edge
 * @typedef {import('./network-touch.js').Touch} Touch
 */

/** @param {number[]} layers */
export function diagramText(layers) {
  if (layers.length === 0) return t('playground:network.empty');
  return t('playground:network.summary', { shape: layers.join(' – ') });
}

/** @param {number[]} layers @param {Place} place */
export function unitName(layers, { layer, index }) {
  const number = index + 1;
  if (layer === 0) return t('playground:network.input', { number });
  if (layer < layers.length - 1) return t('playground:network.unit', { layer, number });
  return layers[layer] > 1
    ? t('playground:network.output', { number })
    : t('playground:network.theOutput');
}

/** @param {number[]} layers @param {Edge} edge */
export function edgeName(layers, { layer, from, to }) {
  return t('playground:network.connection', {
    from: unitName(layers, { layer, index: from }),
    to: unitName(layers, { layer: layer + 1, index: to }),
  });
}

/**
 * @param {Reply | null} frame
 * @param {number[]} layers
 * @param {Place} place
 * @param {Touch | null} touch
 */
export function unitText(frame, layers, place, touch) {
  const lines = [unitName(layers, place)];
  const of = (/** @type {string} */ name) => frame?.arrays[`${name}/${place.layer - 1}`];
  // The inputs have no bias.
  const bias = of('biases')?.data[place.index];
  if (bias !== undefined) lines.push(t('playground:network.bias', { bias: formatFixed(bias, 3) }));
  if (!touch) return lines;
  const sum = touch.arrays[`touch/sums/${place.layer - 1}`]?.data[place.index];
  if (sum !== undefined) lines.push(t('playground:network.sum', { sum: formatFixed(sum, 3) }));
  return [
    ...lines,
    t('playground:network.value', { value: formatFixed(valueAt(touch, place), 3) }),
  ];
}

/**
 * @param {Reply | null} frame
 * @param {number[]} layers
 * @param {Edge} edge
 * @param {Touch | null} touch
 */
export function edgeText(frame, layers, { layer, from, to }, touch) {
  const place = from * layers[layer + 1] + to;
  const weight = frame?.arrays[`weights/${layer}`]?.data[place] ?? 0;
  const share = touch?.arrays[`touch/shares/${layer}`]?.data[place];
  const carried =
    touch && share !== undefined
      ? [
          t('playground:network.share', {
            value: formatFixed(valueAt(touch, { layer, index: from }), 3),
            share: formatFixed(share, 3),
          }),
        ]
      : [];
  return [
    edgeName(layers, { layer, from, to }),
    t('playground:network.weight', { weight: formatFixed(weight, 3) }),
    ...carried,
  ];
}

/**
 * The key to the lines: from the thickest orange to the thickest blue.
 *
 * @param {number} scale  what the thickest stands for
 * @param {boolean} carried  they show what they carry, and not their weights
 */
export function weightKey(scale, carried) {
  return html`<p class="weight-key numbers" data-testid="weight-key">
    <span>${t(`playground:network.${carried ? 'keyCarried' : 'key'}`)}</span>
    <span>${formatNumber(-scale)}</span>
    <svg viewBox="0 0 90 8" aria-hidden="true">
      <path class="negative" d="M0 0V8L45 4Z" /><path class="positive" d="M90 0V8L45 4Z" />
    </svg>
    <span>${formatNumber(scale)}</span>
  </p>`;
}
