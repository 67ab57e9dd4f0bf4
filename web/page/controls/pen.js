// Strokes of a pen, and how they are painted. Positions are shares of the paper's side, so that the
// same strokes can be painted on the screen's canvas and on the small one that Python reads.

/** @typedef {{x: number, y: number}} Point */
/** @typedef {Point[]} Stroke */

/** The paper is as wide as this many of the pixels that the network sees. */
export const CELLS = 28;

/** Width of the pen as a share of the paper's side. MNIST's own strokes are about as thick. */
export const PEN_WIDTH = 1.9 / CELLS;

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
 * Paints strokes with a round pen; a stroke of a single point is a dot. Between samples the line
 * runs along quadratic curves through the middles, which takes the corners out of a quick hand.
 * @param {CanvasRenderingContext2D} context
 * @param {number} side of the square canvas, in its own pixels
 * @param {Stroke[]} strokes
 * @param {string} colour
 */
export function paintStrokes(context, side, strokes, colour) {
  context.clearRect(0, 0, side, side);
  context.save();
  context.scale(side, side);
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
