/** Small pictures of what a word means, for its explanation: functions, paths, dots. */
import { nothing, svg } from 'lit';
import { descent } from './descents.js';

const WIDTH = 120;
const HEIGHT = 72;

/** @typedef {[number, number]} Spot */

/**
 * A function over -1 to 1, which is drawn from edge to edge; 0 lies at the lower edge, 1 at the upper.
 *
 * @param {(x: number) => number} f
 * @param {string} [look]
 */
function curve(f, look = 'main') {
  const points = Array.from({ length: 61 }, (_, i) => {
    const x = i / 30 - 1;
    const y = Math.min(Math.max(f(x), -0.1), 1.1);
    return `${(4 + ((x + 1) / 2) * (WIDTH - 8)).toFixed(1)},${(HEIGHT - 6 - y * (HEIGHT - 12)).toFixed(1)}`;
  });
  return svg`<polyline class=${look} points=${points.join(' ')} />`;
}

/** @param {Spot[]} spots @param {string} look @param {number} [radius] */
const dots = (spots, look, radius = 3) =>
  spots.map(([x, y]) => svg`<circle class=${look} cx=${x} cy=${y} r=${radius} />`);

const AXES = svg`<path class="faint" d="M4 66H116M60 4V68" />`;
const FLOOR = svg`<path class="faint" d="M4 66H116" />`;

const GRID = Array.from(
  { length: 15 },
  (_, i) => /** @type {Spot} */ ([16 + (i % 5) * 22, 14 + Math.floor(i / 5) * 22]),
);

const BETWEEN = GRID.slice(0, 8).map(([x, y]) => /** @type {Spot} */ ([x + 11, y + 11]));
/** About a rising line. @type {Spot[]} */
const SLOPE = [
  [20, 46],
  [38, 54],
  [56, 30],
  [74, 36],
  [92, 12],
];

/** Where a layer's units stand, and what leads to them. @param {Spot[]} from @param {Spot[]} to */
const between = (from, to) =>
  from.map(([x, y]) => to.map(([u, v]) => svg`<path class="faint" d="M${x} ${y}L${u} ${v}" />`));
/** @type {Spot[][]} */
const NET = [
  [
    [16, 24],
    [16, 48],
  ],
  [
    [60, 12],
    [60, 36],
    [60, 60],
  ],
  [[104, 36]],
];
const NET_LINES = [between(NET[0], NET[1]), between(NET[1], NET[2])];

/** As the activations have them, from -3 to 3. @type {Record<string, (x: number) => number>} */
const ACTIVATIONS = {
  tanh: (x) => 0.5 + 0.45 * Math.tanh(3 * x),
  sigmoid: (x) => 0.05 + 0.9 / (1 + Math.exp(-5 * x)),
  relu: (x) => 0.1 + 0.85 * Math.max(0, x),
  leaky_relu: (x) => 0.2 + (x > 0 ? 0.75 * x : 0.15 * x),
  linear: (x) => 0.5 + 0.45 * x,
};

/** @type {Record<string, (x: number) => number>} */
const SCHEDULES = {
  constant: () => 0.7,
  steps: (x) => 0.9 * 0.5 ** Math.floor((x + 1) * 1.99),
  cosine: (x) => 0.45 * (1 + Math.cos((Math.PI * (x + 1)) / 2)),
};

const bell = (/** @type {number} */ width) => (/** @type {number} */ x) =>
  (0.9 * Math.exp(-((x / width) ** 2))) / Math.sqrt(width / 0.2);
const falling = (/** @type {number} */ x) => 0.08 + 0.85 * Math.exp(-2.2 * (x + 1));
const rising = (/** @type {number} */ x) => falling(x) + 0.16 * (x + 1) ** 2 * 0.7;

/** The ravine in which the optimizers go down. @param {string} name */
function ravine(name) {
  const path = descent(name).map(([x, y]) => `${60 + 50 * x},${36 + 50 * y}`);
  return svg`<g class="faint">
      ${[50, 36, 22, 9].map((r) => svg`<ellipse cx="60" cy="36" rx=${r} ry=${r * 0.5} />`)}
    </g><polyline class="main" points=${path.join(' ')} />`;
}

