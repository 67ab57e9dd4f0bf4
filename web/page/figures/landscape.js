/** What a layer makes of test images, in the plane; the person's drawing moves among them. */

import { html, nothing, render } from 'lit';
import { floatBytes } from '../../shared/protocol.js';
import { segments } from '../controls/buttons.js';
import { frameOf, nearestOf, paintLandscape } from '../drawings/landscape.js';
import { paintInk } from '../drawings/raster.js';
import { make } from '../element.js';
import { formatPercent, t } from '../i18n.js';
import { newestOnly } from '../session/newest.js';
import './landscape.css';

/** @typedef {import('../../shared/protocol.js').Reply} Reply */

const SIDE = 28;
/** Milliseconds of Python's time for steps of t-SNE; and between two looks while the network learns. */
const [SLICE, AGAIN] = [25, 1500];

/**
 * @param {object} options
 * @param {(action: string, args: object) => Promise<Reply>} options.ask  of the network that is shown
 * @param {() => Float32Array | null} options.drawn  the person's digit as the network sees it
 * @param {(error: unknown) => void} options.onError
 */
export function createLandscapeFigure({ ask, drawn, onError }) {
  const element = make('figure', 'figure-landscape');
  const canvas = make('canvas', 'landscape', { testid: 'landscape', role: 'img' });
  const image = make('canvas', 'landscape-image');
  image.hidden = true;
  let open = false;
  /** The number of the layer; null: the last but one. @type {number | null} */
  let layer = null;
  let method = 'principal';
  /** @type {string[]} */
  let layers = [];
  /** @type {Reply | null} with labels and images */
  let shown = null;
  /** @type {ArrayLike<number>} */
  let places = [];
  /** @type {ArrayLike<number> | null} */
  let own = null;
  let done = 1;
  /** Counts networks and choices: what comes for older ones is dropped. */
  let subject = 0;
  let askedAt = 0;

  async function look() {
    if (!open) return;
    subject += 1;
    const mine = subject;
    askedAt = performance.now();
    try {
      // Before its names are known, the last layer but one is asked for by its place.
      const known = layers.length || (await ask('landscape', { layer: 0, method: 'principal' }));
      if (typeof known !== 'number') layers = known.head.layers;
      layer ??= Math.max(0, layers.length - 2);
      const reply = await ask('landscape', { layer: Math.min(layer, layers.length - 1), method });
      if (mine !== subject) return;
      layers = reply.head.layers;
      if (!reply.arrays.places) return draw();
      shown = reply;
      take(reply);
      while (mine === subject && open && done < 1) {
        const next = await ask('landscape_step', { milliseconds: SLICE });
        if (mine === subject) take(next);
        await new Promise((resolve) => {
          requestAnimationFrame(resolve);
        });
      }
      void place();
    } catch (error) {
      if (mine === subject) onError(error);
    }
  }

  /** @param {Reply} reply */
  function take({ head, arrays }) {
    places = arrays.places.data;
    done = head.done;
    draw();
  }

  /** Where the drawing lies now. */
  const place = newestOnly(async () => {
    if (!open || !shown) return;
    const digit = drawn();
    try {
      const reply = digit && (await ask('landscape_place', { image: floatBytes(digit) }));
      own = reply?.arrays.place.data ?? null;
      paint();
    } catch {
      // The network is made anew: the next drawing asks again.
    }
  });

  function paint() {
    if (!shown || !canvas.clientWidth) return;
    paintLandscape(canvas, frameOf(canvas, places), places, shown.arrays.labels.data, own);
    canvas.dataset.own = own ? `${own[0]},${own[1]}` : '';
  }

  canvas.addEventListener('pointermove', (event) => {
    if (!shown) return;
    const box = canvas.getBoundingClientRect();
    const frame = frameOf(canvas, places);
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const at = nearestOf(frame, places, x, y);
    image.hidden = at < 0;
    if (at < 0) return;
    const { images } = shown.arrays;
    paintInk(image, images.data.subarray(at * SIDE * SIDE, (at + 1) * SIDE * SIDE), SIDE, SIDE);
    image.style.setProperty('left', `${Math.min(x + 12, frame.width - 64)}px`);
    image.style.setProperty('top', `${Math.max(0, y - 68)}px`);
    image.dataset.place = String(at);
  });
  canvas.addEventListener('pointerleave', () => {
    image.hidden = true;
  });

  function draw() {
    canvas.setAttribute('aria-label', t('digits:landscape.label'));
    canvas.dataset.done = String(done);
    canvas.dataset.points = String(places.length / 2);
    render(
      html`<details
        class="digits-settings"
        @toggle=${(/** @type {Event} */ event) => {
          open = /** @type {HTMLDetailsElement} */ (event.target).open;
          if (open) void look();
        }}
      >
        <summary data-testid="landscape-open">${t('digits:landscape.title')}</summary>
        <div class="landscape-choices">
          <label class="field"
            ><span class="field-label">${t('digits:landscape.layer')}</span
            ><select
              data-testid="landscape-layer"
              ?disabled=${layers.length === 0}
              @change=${(/** @type {Event} */ event) => {
                layer = Number(/** @type {HTMLSelectElement} */ (event.target).value);
                void look();
              }}
            >
              ${layers.map(
                (name, at) =>
                  html`<option value=${at} .selected=${at === layer}>${at ? name : t('digits:layers.input')}</option>`,
              )}
            </select></label
          >
          ${segments({
            testid: 'landscape-method',
            label: t('digits:landscape.method'),
            value: method,
            choices: ['principal', 'neighbours'].map((value) => ({
              value,
              label: t(`digits:landscape.${value}`),
            })),
            onChange(next) {
              method = next;
              draw();
              void look();
            },
          })}
        </div>
        <div class="landscape-place">${canvas} ${image}</div>
      </details>
      ${
        open
          ? html`<figcaption>
              <b>${t('digits:landscape.figure')}.</b> ${t(`digits:landscape.${method}Caption`, {
                share: formatPercent(shown?.head.share ?? 0, 0),
              })}
            </figcaption>`
          : nothing
      }`,
      element,
    );
    paint();
  }

  return {
    element,
    draw,
    repaint: paint,
    sized: canvas,
    begin() {
      shown = null;
      places = [];
      own = null;
      layer = null;
      layers = [];
      draw();
      void look();
    },
    update() {
      // The network has learned something since; t-SNE is not begun anew by itself.
      if (method === 'principal' && performance.now() - askedAt > AGAIN) void look();
    },
    /** The person draws. */
    follow: () => void place(),
  };
}
