/** The words of the network's diagram: names of units and what the note beside them says. */
import { formatFixed, t } from '../i18n.js';

/**
 * @typedef {import('../../shared/protocol.js').Reply} Reply
 * @typedef {import('../drawings/unit-picture.js').Place} Place
 * @typedef {import('../drawings/network-diagram.js').Edge} Edge
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

/** @param {Reply | null} frame @param {number[]} layers @param {Place} place */
export function unitText(frame, layers, place) {
  const name = unitName(layers, place);
  // The inputs have no bias.
  const bias = frame?.arrays[`biases/${place.layer - 1}`]?.data[place.index];
  return bias === undefined
    ? [name]
    : [name, t('playground:network.bias', { bias: formatFixed(bias, 3) })];
}

/** @param {Reply | null} frame @param {number[]} layers @param {Edge} edge */
export function edgeText(frame, layers, { layer, from, to }) {
  const weight = frame?.arrays[`weights/${layer}`]?.data[from * layers[layer + 1] + to] ?? 0;
  return [
    t('playground:network.connection', {
      from: unitName(layers, { layer, index: from }),
      to: unitName(layers, { layer: layer + 1, index: to }),
    }),
    t('playground:network.weight', { weight: formatFixed(weight, 3) }),
  ];
}
