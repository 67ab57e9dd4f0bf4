/**
 * Where a note goes: beside what it explains, never over it, and where it can be seen. Lengths are
 * pixels; y grows downwards.
 */

/**
 * @typedef {{left: number, top: number, right: number, bottom: number}} Box
 * @typedef {{width: number, height: number}} Size
 * @typedef {{left: number, top: number}} Corner
 * @typedef {{x: number, y: number}} Point
 */

/** Between a note and what it is about. */
const GAP = 10;

/**
 * @param {Box} subject
 * @param {Size} size  of the note
 * @param {Box} within
 * @param {Box[]} [avoid]  what it must not cover either
 * @returns {Corner | null} to the right of the subject, else left, below, above; null: no room
 */
export function besideBox(subject, size, within, avoid = []) {
  const { width, height } = size;
  const left = clamp((subject.left + subject.right - width) / 2, within.left, within.right - width);
  const top = clamp(
    (subject.top + subject.bottom - height) / 2,
    within.top,
    within.bottom - height,
  );
  return firstInside(
    [
      { left: subject.right + GAP, top },
      { left: subject.left - GAP - width, top },
      { left, top: subject.bottom + GAP },
      { left, top: subject.top - GAP - height },
    ],
    size,
    within,
    avoid,
  );
}

/**
 * @param {Point[]} curve  from left to right, and all the way down, all the way up, or level
 * @param {Point} near  where the pointer is
 * @param {Size} size  of the note
 * @param {Box} within
 * @param {Box[]} [avoid]  what it must not cover either
 * @returns {Corner | null} as near to the pointer as there is room; null: there is none
 */
export function besideCurve(curve, near, size, within, avoid = []) {
  const [start, end] = [curve[0], curve[curve.length - 1]];
  const away = (/** @type {Point} */ { x, y }) => Math.hypot(x - near.x, y - near.y);
  const spots = [...curve]
    .sort((a, b) => away(a) - away(b))
    .flatMap(({ x, y }) => {
      const [before, after] = [x - GAP - size.width, x + GAP];
      const [above, below] = [y - GAP - size.height, y + GAP];
      // A curve that falls leaves the quarters above on the right and below on the left empty.
      return end.y >= start.y
        ? [
            { left: after, top: above },
            { left: before, top: below },
          ]
        : [
            { left: after, top: below },
            { left: before, top: above },
          ];
    });
  const whole = {
    left: start.x,
    right: end.x,
    top: Math.min(start.y, end.y),
    bottom: Math.max(start.y, end.y),
  };
  return firstInside(spots, size, within, avoid) ?? besideBox(whole, size, within, avoid);
}

/** @param {Box} a @param {Box} b @returns {Box} what they share */
export function common(a, b) {
  return {
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  };
}

/**
 * @param {Corner[]} corners
 * @param {Size} size
 * @param {Box} within
 * @param {Box[]} avoid
 */
function firstInside(corners, { width, height }, within, avoid) {
  const fits = (/** @type {Corner} */ { left, top }) =>
    left >= within.left &&
    top >= within.top &&
    left + width <= within.right &&
    top + height <= within.bottom &&
    !avoid.some(
      (box) =>
        left < box.right && top < box.bottom && left + width > box.left && top + height > box.top,
    );
  return corners.find(fits) ?? null;
}

/** @param {number} value @param {number} low @param {number} high */
function clamp(value, low, high) {
  return Math.max(low, Math.min(value, high));
}