/** @type {Record<string, (option?: string) => unknown>} */
const PICTURES = {
  dataset: () => [
    dots(
      [
        [26, 18],
        [38, 30],
        [22, 40],
        [46, 16],
        [34, 50],
      ],
      'other',
    ),
    dots(
      [
        [80, 26],
        [92, 44],
        [76, 54],
        [98, 20],
        [88, 60],
      ],
      'fill',
    ),
    svg`<path d="M62 6Q54 36 66 66" />`,
  ],
  noise: () => [
    svg`<path class="faint" d="M12 60Q60 -30 108 60" />`,
    dots(
      [
        [16, 46],
        [24, 48],
        [34, 24],
        [46, 26],
        [56, 10],
        [66, 22],
        [80, 18],
        [88, 38],
        [104, 42],
      ],
      'fill',
    ),
  ],
  seed: () => [
    svg`<rect x="38" y="14" width="44" height="44" rx="8" />`,
    dots(
      [
        [50, 26],
        [70, 26],
        [60, 36],
        [50, 46],
        [70, 46],
      ],
      'fill',
      3.5,
    ),
  ],
  count: () => [dots(GRID, 'fill', 3), dots(BETWEEN, 'other', 3)],
  train_share: () => [
    dots(
      GRID.filter((_, i) => i % 4 !== 3),
      'fill',
      4,
    ),
    dots(
      GRID.filter((_, i) => i % 4 === 3),
      'faint',
      4,
    ),
  ],
  balance: () => [dots(GRID.slice(3), 'fill', 4), dots(GRID.slice(0, 3), 'other', 4)],
  explained: () => [
    svg`<path class="main" d="M10 60L110 12" />`,
    dots(SLOPE, 'fill', 3),
    SLOPE.map(([x, y]) => svg`<path class="faint" d="M${x} ${y}V${64.8 - 0.48 * x}" />`),
  ],
  network_shape: () => [
    NET_LINES,
    dots(NET[0], 'other', 5),
    dots(NET[1], 'fill', 5),
    dots(NET[2], 'other', 5),
  ],
  activation: (option = 'tanh') => [AXES, curve(ACTIVATIONS[option] ?? ACTIVATIONS.tanh)],
  optimizer: (option = 'sgd') => ravine(option),
  learning_rate: () => [
    curve((x) => x * x, 'faint'),
    svg`<path class="main" d="M10 18L28 44L40 57L49 64" />`,
    svg`<path d="M10 18L104 26L20 34L94 42" stroke-dasharray="3 3" />`,
  ],
  batch_size: () => [
    dots(GRID, 'faint', 3),
    dots(
      GRID.filter((_, i) => [1, 4, 8, 12].includes(i)),
      'fill',
      4,
    ),
  ],
  epoch: () => [dots(GRID, 'fill', 3), svg`<path d="M8 6H112V66H8V14M5 18L8 12L12 18" />`],
  rate: () => [
    FLOOR,
    Array.from(
      { length: 8 },
      (_, i) =>
        svg`<path class=${i < 6 ? 'main' : 'faint'} d="M${12 + 13 * i} 62V${46 - 4 * i}" />`,
    ),
  ],
  loss: (option) =>
    option === 'squared_error'
      ? [FLOOR, curve((x) => 0.9 * ((1 - x) / 2) ** 2)]
      : [FLOOR, curve((x) => -0.24 * Math.log(Math.max((x + 1) / 2, 1e-3)))],
  trainLoss: () => [FLOOR, curve(falling), curve(rising, 'faint')],
  testLoss: () => [FLOOR, curve(falling, 'faint'), curve(rising)],
  accuracy: () => [
    dots(
      GRID.filter((_, i) => i !== 6 && i !== 13),
      'fill',
      4,
    ),
    dots(
      GRID.filter((_, i) => i === 6 || i === 13),
      'other',
      4,
    ),
  ],
  initializer: (option) =>
    option === 'zeros' || option === 'ones'
      ? [FLOOR, svg`<path class="main" d="M60 64V10" />`]
      : [FLOOR, curve(bell(0.35))],
  gain: () => [FLOOR, curve(bell(0.2), 'faint'), curve(bell(0.55))],
  schedule: (option = 'constant') => [FLOOR, curve(SCHEDULES[option] ?? SCHEDULES.constant)],
  l1: () => [AXES, curve((x) => 0.9 * Math.abs(x))],
  l2: () => [AXES, curve((x) => 0.9 * x * x)],
  dropout: () => [
    NET_LINES,
    dots(NET[0], 'other', 5),
    dots([NET[1][0], NET[1][2]], 'fill', 5),
    dots(NET[2], 'other', 5),
    svg`<path d="M54 30L66 42M66 30L54 42" />`,
  ],
  stop_at: () => [FLOOR, curve(falling), svg`<path d="M82 8V66" stroke-dasharray="3 3" />`],
};

/** @param {string} key @param {string} [option] */
export function termPicture(key, option) {
  if (!PICTURES[key]) return nothing;
  return svg`<svg class="term-picture" viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true">${PICTURES[key](option)}</svg>`;
}
