// Strokes of a pen, and how they are painted. Places are in heights of the paper, to the right and
// down: the same strokes can be painted on any canvas, and Python reads them as they are.

/** @typedef {{x: number, y: number}} Point */
/** @typedef {Point[]} Stroke */

/** Width of the pen, in heights of the paper. */
export const PEN_WIDTH = 0.045;

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
 */
export function paintStrokes(context, height, strokes, colour) {
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  context.save();
  context.scale(height, height);
  context.lineWidth = PEN_WIDTH;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.strokeStyle = colour;
  context.fillStyle = colour;
  for (const stroke of strokes) {
    context.beginPath();
    if (stroke.length === 1) {
      // A line without length paints nothing, round ends or not.
      context.arc(stroke[0].x, stroke[0].y, PEN_WIDTH / 2, 0, 2 * Math.PI);
      context.fill();
    } else {
      trace(context, stroke);
      context.stroke();
    }
  }
  context.restore();
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
