/** What a hand does on the plane: neurons' lines and guesses, or, while it paints, points. */
import { ownPoints } from '../session/points-text.js';
import { createHand } from './plane-hand.js';
import { createPaint } from './plane-paint.js';
import { pointUnder } from './plane-touch.js';

/** @typedef {import('./plane-touch.js').Point} Point */

/**
 * @param {object} options
 * @param {ReturnType<typeof import('./plane-picture.js').createPlanePicture>} options.picture
 * @param {(changes: Record<string, number>) => void} options.onPut
 * @param {(guess: string) => void} options.onGuess
 * @param {(points: import('../session/points-text.js').OwnPoint[]) => void} options.onOwn
 * @param {() => void} options.onChange  another tool, or other points
 */
export function createTools({ picture, onPut, onGuess, onOwn, onChange }) {
  const hand = createHand({ onPut, onGuess });
  const paint = createPaint({
    onChange() {
      const { on, shown, classes } = paint;
      picture.own = on ? { points: shown, classes } : null;
      picture.paintScene();
      onChange();
    },
    onDone: onOwn,
  });

  /** @param {Element} plane @returns {number} pixels for one unit of the plane */
  function unit(plane) {
    const [left, right] = picture.scene?.extent ?? [0, 1];
    return plane.getBoundingClientRect().width / (right - left);
  }

  /** @param {PointerEvent} event @returns {[Point, number, boolean]} */
  function touch(event) {
    const plane = /** @type {Element} */ (event.currentTarget);
    const extent = picture.scene?.extent ?? [0, 1, 0, 1];
    return [pointUnder(event, extent), unit(plane), event.pointerType === 'touch'];
  }

  /** All points that are seen, as if they were one's own; those of a surface have no class. */
  function present() {
    const { train, test, classes } = /** @type {NonNullable<typeof picture.scene>} */ (
      picture.scene
    );
    if (classes === 0) return [];
    // Where all train and all test, they come twice.
    const apart = train.y.length !== test.y.length || train.x[0] !== test.x[0];
    const parts = apart ? [train, test] : [train];
    return ownPoints(
      parts.flatMap(({ x }) => Array.from(x)),
      parts.flatMap(({ y }) => Array.from(y)),
    );
  }

  return {
    hand,
    paint,
    /** Python has other points now, or those that were painted. */
    opened() {
      if (paint.on && picture.scene && !paint.has(present())) paint.start(present());
    },
    /** @param {PointerEvent} event @returns {boolean} whether it has taken something */
    down(event) {
      if (!paint.on) return hand.down(event);
      /** @type {Element} */ (event.currentTarget).setPointerCapture(event.pointerId);
      paint.down(...touch(event));
      return true;
    },
    /** @param {PointerEvent} event @returns {boolean} whether it has something, or could take it */
    move(event) {
      if (!paint.on) return hand.move(event);
      paint.move(...touch(event));
      return event.buttons > 0;
    },
    up() {
      if (paint.on) paint.up();
      else hand.up();
    },
    leave() {
      if (!paint.on) hand.leave();
    },
    /** Whether a finger here would do something. @param {TouchEvent} event */
    wants: (event) => paint.on || hand.wants(event),
    /**
     * @param {KeyboardEvent} event
     * @param {Point | null} point  where the keys are
     * @returns {boolean} whether it was meant for a tool
     */
    key(event, point) {
      return (
        paint.on && paint.key(event, point, unit(/** @type {Element} */ (event.currentTarget)))
      );
    },
    /** @param {boolean} empty  or the points that are seen */
    startPainting(empty) {
      hand.sketch(false);
      paint.start(empty || !picture.scene ? [] : present());
    },
  };
}
