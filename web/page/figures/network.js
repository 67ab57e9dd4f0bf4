/**
 * The network. Each tile shows where on the plane its unit responds;
 * the buttons above a column change the number of its units. The tiles are one stop of the tab
 * key; arrow keys move among them.
 */
import { html, nothing, render } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { arrange, edgeAt, paintEdges } from '../drawings/network-diagram.js';
import { paintSmooth } from '../drawings/raster.js';
import { unitPicture } from '../drawings/unit-picture.js';
import { make } from '../element.js';
import { t } from '../i18n.js';
import { networkHeads } from './network-heads.js';
import { noteBox, putNote } from './network-note.js';
import { createSubject } from './network-subject.js';
import { diagramText, edgeText, unitName, unitText } from './network-texts.js';
import { connectionsOf, putSpots, touchOf, touchOn } from './network-touch.js';
import './network.css';

/**
 * @typedef {import('../../shared/protocol.js').Reply} Reply
 * @typedef {import('../drawings/network-diagram.js').Layout} Layout
 * @typedef {import('../drawings/unit-picture.js').Place} Place
 */

const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
/** Along a side of a tile, at least. */
const TILE_PIXELS = 60;

/**
 * @param {object} options
 * @param {number} options.number
 * @param {() => number} options.mostUnits  of a layer
 * @param {(shape: number[]) => void} options.onShape the person changed the hidden layers
 * @returns {import('./figure.js').Figure}
 */
