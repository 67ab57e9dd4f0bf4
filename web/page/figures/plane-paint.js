/**
 * Points of one's own, put on the plane by hand: a press adds one and a drag a row of them, a point
 * that is dragged moves, the eraser takes away; all of it by pointer, finger and keys, and undone.
 */
import {
  coordinateAt,
  MOST_CLASSES,
  MOST_POINTS,
  pointsText,
  stepAt,
} from '../session/points-text.js';

/**
 * @typedef {import('../session/points-text.js').OwnPoint} OwnPoint
 * @typedef {import('./plane-touch.js').Point} Point
 * @typedef {import('../drawings/data-points.js').Points} Points
 */

/** Pixels: from a point that is taken, and between two of a row. */
const NEAR = 9;
const NEAR_FINGER = 15;
const APART = 16;
const TREMOR = 3;
const STRIDE = 5;

/**
 * @param {object} options
 * @param {() => void} options.onChange  the points are others, or what the hand does with them
 * @param {(points: OwnPoint[]) => void} options.onDone  and the hand has let go
 */
export function createPaint({ onChange, onDone }) {
  let on = false;
  /** The class of the next point; null: the eraser. @type {number | null} */
  let brush = 0;
  /** @type {OwnPoint[]} */
  let points = [];
  /** Before each change. @type {OwnPoint[][]} */
  let past = [];
  /** Which point the hand has. @type {number | null} */
  let held = null;
  /** Where the hand came down, until it is lifted. @type {Point | null} */
  let pressed = null;
  /** Where the hand was. @type {Point} */
  let last = { x1: 0, x2: 0 };
  /** The points as the hand came. @type {OwnPoint[]} */
  let before = [];

  const classes = () => points.reduce((most, [, , label]) => Math.max(most, label + 1), 2);

  /** @param {Point} at @param {number} reach  in units of the plane @returns {number | null} */
  function nearest({ x1, x2 }, reach) {
    let found = null;
    let distance = reach;
    for (const [i, [right, up]] of points.entries()) {
      const away = Math.hypot(coordinateAt(right) - x1, coordinateAt(up) - x2);
      if (away <= distance) [found, distance] = [i, away];
    }
    return found;
  }

  /** @param {Point} at @param {number} label @returns {OwnPoint} */
  const place = ({ x1, x2 }, label) => [stepAt(x1), stepAt(x2), label];

  /** @param {OwnPoint[]} next */
  function set(next) {
    points = next;
    onChange();
  }

  function done() {
    held = null;
    if (pointsText(points) === pointsText(before)) return;
    past.push(before);
    onDone(points);
  }

  /** @param {Point} at @param {number} reach */
  function use(at, reach) {
    if (brush === null) {
      const taken = nearest(at, reach);
      if (taken !== null) set(points.filter((_, i) => i !== taken));
    } else if (points.length < MOST_POINTS) {
      set([...points, place(at, brush)]);
    }
  }

  /** @param {Point} at */
  function carry(at) {
    const one = held;
    if (one === null) return;
    set(points.map((point, i) => (i === one ? place(at, point[2]) : point)));
  }

  return {
    get on() {
      return on;
    },
    get brush() {
      return brush;
    },
    get points() {
      return points;
    },
    get classes() {
      return classes();
    },
    /** Of the classes that can be painted, those there are and one more. */
    get offered() {
      return Math.min(classes() + 1, MOST_CLASSES);
    },
    get undoable() {
      return past.length > 0;
    },
    /** A point is carried by the keys. */
    get carries() {
      return held !== null && !pressed;
    },
    /** @returns {Points} */
    get shown() {
      return {
        x: points.flatMap(([right, up]) => [coordinateAt(right), coordinateAt(up)]),
        y: points.map(([, , label]) => label),
      };
    },
    /** @param {OwnPoint[]} from  the points to begin with */
    start(from) {
      on = true;
      past = [];
      held = null;
      set(from);
    },
    stop() {
      on = false;
      held = null;
      onChange();
    },
    /** Whether these are the points, in whatever order. @param {OwnPoint[]} others */
    has(others) {
      const sorted = (/** @type {OwnPoint[]} */ some) => some.map(String).sort().join(' ');
      return sorted(others) === sorted(points);
    },
    /** @param {number | null} next */
    choose(next) {
      brush = next;
      onChange();
    },
    clear() {
      before = points;
      set([]);
      done();
    },
    undo() {
      const last = past.pop();
      if (!last) return;
      held = null;
      set(last);
      onDone(points);
    },
    /** @param {Point} at @param {number} unit  of the plane, in pixels @param {boolean} finger */
    down(at, unit, finger) {
      const reach = (finger ? NEAR_FINGER : NEAR) / unit;
      before = points;
      pressed = last = at;
      held = brush === null ? null : nearest(at, reach);
      if (held === null) use(at, reach);
    },
    /** @param {Point} at @param {number} unit @param {boolean} finger */
    move(at, unit, finger) {
      if (!pressed) return;
      if (held !== null) {
        // A finger trembles.
        const away = Math.hypot(at.x1 - pressed.x1, at.x2 - pressed.x2) * unit;
        if (points !== before || away > TREMOR) carry(at);
        return;
      }
      // A quick hand comes in leaps.
      for (const spot of between(last, at, STRIDE / unit)) {
        const apart = brush === null || nearest(spot, APART / unit) === null;
        if (apart) use(spot, (finger ? NEAR_FINGER : NEAR) / unit);
      }
      last = at;
    },
    up() {
      if (!pressed) return;
      // Taken and not moved: another point was meant.
      if (held !== null && points === before) use(pressed, 0);
      pressed = null;
      done();
    },
    /**
     * @param {KeyboardEvent} event
     * @param {Point | null} at  where the keys are
     * @param {number} unit
     * @returns {boolean} whether the key is one of painting
     */
    key({ key, ctrlKey, metaKey }, at, unit) {
      if (key === 'z' && (ctrlKey || metaKey)) this.undo();
      else if (/^[1-4]$/.test(key)) this.choose(Math.min(Number(key), this.offered) - 1);
      else if (key === 'Enter' && at) this.press(at, unit);
      else if ((key === 'Delete' || key === 'Backspace') && at) this.erase(at, unit);
      else return false;
      return true;
    },
    /** By the keys: a point is taken up or put down, or a new one is there. @param {Point} at @param {number} unit */
    press(at, unit) {
      if (held !== null) return done();
      before = points;
      held = brush === null ? null : nearest(at, NEAR / unit);
      if (held !== null) return onChange();
      use(at, NEAR / unit);
      done();
    },
    /** @param {Point} at @param {number} unit */
    erase(at, unit) {
      const taken = held ?? nearest(at, NEAR / unit);
      if (taken === null) return;
      if (held === null) before = points;
      set(points.filter((_, i) => i !== taken));
      done();
    },
    carry,
  };
}

/** Places on the way, the last among them. @param {Point} from @param {Point} to @param {number} stride */
function between(from, to, stride) {
  const count = Math.ceil(Math.hypot(to.x1 - from.x1, to.x2 - from.x2) / stride);
  return Array.from({ length: count }, (_, i) => {
    const share = (i + 1) / count;
    return {
      x1: from.x1 + share * (to.x1 - from.x1),
      x2: from.x2 + share * (to.x2 - from.x2),
    };
  });
}
