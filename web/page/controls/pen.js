// Strokes of a pen, and how they are painted. Places are in heights of the paper, to the right and
// down: the same strokes can be painted on any canvas, and Python reads them as they are.

/** @typedef {{x: number, y: number, pressure?: number}} Point  pressure: 0 to 1, of a pen that feels it */
/** @typedef {Point[]} Stroke */

/** Width of the pen, in heights of the paper: as it is at first, and from where to where it can go. */
export const PEN_WIDTH = 0.045;
export const [NARROWEST, WIDEST] = [0.015, 0.09];

/** Points nearer than this to the one before add work and no ink. */
const SHORTEST_STEP = 0.002;

/**
 * Lengthens a stroke, leaving out points that the pen has hardly moved to.
 * @param {Stroke} stroke
 * @param {Point} point
 */
export function extend(stroke, point) {
  const last = stroke[stroke.length - 1];
  if (last && Math.hypot(point.x - last.x, point.y - last.y) < SHORTEST_STEP) return;
  stroke.push(point);
}

/**
 * As Python takes them: x and y of every point, and NaN, NaN after each stroke.
 * @param {Stroke[]} strokes
 */
export function asBytes(strokes) {
  const numbers = strokes.flatMap((stroke) => [
    ...stroke.flatMap(({ x, y }) => [x, y]),
    Number.NaN,
    Number.NaN,
  ]);
  return new Uint8Array(new Float32Array(numbers).buffer);
}

/**
 * Paints strokes with a round pen; a stroke of a single point is a dot. Between samples the line
 * runs along quadratic curves through the middles, which takes the corners out of a quick hand.
 * @param {CanvasRenderingContext2D} context
 * @param {number} height  of the canvas, in its own pixels
 * @param {Stroke[]} strokes
 * @param {string} colour
 * @param {number} width  of the pen
 */
export function paintStrokes(context, height, strokes, colour, width) {
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  context.save();
  context.scale(height, height);
  context.lineWidth = width;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.strokeStyle = colour;
  context.fillStyle = colour;
  for (const stroke of strokes) {
    if (stroke.some(({ pressure }) => pressure !== undefined)) {
      press(context, stroke, width);
      continue;
    }
    context.beginPath();
    if (stroke.length === 1) {
      // A line without length paints nothing, round ends or not.
      context.arc(stroke[0].x, stroke[0].y, width / 2, 0, 2 * Math.PI);
      context.fill();
    } else {
      trace(context, stroke);
      context.stroke();
    }
  }
  context.restore();
}

/**
 * A line as wide as the pen was pressed; half pressed it is the pen's own width.
 * @param {CanvasRenderingContext2D} context
 * @param {Stroke} stroke
 * @param {number} width
 */
function press(context, stroke, width) {
  for (const [i, { x, y, pressure = 0.5 }] of stroke.entries()) {
    const before = stroke[Math.max(0, i - 1)];
    context.lineWidth = width * (0.4 + 1.2 * pressure);
    context.beginPath();
    context.moveTo(before.x, before.y);
    // A line without length paints nothing.
    context.lineTo(x + (i === 0 ? 1e-4 : 0), y);
    context.stroke();
  }
}

/**
 * The strokes that a rubber leaves, of this radius on its way from one place to another.
 * @param {Stroke[]} strokes
 * @param {Point} from
 * @param {Point} to
 * @param {number} radius
 */
export function erased(strokes, from, to, radius) {
  const steps = Math.ceil((2 * Math.hypot(to.x - from.x, to.y - from.y)) / radius) || 1;
  const way = Array.from({ length: steps + 1 }, (_, i) => ({
    x: from.x + ((to.x - from.x) * i) / steps,
    y: from.y + ((to.y - from.y) * i) / steps,
  }));
  return strokes.filter((stroke) =>
    stroke.every((point, i) =>
      way.every((place) => apart(place, stroke[Math.max(0, i - 1)], point) > radius),
    ),
  );
}

/** From a place to a piece of a line. @param {Point} place @param {Point} from @param {Point} to */
function apart(place, from, to) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const along = ((place.x - from.x) * dx + (place.y - from.y) * dy) / (dx * dx + dy * dy || 1);
  const share = Math.min(1, Math.max(0, along));
  return Math.hypot(place.x - from.x - share * dx, place.y - from.y - share * dy);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Stroke} stroke of at least two points
 */
function trace(context, stroke) {
  const last = stroke[stroke.length - 1];
  context.moveTo(stroke[0].x, stroke[0].y);
  for (let i = 1; i < stroke.length - 1; i += 1) {
    const { x, y } = stroke[i];
    const next = stroke[i + 1];
    context.quadraticCurveTo(x, y, (x + next.x) / 2, (y + next.y) / 2);
  }
  context.lineTo(last.x, last.y);
}

/** @param {number} place keeps the pen on the paper @param {number} end */
export function within(place, end) {
  return Math.min(end, Math.max(0, place));
}
