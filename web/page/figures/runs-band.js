/** Of many runs the best, the worst, and where the middle half of them is, epoch by epoch. */

/** @typedef {import('./runs.js').Run} Run */

/** Ranks from 0, the lowest, to 1. */
const RANKS = [1, 0.75, 0.5, 0.25, 0];

/**
 * @param {Run[]} runs
 * @returns {import('../drawings/joined-curves.js').Drawn}
 */
export function bandOf(runs) {
  const count = Math.min(...runs.map(({ epochs }) => epochs.length));
  const longest = runs.reduce((a, b) => (a.epochs.length >= b.epochs.length ? a : b));
  const x = longest.epochs.slice(0, count);
  /** @type {number[][]} */
  const ranks = RANKS.map(() => []);
  for (let i = 0; i < count; i++) {
    const losses = runs.map(({ test }) => test[i]).sort((a, b) => a - b);
    for (const [k, rank] of RANKS.entries()) ranks[k].push(quantile(losses, rank));
  }
  return {
    curves: ranks.map((y, k) => ({
      label: String(RANKS[k]),
      colour: '--accent',
      x,
      y,
      alpha: RANKS[k] === 0.5 ? 1 : 0.25,
    })),
    bands: [
      [0, 4, 0.12],
      [1, 3, 0.25],
    ],
  };
}

/** @param {number[]} sorted @param {number} rank */
function quantile(sorted, rank) {
  const at = rank * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.ceil(at);
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}
