/** The place of the largest, by its size. @param {ArrayLike<number>} values */
export function largest(values) {
  let best = 0;
  for (let i = 1; i < values.length; i += 1) {
    if (Math.abs(values[i]) > Math.abs(values[best])) best = i;
  }
  return best;
}
