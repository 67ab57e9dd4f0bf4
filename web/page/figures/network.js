/**
 * The network. Each tile shows where on the plane its unit responds;
 * the buttons above a column change the number of its units. The tiles are one stop of the tab
 * key; arrow keys move among them. What is pressed can be changed by hand below.
 */
import { html, nothing, render } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { arrange, edgeAt, paintEdges, scaleOf } from '../drawings/network-diagram.js';
import { unitPicture } from '../drawings/unit-picture.js';
import { make } from '../element.js';
import { t } from '../i18n.js';
import { textScale } from '../text-size.js';
import { createFeatures } from './network-features.js';
import { networkHeads } from './network-heads.js';
import { createInspector } from './network-inspector.js';
import { noteBox, putNote } from './network-note.js';
import { formulaOf, slopeOf } from './network-numbers.js';
import { createSubject } from './network-subject.js';
import { diagramText, edgeText, unitText, weightKey } from './network-texts.js';
import { paintUnit, placeOf, putTiles, tile, tileOf } from './network-tiles.js';
import { connectionsOf, putSpots, touchOf } from './network-touch.js';
import './network.css';

/**
 * @typedef {import('../../shared/protocol.js').Reply} Reply
 * @typedef {import('../drawings/network-diagram.js').Layout} Layout
 * @typedef {import('../drawings/unit-picture.js').Place} Place
 * @typedef {import('../drawings/unit-picture.js').Picture} Picture
 */

const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

/**
 * @param {object} options
 * @param {number} options.number
 * @param {() => number} options.mostUnits  of a layer
 * @param {() => string[]} options.allFeatures  that can be inputs
 * @param {(shape: number[]) => void} options.onShape the person changed the hidden layers
 * @param {(features: string[]) => void} options.onFeatures  or the inputs
 * @param {(changes: Record<string, number>) => void} options.onPut  or the network itself
 * @param {(picture: Picture | null) => void} options.onUnit  somebody looks at a unit, or no more
 * @returns {import('./figure.js').Figure}
 */
