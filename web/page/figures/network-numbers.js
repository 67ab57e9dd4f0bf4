/** The numbers of one unit or connection: what they are called, their values and gradients. */
import { formatFixed, t } from '../i18n.js';
import { unitName } from './network-texts.js';
import { valueAt } from './network-touch.js';

/**
 * @typedef {import('../../shared/protocol.js').Reply} Reply
 * @typedef {import('./network-subject.js').Subject} Subject
 * @typedef {import('../drawings/unit-picture.js').Place} Place
 *
 * @typedef {object} Seen
 * @property {Reply | null} frame
 * @property {number[]} layers  units in each layer, input first
 * @property {string[]} activations  of each layer but the inputs
 * @property {string[]} features  the inputs, as Python has them
 * @property {import('./network-touch.js').Touch | null} touch
 *
 * @typedef {object} Parameter
 * @property {string} name  as `pynn.live.edits` has it
 * @property {string} label
 * @property {number} value
 * @property {number | null} gradient  of the last mini-batch; null: there was none
 * @property {boolean} held
 */

/** Terms of a sum that are written out. */
const MOST_TERMS = 4;

/** @param {Seen} seen @param {Subject} subject @returns {Parameter[]} */
export function parametersOf(seen, subject) {
  if ('edge' in subject) {
    const { layer, from, to } = subject.edge;
    return [weight(seen, layer, from, to)];
  }
  const { layer, index } = subject.unit;
  if (layer === 0) return [];
  const inputs = Array.from({ length: seen.layers[layer - 1] ?? 0 }, (_, from) =>
    weight(seen, layer - 1, from, index),
  );
  return [bias(seen, layer - 1, index), ...inputs];
}

/** @param {Seen} seen @param {number} layer from 0 @param {number} from @param {number} to */
function weight({ frame, layers, features }, layer, from, to) {
  const arrays = frame?.arrays ?? {};
  const at = from * (arrays[`weights/${layer}`]?.shape[1] ?? 0) + to;
  const name = `w${layer + 1}.${from}.${to}`;
  return {
    name,
    label: t('playground:inspector.from', {
      from: unitName(layers, { layer, index: from }, features),
    }),
    value: arrays[`weights/${layer}`]?.data[at] ?? 0,
    gradient: arrays[`gradients/${layer}`]?.data[at] ?? null,
    held: !!frame?.head.held?.includes(name),
  };
}

/** @param {Seen} seen @param {number} layer from 0 @param {number} unit */
function bias({ frame }, layer, unit) {
  const arrays = frame?.arrays ?? {};
  const name = `b${layer + 1}.${unit}`;
  return {
    name,
    label: t('playground:inspector.bias'),
    value: arrays[`biases/${layer}`]?.data[unit] ?? 0,
    gradient: arrays[`bias_gradients/${layer}`]?.data[unit] ?? null,
    held: !!frame?.head.held?.includes(name),
  };
}

/**
 * What a unit or a connection does with the point that is followed, with today's numbers; without a
 * point, in letters.
 *
 * @param {Seen} seen
 * @param {Subject} subject
 */
export function formulaOf(seen, subject) {
  if ('edge' in subject) {
    const [{ value }] = parametersOf(seen, subject);
    const { layer, from } = subject.edge;
    if (!seen.touch) return t('playground:inspector.carries');
    const said = valueAt(seen.touch, { layer, index: from });
    return `${formatFixed(said, 2)} · ${formatFixed(value, 2)} = ${formatFixed(said * value, 2)}`;
  }
  const { layer, index } = subject.unit;
  if (layer === 0) return t('playground:inspector.input');
  const kind = seen.activations[layer - 1] ?? 'f';
  const [start, ...inputs] = parametersOf(seen, subject);
  if (!seen.touch) return `${kind}(w₁ a₁ + w₂ a₂ + … + b)`;
  const touch = seen.touch;
  const terms = inputs.slice(0, MOST_TERMS).map(({ value }, from) => {
    const said = valueAt(touch, { layer: layer - 1, index: from });
    return `${formatFixed(value, 2)} · ${formatFixed(said, 2)}`;
  });
  if (inputs.length > MOST_TERMS) terms.push('…');
  terms.push(formatFixed(start.value, 2));
  const answer = formatFixed(valueAt(touch, { layer, index }), 3);
  return `${kind}(${terms.join(' + ')}) = ${answer}`;
}

/** The gradient of a connection's weight, if there was one. @param {Seen} seen @param {Subject} subject */
export function slopeOf(seen, subject) {
  const [{ gradient }] = parametersOf(seen, subject);
  if (gradient === null) return [];
  return [t('playground:network.gradient', { value: formatFixed(gradient, 4) })];
}

/** Python's line for it, with its value. @param {Seen} seen @param {Subject} subject */
export function codeOf(seen, subject) {
  if ('edge' in subject) {
    const { layer, from, to } = subject.edge;
    const [{ value }] = parametersOf(seen, subject);
    return `network.parameters["dense_${layer + 1}.weights"][${from}, ${to}]  # ${plain(value)}`;
  }
  const { layer, index } = subject.unit;
  if (layer === 0) return `x[:, ${index}]`;
  const parameters = `network.parameters["dense_${layer}`;
  const kind = seen.activations[layer - 1] ?? 'f';
  const before = layer === 1 ? 'x' : 'a';
  const sum = `${before} @ ${parameters}.weights"][:, ${index}] + ${parameters}.bias"][${index}]`;
  const value = seen.touch ? `  # ${plain(valueAt(seen.touch, subject.unit))}` : '';
  return `${kind}(${sum})${value}`;
}

/** As Python writes it. @param {number} value */
const plain = (value) => String(Number(value.toPrecision(6)));
