// The numbers of a moment as a picture: press one, or go to it with the arrow keys.
import { paintPixels } from '../../drawings/raster.js';
import { divergingIndex, divergingTable } from '../../drawings/scale.js';
import { make } from '../../element.js';
import { t } from '../../i18n.js';
import { onThemeChange } from '../../theme.js';
import { roughly } from './cell.js';
import { tilesOf } from './tiles.js';

/** Pixels of the screen: a square is at most so large, and the picture so wide and high. */
const [LARGEST, WIDEST, HIGHEST] = [40, 640, 380];
/** So many numbers are written into their squares, where those are at their largest. */
const MOST_WRITTEN = 64;
/** @type {Record<string, [number, number]>} */
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** @param {{onPick: (place: number) => void}} options  a place in the flat array */
export function createPicture({ onPick }) {
  const element = make('div', 'opened-picture');
  const canvas = make('canvas', 'opened-numbers', { testid: 'step-numbers', role: 'application' });
  canvas.tabIndex = 0;
  const written = make('span', 'opened-written');
  written.setAttribute('aria-hidden', 'true');
  const mark = make('span', 'opened-mark');
  element.append(canvas, written, mark);
  let tiles = tilesOf([1]);
  /** @type {ArrayLike<number>} */
  let values = [0];
  let picked = 0;

  function paint() {
    const { width, height } = tiles;
    const colours = divergingTable().packed;
    let largest = 0;
    for (let i = 0; i < values.length; i += 1)
      largest = Math.max(largest, Math.abs(values[i]) || 0);
    paintPixels(canvas, width, height, (pixels) => {
      for (let place = 0; place < tiles.count; place += 1) {
        const [x, y] = tiles.squareOf(place);
        const share = largest ? values[place] / largest : 0;
        pixels[y * width + x] = colours[divergingIndex(Number.isNaN(share) ? 0 : share)];
      }
    });
    const size = Math.max(1, Math.min(LARGEST, WIDEST / width, HIGHEST / height));
    element.style.setProperty('--across', `${Math.round(width * size)}px`);
    element.style.setProperty('--ratio', String(width / height));
    write(size === LARGEST && tiles.count <= MOST_WRITTEN);
    showMark();
  }

  /** Few numbers stand in their squares. @param {boolean} on */
  function write(on) {
    const numbers = on ? Array.from(values, (value) => roughly(value)) : [];
    written.replaceChildren(
      ...numbers.map((text, place) => {
        const [x, y] = tiles.squareOf(place);
        const label = make('span', 'opened-number');
        label.textContent = text;
        label.style.setProperty('left', `${(100 * x) / tiles.width}%`);
        label.style.setProperty('top', `${(100 * y) / tiles.height}%`);
        return label;
      }),
    );
  }

  function showMark() {
    const [x, y] = tiles.squareOf(picked);
    mark.style.setProperty('left', `${(100 * x) / tiles.width}%`);
    mark.style.setProperty('top', `${(100 * y) / tiles.height}%`);
    mark.style.setProperty('width', `${100 / tiles.width}%`);
    mark.style.setProperty('height', `${100 / tiles.height}%`);
    canvas.dataset.place = String(picked);
  }

  /** @param {number} place */
  function pick(place) {
    if (place < 0) return;
    picked = place;
    showMark();
    onPick(place);
  }

  canvas.addEventListener('pointerdown', (event) => {
    const box = canvas.getBoundingClientRect();
    const x = Math.floor(((event.clientX - box.left) / box.width) * tiles.width);
    const y = Math.floor(((event.clientY - box.top) / box.height) * tiles.height);
    pick(tiles.placeAt(x, y));
  });
  canvas.addEventListener('keydown', (event) => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    let [x, y] = tiles.squareOf(picked);
    // Over the gap between two tiles.
    for (let tries = 0; tries < 2; tries += 1) {
      x += step[0];
      y += step[1];
      if (x < 0 || y < 0 || x >= tiles.width || y >= tiles.height) return;
      const place = tiles.placeAt(x, y);
      if (place >= 0) return pick(place);
    }
  });
  onThemeChange(() => paint());

  return {
    element,
    /** Another place of the same numbers. @param {number} place */
    mark(place) {
      picked = place;
      showMark();
    },
    /**
     * @param {{name: string, letter: string, shape: number[]}} moment
     * @param {ArrayLike<number>} next  its numbers
     * @param {number} place  that is picked
     */
    show({ name, letter, shape }, next, place) {
      tiles = tilesOf(shape);
      values = next;
      picked = Math.min(place, tiles.count - 1);
      canvas.setAttribute('aria-label', t('opened.picture', { name, letter, count: tiles.count }));
      paint();
    },
  };
}
