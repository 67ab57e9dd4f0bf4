// How an array is laid out as a picture: one image a channel, a filter or a unit; rows of squares for
// what has no height. One square is one number.

/** Pixels of MNIST's images, and their side. */
const [PIXELS, SIDE] = [784, 28];
/** Squares between two tiles. */
const GAP = 1;
/** In a row of numbers, and up to how many there is one row only. */
const [IN_A_ROW, FEW] = [16, 12];

/**
 * @typedef {object} Tiles
 * @property {number} width   in squares
 * @property {number} height
 * @property {number} count   of numbers
 * @property {(x: number, y: number) => number} placeAt  in the flat array; -1 between tiles
 * @property {(place: number) => [number, number]} squareOf
 */

/** @param {number[]} shape @returns {Tiles} */
export function tilesOf(shape) {
  if (shape.length === 4) {
    const [height, width, channels, filters] = shape;
    // A row for each channel, where there are several.
    return grid(height, width, channels * filters, channels > 1 ? filters : undefined, (tile) => ({
      start: tile,
      right: channels * filters,
      down: width * channels * filters,
    }));
  }
  if (shape.length === 3) {
    const [height, width, channels] = shape;
    return grid(height, width, channels, undefined, (tile) => ({
      start: tile,
      right: channels,
      down: width * channels,
    }));
  }
  if (shape.length === 2 && shape[0] === PIXELS) {
    const units = shape[1];
    return grid(SIDE, SIDE, units, undefined, (tile) => ({
      start: tile,
      right: units,
      down: SIDE * units,
    }));
  }
  if (shape.length === 2) {
    // A column for each input, a row for each unit.
    const [inputs, units] = shape;
    return grid(units, inputs, 1, 1, () => ({ start: 0, right: units, down: 1 }));
  }
  return row(shape[0] ?? 1);
}

/**
 * @param {number} height  of a tile
 * @param {number} width
 * @param {number} count  of tiles
 * @param {number | undefined} across  tiles in a row
 * @param {(tile: number) => {start: number, right: number, down: number}} steps  in the flat array
 * @returns {Tiles}
 */
function grid(height, width, count, across, steps) {
  const columns = across ?? Math.min(count, Math.ceil(Math.sqrt((count * 1.6 * height) / width)));
  const [wide, tall] = [width + GAP, height + GAP];
  /** @type {[number, number][]} */
  const squares = [];
  const places = new Map();
  for (let tile = 0; tile < count; tile += 1) {
    const { start, right, down } = steps(tile);
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        const place = start + x * right + y * down;
        /** @type {[number, number]} */
        const square = [(tile % columns) * wide + x, Math.floor(tile / columns) * tall + y];
        squares[place] = square;
        places.set(square[1] * columns * wide + square[0], place);
      }
    }
  }
  return {
    width: columns * wide - GAP,
    height: Math.ceil(count / columns) * tall - GAP,
    count: squares.length,
    placeAt: (x, y) => places.get(y * columns * wide + x) ?? -1,
    squareOf: (place) => squares[place],
  };
}

/** @param {number} count @returns {Tiles} */
function row(count) {
  const columns = count <= FEW ? count : count <= 4 * IN_A_ROW ? IN_A_ROW : 2 * IN_A_ROW;
  return {
    width: columns,
    height: Math.ceil(count / columns),
    count,
    placeAt: (x, y) => (y * columns + x < count ? y * columns + x : -1),
    squareOf: (place) => [place % columns, Math.floor(place / columns)],
  };
}
