/**
 * A recorded run of the playground, as `build/recorded_run.py` writes it, given back as the frames
 * that Python would send: the figures draw them as they draw Python's.
 *
 * @typedef {import('../shared/protocol.js').Reply} Reply
 *
 * @typedef {object} Recording
 * @property {number[]} layers
 * @property {number} classes
 * @property {[number, number, number, number]} extent
 * @property {Record<'map' | 'neurons', number>} levels  whole numbers to each side of 0
 * @property {Record<'map' | 'neurons', number>} sides   samples along a side of a picture
 * @property {{x: number[], y: number[]}} points
 * @property {{map: number[], neurons: number[], weights: number[][]}[]} frames
 */

/**
 * @param {string} base the absolute address of the page's folder
 * @returns {Promise<Recording>}
 */
export async function fetchRecording(base) {
  const response = await fetch(new URL('recording/playground.json', base), { priority: 'high' });
  if (!response.ok) throw new Error(`status ${response.status}`);
  return response.json();
}

/** @param {Recording} recording @returns {Reply[]} */
export function readFrames({ layers, classes, extent, levels, sides, frames }) {
  return frames.map(({ map, neurons, weights }) => ({
    head: { layers, classes, extent },
    arrays: {
      map: { data: sums(map, sides.map, levels.map), shape: [sides.map, sides.map] },
      neurons: {
        data: sums(neurons, sides.neurons, levels.neurons),
        shape: [neurons.length / sides.neurons ** 2, sides.neurons, sides.neurons],
      },
      ...Object.fromEntries(
        weights.map((data, i) => [
          `weights/${i}`,
          { data: Float32Array.from(data), shape: [layers[i], layers[i + 1]] },
        ]),
      ),
    },
  }));
}

/**
 * Square pictures out of the differences between neighbours.
 *
 * @param {number[]} differences
 * @param {number} side
 * @param {number} levels
 */
function sums(differences, side, levels) {
  const whole = Int32Array.from(differences);
  for (let i = 0; i < whole.length; i++) {
    if (i % (side * side) >= side) whole[i] += whole[i - side];
  }
  const data = Float32Array.from(whole);
  for (let i = 0; i < data.length; i++) {
    if (i % side > 0) data[i] += data[i - 1];
  }
  return data.map((value) => value / levels);
}

/**
 * What lies between two frames, so that the pictures flow into one another.
 *
 * @param {Reply[]} frames
 * @param {number} place from 0 (the first) to 1 (the last)
 * @returns {Reply}
 */
export function frameAt(frames, place) {
  const at = Math.min(Math.max(place, 0), 1) * (frames.length - 1);
  const before = frames[Math.floor(at)];
  const after = frames[Math.ceil(at)];
  const share = at % 1;
  const arrays = Object.entries(before.arrays).map(([name, { data, shape }]) => {
    const next = after.arrays[name].data;
    return [name, { data: data.map((value, i) => value + (next[i] - value) * share), shape }];
  });
  return { head: before.head, arrays: Object.fromEntries(arrays) };
}
