/**
 * How the optimizers go down a ravine, for their pictures: each by its own rule, from the same place.
 * The rules are those of `pynn/optimizers.py`.
 */

/** How steep the ravine is, along and across. */
const STEEP = [1, 16];
const START = [-0.9, 0.36];
const STEPS = 26;

/**
 * What one number does with its gradient; `kept` is what it remembers.
 *
 * @type {Record<string, (g: number, kept: {v: number, m: number, t: number}) => number>}
 */
const RULES = {
  sgd: (g) => -0.115 * g,
  momentum: (g, kept) => {
    kept.v = 0.8 * kept.v - 0.03 * g;
    return kept.v;
  },
  nesterov: (g, kept) => {
    kept.v = 0.8 * kept.v - 0.03 * g;
    return 0.8 * kept.v - 0.03 * g;
  },
  rmsprop: (g, kept) => {
    kept.v = 0.9 * kept.v + 0.1 * g * g;
    return (-0.045 * g) / (Math.sqrt(kept.v) + 1e-7);
  },
  adam: (g, kept) => {
    kept.t += 1;
    kept.m = 0.8 * kept.m + 0.2 * g;
    kept.v = 0.95 * kept.v + 0.05 * g * g;
    const mean = kept.m / (1 - 0.8 ** kept.t);
    return (-0.08 * mean) / (Math.sqrt(kept.v / (1 - 0.95 ** kept.t)) + 1e-7);
  },
};
RULES.adamw = RULES.adam;

/** @param {string} name of an optimizer @returns {[number, number][]} its way, with 0 at the bottom */
export function descent(name) {
  const rule = RULES[name] ?? RULES.sgd;
  const place = [...START];
  const kept = START.map(() => ({ v: 0, m: 0, t: 0 }));
  const way = [/** @type {[number, number]} */ ([place[0], place[1]])];
  for (let step = 0; step < STEPS; step++) {
    for (const axis of [0, 1]) place[axis] += rule(STEEP[axis] * place[axis], kept[axis]);
    way.push([place[0], place[1]]);
  }
  return way;
}
