/**
 * What is read, and not watched, need not be drawn with every picture of the screen: only so often
 * as an eye follows it, and so seldom that it takes no more than a share of a slow machine's time.
 */

/** Milliseconds at least from one to the next. */
const LEAST = 48;
/** And so many times as long as one takes. */
const TIMES = 4;

export function createDrawPace() {
  let next = -Infinity;

  return {
    /**
     * @param {boolean} moving  there will be another picture
     * @param {(brief: boolean) => void} draw  brief: only what is watched
     */
    draw(moving, draw) {
      const began = performance.now();
      const brief = moving && began < next;
      draw(brief);
      if (!brief) next = began + Math.max(LEAST, TIMES * (performance.now() - began));
    },
  };
}
