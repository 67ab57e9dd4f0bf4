/**
 * Work that is asked for again and again, as a drawing or a slider changes: one turn is under way at
 * most, and whatever was asked for meanwhile is one more turn after it.
 *
 * @param {() => Promise<void>} turn  does what is wanted by then
 * @returns {() => Promise<void>}
 */
export function newestOnly(turn) {
  let busy = false;
  let wanted = false;
  return async () => {
    wanted = true;
    if (busy) return;
    busy = true;
    try {
      while (wanted) {
        wanted = false;
        await turn();
      }
    } finally {
      busy = false;
    }
  };
}
