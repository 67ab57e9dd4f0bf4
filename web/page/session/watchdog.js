/** Notices when a boot brings no news: first it is called slow, then it is given up. */

/** Milliseconds. */
const SLOW_AFTER = 15_000;
const GIVE_UP_AFTER = 60_000;

/**
 * @param {() => void} onSlow
 * @param {() => void} onGiveUp
 */
export function createWatchdog(onSlow, onGiveUp) {
  /** @type {ReturnType<typeof setTimeout>[]} */
  let timers = [];
  function end() {
    timers.forEach(clearTimeout);
    timers = [];
  }
  function alive() {
    end();
    timers = [setTimeout(onSlow, SLOW_AFTER), setTimeout(onGiveUp, GIVE_UP_AFTER)];
  }
  alive();
  return { alive, end };
}