export function createNetworkFigure({ number, mostUnits, onShape }) {
  const element = make('figure', 'network-figure');
  /** @type {import('lit/directives/ref.js').Ref<HTMLElement>} */
  const stage = createRef();
  /** @type {import('lit/directives/ref.js').Ref<HTMLCanvasElement>} */
  const edges = createRef();
  /** @type {number[]} units in each layer, input first */
  let layers = [];
  /** @type {import('../drawings/data-points.js').Extent} */
  let extent = [0, 1, 0, 1];
  /** @type {Layout} */
  let layout = arrange([], 0, 0);
  /** @type {Reply | null} */
  let frame = null;
  /** The point of the plane that is followed. @type {import('./network-touch.js').Touch | null} */
  let touch = null;
  /** The unit that the tab key stops at. @type {Place} */
  let current = { layer: 0, index: 0 };
  const subject = createSubject(draw);

  function draw() {
    render(
      html`${networkHeads({ layers, most: mostUnits(), onShape })}
        <div
          class="network-stage"
          data-testid="network-diagram"
          role="group"
          aria-label=${diagramText(layers)}
          ${ref(stage)}
          @pointermove=${point}
          @pointerdown=${point}
          @pointerleave=${leave}
          @keydown=${travel}
        >
          <canvas class="network-edges" aria-hidden="true" ${ref(edges)}></canvas>
          ${layout.layers.flat().map(tile)} ${note()}
        </div>
        <figcaption>
          <b>${t('playground:figure', { number })}</b> ${t('playground:network.caption')}
          ${Number(layers.at(-1)) > 1 ? t('playground:network.captionMany') : nothing}
        </figcaption>`,
      element,
    );
    putInPlace();
    paint();
  }

  /** @param {import('../drawings/network-diagram.js').Unit} unit */
  function tile(unit) {
    const here = unit.layer === current.layer && unit.index === current.index;
    return html`<button
      type="button"
      class="neuron"
      tabindex=${here ? 0 : -1}
      data-place="${unit.layer}/${unit.index}"
      aria-label=${unitName(layers, unit)}
      aria-describedby=${here ? 'network-note' : nothing}
      @focus=${focus}
      @blur=${() => subject.focus(null)}
    ><canvas width="20" height="20"></canvas>${
      unit.layer === 0 ? html`<i aria-hidden="true">${unit.index === 0 ? 'x₁' : 'x₂'}</i>` : nothing
    }${touchOn(touch, unit)}</button>`;
  }

  function note() {
    const marked = subject.now;
    if (!marked) return nothing;
    return 'unit' in marked
      ? noteBox(unitText(frame, layers, marked.unit, touch), true)
      : noteBox(edgeText(frame, layers, marked.edge, touch), false);
  }

  /** @param {PointerEvent} event */
  function point(event) {
    const target = /** @type {Element} */ (event.target);
    if (target.closest('.network-note')) return subject.stay();
    const box = /** @type {HTMLElement} */ (stage.value).getBoundingClientRect();
    const place = { x: event.clientX - box.left, y: event.clientY - box.top };
    const tile = target.closest('.neuron');
    if (tile) return subject.point({ unit: placeOf(tile) }, place);
    const edge = edgeAt(layout, place.x, place.y);
    subject.point(edge && { edge }, place);
  }

  /** A finger leaves whenever it is lifted. @param {PointerEvent} event */
  function leave({ pointerType }) {
    if (pointerType !== 'touch') subject.point(null, subject.place);
  }

  /** @param {FocusEvent} event */
  function focus({ target }) {
    const tile = /** @type {HTMLElement} */ (target);
    // A click focuses as well; it is the pointer's.
    if (tile.matches(':focus-visible')) subject.focus(placeOf(tile));
  }

  /** @param {KeyboardEvent} event */
  function travel(event) {
    const step = ARROWS[/** @type {keyof typeof ARROWS} */ (event.key)];
    if (!step || layers.length === 0) return;
    event.preventDefault();
    const layer = Math.min(Math.max(current.layer + step[0], 0), layers.length - 1);
    const index = Math.min(Math.max(current.index + step[1], 0), layers[layer] - 1);
    current = { layer, index };
    draw();
    tileOf(current)?.focus();
  }

  /** @param {Element} tile @returns {Place} */
  function placeOf(tile) {
    const [layer, index] = String(/** @type {HTMLElement} */ (tile).dataset.place).split('/');
    return { layer: Number(layer), index: Number(index) };
  }

  /** @param {Place} place @returns {HTMLElement | null} */
  function tileOf({ layer, index }) {
    return element.querySelector(`[data-place="${layer}/${index}"]`);
  }

  /** Sizes and places are set here because the page's policy forbids style attributes. */
  function putInPlace() {
    for (const unit of layout.layers.flat()) {
      const style = /** @type {HTMLElement} */ (tileOf(unit)).style;
      style.left = `${unit.x - unit.size / 2}px`;
      style.top = `${unit.y - unit.size / 2}px`;
      style.width = `${unit.size}px`;
      style.height = `${unit.size}px`;
    }
    putSpots(element, touch);
    if (subject.now) putNote(/** @type {HTMLElement} */ (stage.value), layout, subject);
  }

  function paint() {
    if (!frame || !edges.value || layout.layers.length === 0) return;
    const { arrays } = frame;
    const marked = subject.now;
    const lines = connectionsOf(layers, arrays, touch);
    paintEdges(edges.value, layout, lines, marked && 'edge' in marked ? marked.edge : null);
    for (const unit of layout.layers.flat()) paintUnit(tileOf(unit)?.firstElementChild, unit);
    if (marked && 'unit' in marked) {
      paintUnit(element.querySelector('.network-note canvas'), marked.unit);
    }
  }

  /** @param {Element | null | undefined} canvas @param {Place} unit */
  function paintUnit(canvas, unit) {
    const { data, side, colour } = unitPicture(/** @type {Reply} */ (frame), layers, unit);
    const times = Math.ceil(TILE_PIXELS / side);
    paintSmooth(/** @type {HTMLCanvasElement} */ (canvas), data, side, times, colour);
  }

  function measure() {
    const { clientWidth, clientHeight } = /** @type {HTMLElement} */ (stage.value);
    layout = arrange(layers, clientWidth, clientHeight);
    draw();
  }

  addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') subject.close();
  });
  addEventListener('pointerdown', ({ target }) => {
    if (!stage.value?.contains(/** @type {Node} */ (target))) subject.point(null, subject.place);
  });
  /** @param {Reply} reply */
  function begin(reply) {
    const sizes = reply.head.layers;
    if (String(sizes) !== String(layers)) current = { layer: 1, index: 0 };
    layers = sizes;
    extent = reply.head.extent;
    frame = reply;
    touch = null;
    subject.clear();
    measure();
  }

  return {
    element,
    get sized() {
      return stage.value;
    },
    draw,
    repaint: measure,
    begin,
    clear: () => begin({ head: { layers: [], extent }, arrays: {} }),
    update(arrays, head) {
      frame = { head, arrays };
      touch &&= touchOf(arrays, extent) ?? touch;
      // The note and a followed point have numbers that change.
      if (subject.now || touch) draw();
      else paint();
    },
    touch(arrays) {
      touch = arrays && frame && touchOf(arrays, extent);
      draw();
    },
  };
}
