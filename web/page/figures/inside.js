/** The plane as a hidden layer bends it, so that one sees the classes being pulled apart. */
import { html, nothing, render } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { segments } from '../controls/buttons.js';
import { paintBent } from '../drawings/bent-plane.js';
import { make } from '../element.js';
import { formatPercent, t } from '../i18n.js';
import './small-plane.css';
import './inside.css';

/**
 * @param {object} options
 * @param {(layer: number) => void} options.onLayer  somebody wants to look into another one
 * @returns {import('./figure.js').Figure}
 */
export function createInsideFigure({ onLayer }) {
  const element = make('figure', 'inside-figure');
  /** @type {import('lit/directives/ref.js').Ref<HTMLCanvasElement>} */
  const net = createRef();
  /** @type {import('lit/directives/ref.js').Ref<HTMLCanvasElement>} */
  const points = createRef();
  /** Units in each hidden layer. @type {number[]} */
  let hidden = [];
  let classes = 2;
  /** Of the points that train. @type {ArrayLike<number>} */
  let labels = [];
  /** @type {import('./figure.js').Arrays | null} */
  let shown = null;
  let layer = 0;
  /** Of the spread, what is seen. */
  let share = 1;

  function draw() {
    if (hidden.length === 0) {
      render(html`<p class="inside-none">${t('playground:inside.none')}</p>`, element);
      return;
    }
    const units = hidden[layer - 1] ?? 0;
    const how = units > 2 ? 'many' : units === 2 ? 'two' : 'one';
    render(
      html`${
        hidden.length > 1
          ? segments({
              label: t('playground:inside.layer'),
              value: layer,
              choices: hidden.map((_, i) => ({
                value: i + 1,
                label: t('playground:inside.layerNumber', { layer: i + 1 }),
              })),
              onChange: onLayer,
              testid: 'inside-layer',
            })
          : nothing
      }
        <div
          class="small-plane"
          data-testid="inside"
          role="img"
          aria-label=${t('playground:inside.summary', { layer, units })}
        ><canvas ${ref(net)}></canvas><canvas ${ref(points)}></canvas></div>
        <figcaption>
          ${t('playground:inside.caption')}
          ${t(`playground:inside.${how}`, { units, share: formatPercent(share, 0) })}
        </figcaption>`,
      element,
    );
    repaint();
  }

  function repaint() {
    if (!shown || !net.value || !points.value) return;
    paintBent(
      { net: net.value, points: points.value },
      {
        net: shown['inside/net'],
        answers: shown['inside/answers'],
        places: shown['inside/points'],
        labels,
        classes,
      },
    );
  }

  /** @param {import('./figure.js').Arrays} arrays */
  function take({ train_y: next }) {
    if (next) labels = next.data;
  }

  return {
    element,
    get sized() {
      return net.value;
    },
    draw,
    repaint,
    begin({ head, arrays }) {
      hidden = head.layers.slice(1, -1);
      classes = head.classes;
      layer = Math.min(layer || hidden.length, hidden.length);
      shown = null;
      take(arrays);
      draw();
    },
    update(arrays, head) {
      take(arrays);
      if (!arrays['inside/net']) return;
      shown = arrays;
      const told =
        head.inside !== layer || formatPercent(head.inside_share, 0) !== formatPercent(share, 0);
      layer = head.inside;
      share = head.inside_share;
      if (told) draw();
      else repaint();
    },
  };
}