export function createNetworkFigure(options) {
  const { number, mostUnits, allFeatures, onShape, onFeatures, onPut, onUnit } = options;
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
  /** Of each layer but the inputs. @type {string[]} */
  let activations = [];
  /** What the thickest line stands for. */
  let scale = 1;
  /** The point of the plane that is followed. @type {import('./network-touch.js').Touch | null} */
  let touch = null;
  /** The unit that the tab key stops at. @type {Place} */
  let current = { layer: 0, index: 0 };
  const subject = createSubject(() => {
    look();
    draw();
  });
  const inspector = createInspector({ onPut, onChange: draw });
  const features = createFeatures({ all: allFeatures, onChoose: onFeatures, onShow: draw });

  function draw() {
    const off = frame?.head.off ?? [];
    const told = features.chosen;
    const hands = { current, touch, features: told, off, onFocus: focus, onBlur: blur };
    render(
      html`${networkHeads({ layers, most: mostUnits(), onShape, inputs: features.head() })}
        ${features.row()}
        <div
          class="network-stage"
          data-testid="network-diagram"
          role="group"
          aria-label=${diagramText(layers)}
          ${ref(stage)}
          @pointermove=${point}
          @pointerdown=${point}
          @pointerleave=${leave}
          @click=${press}
          @keydown=${travel}
        >
          <canvas class="network-edges" aria-hidden="true" ${ref(edges)}></canvas>
          ${layout.layers.flat().map((unit) => tile(layers, unit, hands))} ${note()}
        </div>
        ${weightKey(scale, !!touch)} ${inspector.draw(seen())}
        <figcaption>
          <b>${t('playground:figure', { number })}</b> ${t('playground:network.caption')}
          ${Number(layers.at(-1)) > 1 ? t('playground:network.captionMany') : nothing}
        </figcaption>`,
      element,
    );
    putTiles(element, layout);
    putSpots(element, touch);
    if (subject.now) putNote(/** @type {HTMLElement} */ (stage.value), layout, subject);
    paint();
  }

  const seen = () => ({ frame, layers, activations, features: features.chosen, touch });

  function note() {
    const marked = subject.now;
    if (!marked) return nothing;
    const formula = touch && 'unit' in marked ? [formulaOf(seen(), marked)] : [];
    return 'unit' in marked
      ? noteBox([...unitText(seen(), marked.unit), ...formula], true)
      : noteBox([...edgeText(seen(), marked.edge), ...slopeOf(seen(), marked)], false);
  }

  /** Tells which unit somebody looks at. */
  function look() {
    const marked = subject.now;
    const seen = marked && 'unit' in marked && frame?.arrays.map;
    onUnit(seen ? unitPicture(/** @type {Reply} */ (frame), layers, marked.unit) : null);
  }

  /** What lies under the pointer. @param {MouseEvent} event */
  function under(event) {
    const box = /** @type {HTMLElement} */ (stage.value).getBoundingClientRect();
    const place = { x: event.clientX - box.left, y: event.clientY - box.top };
    const tile = /** @type {Element} */ (event.target).closest('.neuron');
    const edge = tile ? null : edgeAt(layout, place.x, place.y);
    return { place, found: tile ? { unit: placeOf(tile) } : edge && { edge } };
  }

  /** @param {PointerEvent} event */
  function point(event) {
    if (/** @type {Element} */ (event.target).closest('.network-note')) return subject.stay();
    const { place, found } = under(event);
    subject.point(found, place);
  }

  /** @param {MouseEvent} event */
  function press(event) {
    const { found } = under(event);
    if (found && frame?.arrays.map) inspector.select(found, seen());
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

  function blur() {
    subject.focus(null);
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
    tileOf(element, current)?.focus();
  }

  function paint() {
    if (!frame || !edges.value || layout.layers.length === 0) return;
    const marked = subject.now ?? inspector.selected;
    const lines = connectionsOf(layers, frame.arrays, touch);
    paintEdges(edges.value, layout, lines, marked && 'edge' in marked ? marked.edge : null);
    for (const unit of layout.layers.flat()) {
      paintUnit(tileOf(element, unit)?.firstElementChild, frame, layers, unit);
    }
    if (marked && 'unit' in marked) {
      paintUnit(element.querySelector('.network-note canvas'), frame, layers, marked.unit);
    }
  }

  function measure() {
    const { clientWidth, clientHeight } = /** @type {HTMLElement} */ (stage.value);
    layout = arrange(layers, clientWidth, clientHeight, textScale());
    draw();
  }

  addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape') return;
    if (subject.now) subject.close();
    else inspector.close();
  });
  addEventListener('pointerdown', ({ target }) => {
    if (!stage.value?.contains(/** @type {Node} */ (target))) subject.point(null, subject.place);
  });
  /** @param {Reply} reply */
  function begin(reply) {
    const sizes = reply.head.layers;
    if (String(sizes) !== String(layers)) {
      current = { layer: 1, index: 0 };
      inspector.forget();
    }
    layers = sizes;
    activations = reply.head.activations ?? [];
    extent = reply.head.extent;
    features.begin(reply);
    frame = { head: reply.head, arrays: features.keep(reply.arrays) };
    touch = null;
    subject.clear();
    look();
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
      const before = [scale, String(frame?.head.off)];
      frame = { head, arrays: features.keep(arrays) };
      touch &&= touchOf(arrays, extent) ?? touch;
      scale = scaleOf(connectionsOf(layers, arrays, touch));
      const switched = String(before) !== String([scale, String(head.off)]);
      // Numbers that change are read in the note, on the tiles, and below.
      if (subject.now || touch || inspector.selected || switched) draw();
      else paint();
      if (subject.now) look();
    },
    touch(arrays) {
      touch = arrays && frame && touchOf(arrays, extent);
      if (frame?.arrays.map) scale = scaleOf(connectionsOf(layers, frame.arrays, touch));
      draw();
    },
  };
}
