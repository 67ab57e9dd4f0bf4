/** The words of the network's diagram: names of units and what the note beside them says. */
import { html } from 'lit';
import { formatFixed, formatNumber, t } from '../i18n.js';
import { featureSign, PLAIN } from './network-features.js';
import { valueAt } from './network-touch.js';

/**
 * @typedef {import('./network-numbers.js').Seen} Seen
 * @typedef {import('../drawings/unit-picture.js').Place} Place
 * @typedef {import('../drawings/network-diagram.js').Edge} Edge
 */

/** @param {number[]} layers */
export function diagramText(layers) {
  if (layers.length === 0) return t('playground:network.empty');
  return t('playground:network.summary', { shape: layers.join(' – ') });
}

/** @param {number[]} layers @param {Place} place @param {string[]} [features]  the inputs */
export function unitName(layers, { layer, index }, features = PLAIN) {
  const number = index + 1;
  if (layer === 0) return t('playground:network.input', { name: featureSign(features[index]) });
  if (layer < layers.length - 1) return t('playground:network.unit', { layer, number });
  return layers[layer] > 1
    ? t('playground:network.output', { number })
    : t('playground:network.theOutput');
}

/** @param {number[]} layers @param {Edge} edge @param {string[]} features */
export function edgeName(layers, { layer, from, to }, features) {
  return t('playground:network.connection', {
    from: unitName(layers, { layer, index: from }, features),
    to: unitName(layers, { layer: layer + 1, index: to }),
  });
}

/**
 * @param {Seen} seen
 * @param {Place} place
 */
export function unitText({ frame, layers, features, touch }, place) {
  const lines = [unitName(layers, place, features)];
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
 * @param {Seen} seen
 * @param {Edge} edge
 */
export function edgeText({ frame, layers, features, touch }, { layer, from, to }) {
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
    edgeName(layers, { layer, from, to }, features),
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
