/** Epochs a second, measured while it trains and kept for each pace. */

/** Milliseconds that a figure speaks for; it is renewed often enough to follow, seldom enough to read. */
const WINDOW = 1000;
const RENEWED = 250;

export function createRate() {
  /** @type {Map<unknown, number>} */
  const rates = new Map();
  /** The pictures of the last second. @type {{epoch: number, at: number}[]} */
  let seen = [];
  let pace = /** @type {unknown} */ (null);
  let renewed = 0;

  return {
    /**
     * @param {unknown} current the pace
     * @param {number} epoch that a picture shows
     * @param {number} at when it came, in milliseconds
     */
    note(current, epoch, at) {
      if (current !== pace || epoch < (seen.at(-1)?.epoch ?? 0)) this.rest();
      pace = current;
      if (seen.length === 0) renewed = at;
      seen.push({ epoch, at });
      if (at - renewed < RENEWED) return;
      const first = seen.find((picture) => at - picture.at <= WINDOW) ?? seen[0];
      seen = seen.slice(seen.indexOf(first));
      if (at > first.at) rates.set(pace, (1000 * (epoch - first.epoch)) / (at - first.at));
      renewed = at;
    },
    /** Training stands still: what comes next is measured by itself. */
    rest() {
      seen = [];
    },
    /** Another network: nothing is known of its speed. */
    forget() {
      seen = [];
      rates.clear();
    },
    /** @param {unknown} current */
    of: (current) => rates.get(current) ?? null,
  };
}
