/** What a unit of the network responds to, as values on a square grid. */

/**
 * @typedef {import('../../shared/protocol.js').Reply} Reply
 * @typedef {{layer: number, index: number}} Place  layer 0 is the input
 * @typedef {object} Picture
 * @property {ArrayLike<number>} data  in [-1, 1]; of a class's output its share of the answer, [0, 1]
 * @property {number} side
 * @property {string} [colour]  the class's, a custom property
 */

/** Samples along a side of an input's own picture. */
const RAMP = 20;

/**
 * @param {Reply} frame
 * @param {number[]} layers  units in each layer, input first
 * @param {Place} place
 * @returns {Picture}
 */
export function unitPicture({ arrays }, layers, { layer, index }) {
  if (layer === 0) return input(arrays.inputs, index);
  if (layer === layers.length - 1) return answer(arrays.map, index);
  const { data, shape } = arrays.neurons;
  const before = layers.slice(1, layer).reduce((sum, count) => sum + count, 0);
  return { data: part(data, shape, before + index), side: shape[1] };
}

/**
 * What an input tells of the plane; where nobody has said, it is a coordinate.
 *
 * @param {Reply['arrays'][string] | undefined} inputs
 * @param {number} index  0 grows to the right, 1 upwards
 */
function input(inputs, index) {
  if (inputs) return { data: part(inputs.data, inputs.shape, index), side: inputs.shape[1] };
  const at = (/** @type {number} */ i) => ((i + 0.5) / RAMP) * 2 - 1;
  const data = Float32Array.from({ length: RAMP * RAMP }, (_, i) =>
    index === 0 ? at(i % RAMP) : -at(Math.floor(i / RAMP)),
  );
  return { data, side: RAMP };
}

/**
 * An output's picture is the decision map, or its class's share of it where each has an output.
 *
 * @param {Reply['arrays'][string]} map
 * @param {number} index
 */
function answer({ data, shape }, index) {
  if (shape.length === 2) return { data, side: shape[0] };
  return { data: part(data, shape, index), side: shape[1], colour: `--class-${index}` };
}

/** @param {Float32Array} data @param {number[]} shape (parts, side, side) @param {number} index */
function part(data, shape, index) {
  const area = shape[1] * shape[2];
  return data.subarray(index * area, (index + 1) * area);
}
