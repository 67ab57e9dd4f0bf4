/** What is painted on the plane: the network's answer or one unit's, its boundary, the points. */
import { html } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { paintPoints } from '../drawings/data-points.js';
import { decided, fitToScreen, paintBoundary, paintField } from '../drawings/decision-map.js';
import { paintSmooth } from '../drawings/raster.js';

/**
 * @typedef {import('../../shared/protocol.js').Reply} Reply
 * @typedef {import('../drawings/data-points.js').Points} Points
 * @typedef {import('../drawings/data-points.js').Extent} Extent
 * @typedef {import('../drawings/unit-picture.js').Picture} Picture
 * @typedef {{train: Points, test: Points, extent: Extent, classes: number, outputs: number}} Scene
 *   outputs: which layer they are
 * @typedef {{map: Reply['arrays'][string], points: Points, extent: Extent, classes: number}} Seen
 */

/** Along a side of a unit's picture in the map's place, at least. */
const LENS_PIXELS = 240;

/** Milliseconds from one picture to the next below which nobody looks at single ones. */
const MOVING = 100;

export function createPlanePicture() {
  /** @type {import('lit/directives/ref.js').Ref<HTMLCanvasElement>[]} */
  const [field, line, hand, dots] = [createRef(), createRef(), createRef(), createRef()];
  /** @type {Reply['arrays'][string] | null} */
  let map = null;
  /** @type {Picture | null} */
  let lens = null;
  let shownAt = -Infinity;
  let moving = false;

  const picture = {
    /** @type {Scene | null} */
    scene: null,
    /** What is being painted, in the points' place. @type {{points: Points, classes: number} | null} */
    own: null,
    showTest: false,
    discrete: false,
    /** The canvases, one above the other. */
    layers: () => html`<canvas class="map-field" width="60" height="60" ${ref(field)}></canvas>
      <canvas class="map-layer" ${ref(line)}></canvas>
      <canvas class="map-layer" ${ref(hand)}></canvas>
      <canvas class="map-layer" ${ref(dots)}></canvas>`,
    get sized() {
      return dots.value;
    },
    /** What there is, for a picture to keep. */
    /** @returns {Seen} */
    seen: () => {
      const { train, extent, classes } = /** @type {Scene} */ (picture.scene);
      return { map: /** @type {Reply['arrays'][string]} */ (map), points: train, extent, classes };
    },
    /** Where a hand draws. */
    get hand() {
      return hand.value;
    },
    /** The network's answer. @param {Reply['arrays'][string]} next @param {boolean} more  will come */
    show(next, more) {
      const now = performance.now();
      moving = more && now - shownAt < MOVING;
      shownAt = now;
      map = next;
      this.paintMap();
    },
    /** No other picture comes soon. */
    settle() {
      if (!moving) return;
      moving = false;
      this.paintMap();
    },
    /** One unit's in its place, or no more. @param {Picture | null} picture */
    lens(picture) {
      if (!picture && !lens) return;
      lens = picture;
      this.paintMap();
    },
    /** Other points, if they are among these. @param {Reply['arrays']} arrays */
    take({ train_x: x, train_y: y, test_x: testX, test_y: testY }) {
      if (!this.scene || !x) return;
      this.scene.train = { x: x.data, y: y.data };
      this.scene.test = { x: testX.data, y: testY.data };
      this.paintScene();
    },
    clear() {
      this.scene = map = lens = null;
      for (const { value } of [field, line, hand, dots]) if (value) fitToScreen(value);
    },
    paintScene() {
      if (!this.scene || !dots.value) return;
      const { test, ...rest } = this.scene;
      if (this.own) {
        const { points, classes } = this.own;
        paintPoints(dots.value, { ...rest, train: points, classes });
      } else {
        paintPoints(dots.value, this.showTest ? { ...rest, test } : rest);
      }
    },
    paintMap() {
      if (!map || !field.value || !line.value) return;
      if (lens) {
        const times = Math.ceil(LENS_PIXELS / lens.side);
        paintSmooth(field.value, lens.data, lens.side, times, lens.colour);
        fitToScreen(line.value);
        return;
      }
      paintField(field.value, this.discrete ? decided(map) : map, moving);
      paintBoundary(line.value, map);
    },
  };
  return picture;
}
