/**
 * You against Adam: the nine weights of XOR, turned by hand. For each change that you make Adam makes
 * one too, from the same start, and both losses are drawn in one chart. A link challenges a friend.
 */
import { html, nothing, render } from 'lit';
import { copyText } from '../../clipboard.js';
import { button } from '../../controls/buttons.js';
import { icons } from '../../controls/icons.js';
import { createJoinedCurves } from '../../drawings/joined-curves.js';
import { make } from '../../element.js';
import { formatLoss } from '../../figures/losses.js';
import { createPlanePicture } from '../../figures/plane-picture.js';
import { formatFixed, formatNumber, t } from '../../i18n.js';
import { formatRoute } from '../../router.js';
import { createByHand } from './by-hand.js';
import '../../figures/small-plane.css';
import './versus.css';

/** @typedef {import('../../../shared/protocol.js').Reply} Reply */

const YOU = 'planar/you';
const ADAM = 'planar/adam';
const SETTINGS = { dataset: 'xor', network_shape: '2', optimizer: 'adam', learning_rate: 0.1 };
const ALONE = 200; // mini-batches of Adam, when it is asked to
const REACH = 10; // of a slider
/** The weights by the names of `pynn.live.edits`, and where they stand in a frame. */
const WEIGHTS = [
  { group: 0, name: 'w1.0.0', array: 'weights/0', at: 0, label: 'x1' },
  { group: 0, name: 'w1.1.0', array: 'weights/0', at: 2, label: 'x2' },
  { group: 0, name: 'b1.0', array: 'biases/0', at: 0, label: 'bias' },
  { group: 1, name: 'w1.0.1', array: 'weights/0', at: 1, label: 'x1' },
  { group: 1, name: 'w1.1.1', array: 'weights/0', at: 3, label: 'x2' },
  { group: 1, name: 'b1.1', array: 'biases/0', at: 1, label: 'bias' },
  { group: 2, name: 'w2.0.0', array: 'weights/1', at: 0, label: 'neuron1' },
  { group: 2, name: 'w2.1.0', array: 'weights/1', at: 1, label: 'neuron2' },
  { group: 2, name: 'b2.0', array: 'biases/1', at: 0, label: 'bias' },
];

/**
 * @param {object} options
 * @param {import('../../session/engine.js').Engine} options.engine
 * @param {() => ReturnType<typeof import('./session.js').createSession>} options.session
 * @param {(error: unknown) => void} options.onError
 */
export function createVersus({ engine, session, onError }) {
  const element = make('div', 'versus');
  const picture = createPlanePicture();
  const place = make('div', 'chart', { testid: 'versus-chart', role: 'img' });
  const curves = createJoinedCurves(place, {
    xLabel: () => t('playground:versus.changes'),
    yLabel: () => t('playground:loss'),
  });
  let shown = false;
  /** Values of the weights. @type {number[]} */
  let values = [];
  /** After each change. @type {number[]} */
  let yours = [];
  /** @type {number[]} */
  let adams = [];
  let best = Infinity;
  let challenge = 0; // somebody's best, of a link
  let copied = false;
  let seed = '';

  const byHand = createByHand({
    allow() {},
    async put(changes) {
      take(await engine.call(YOU, 'put', { changes }));
    },
    onRest() {},
    onError,
  });

  /** @param {Reply} reply */
  function take({ head, arrays }) {
    values = WEIGHTS.map(({ array, at }) => arrays[array].data[at]);
    yours[Math.max(yours.length - 1, 0)] = head.train_loss;
    best = Math.min(best, head.train_loss);
    picture.take(arrays);
    picture.show(arrays.map, false);
    draw();
  }

  async function begin() {
    seed = String(session().settings.seed);
    challenge = Number(session().settings.challenge ?? 0);
    yours = [];
    adams = [];
    best = Infinity;
    copied = false;
    try {
      const settings = { ...SETTINGS, seed };
      const [you, adam] = await Promise.all([
        engine.call(YOU, 'open', settings),
        engine.call(ADAM, 'open', settings),
      ]);
      const none = { x: [], y: [] };
      const { extent, layers } = you.head;
      picture.scene = { train: none, test: none, extent, classes: 2, outputs: layers.length - 1 };
      adams = [adam.head.train_loss];
      take(you);
    } catch (error) {
      onError(error);
    }
  }

  /** The hand has let go: one change more, and one of Adam's. */
  async function count() {
    yours.push(yours[yours.length - 1]);
    await letAdam(1);
  }

  /** @param {number} steps */
  async function letAdam(steps) {
    if (adams.length === 0) return;
    try {
      const reply = await engine.call(ADAM, 'advance', { milliseconds: 60_000, steps });
      const { data } = reply.arrays.history;
      for (let row = 0; row < data.length; row += 5) if (data[row] > 0) adams.push(data[row + 1]);
      draw();
    } catch (error) {
      onError(error);
    }
  }

  async function share() {
    const query = new URLSearchParams({ seed, challenge: String(Number(best.toPrecision(4))) });
    copied = await copyText(new URL(formatRoute('playground', query), document.baseURI).href);
    draw();
  }

  function draw() {
    if (!shown) return;
    render(
      html`<p class="room-text">${t('playground:versus.text')}</p>
        ${
          challenge > 0
            ? html`<p class="versus-challenge" data-testid="versus-challenge">
                ${t(`playground:versus.${best < challenge ? 'beaten' : 'challenge'}`, {
                  loss: formatLoss(challenge),
                })}
              </p>`
            : nothing
        }
        <div class="versus-parts">
          <div class="versus-sliders">${[0, 1, 2].map(sliders)}</div>
          <figure><div class="small-plane" data-testid="versus-map" role="img" aria-label=${t('playground:versus.map')}>${picture.layers()}</div></figure>
          <figure>
            <p class="numbers versus-numbers">
              <span data-testid="versus-you" data-value=${yours.at(-1) ?? ''}>
                <span class="swatch swatch-second" aria-hidden="true"></span>
                ${t('playground:versus.you', { loss: formatLoss(yours.at(-1)), best: formatLoss(best) })}</span
              >
              <span data-testid="versus-adam" data-value=${adams.at(-1) ?? ''}>
                <span class="swatch swatch-train" aria-hidden="true"></span>
                ${t('playground:versus.adam', { loss: formatLoss(adams.at(-1)), steps: formatNumber(Math.max(adams.length - 1, 0)) })}</span
              >
            </p>
            ${place}
            <div class="versus-buttons">
              ${button({ label: t('playground:versus.alone'), testid: 'versus-alone', onClick: () => letAdam(ALONE) })}
              ${button({ label: t('playground:reset'), icon: icons.reset, testid: 'versus-reset', onClick: begin })}
              ${button({
                label: t(`playground:versus.${copied ? 'copied' : 'share'}`),
                icon: icons.share,
                kind: 'quiet',
                testid: 'versus-share',
                disabled: !Number.isFinite(best),
                onClick: share,
              })}
            </div>
          </figure>
        </div>`,
      element,
    );
    place.setAttribute('aria-label', t('playground:versus.chart'));
    const curve = (
      /** @type {number[]} */ y,
      /** @type {string} */ label,
      /** @type {string} */ colour,
    ) => ({
      label,
      colour,
      x: y.map((_, i) => i),
      y,
    });
    curves.show({
      curves: [curve(yours, 'you', '--negative-strong'), curve(adams, 'Adam', '--ink')],
    });
  }

  /** @param {number} group */
  function sliders(group) {
    const title =
      group < 2
        ? t('playground:versus.neuron', { number: group + 1 })
        : t('playground:versus.output');
    return html`<fieldset>
      <legend>${title}</legend>
      ${WEIGHTS.map((weight, i) => (weight.group === group ? slider(title, i) : nothing))}
    </fieldset>`;
  }

  /** @param {string} title @param {number} i */
  function slider(title, i) {
    const { name, label } = WEIGHTS[i];
    const word = t(`playground:versus.from.${label}`);
    const value = values[i] ?? 0;
    return html`<label
      ><span>${word}</span
      ><input
        type="range"
        min=${-REACH}
        max=${REACH}
        step="0.05"
        data-name=${name}
        aria-label="${title}, ${word}"
        ?disabled=${values.length === 0}
        .value=${String(value)}
        @input=${(/** @type {Event} */ event) =>
          byHand({ [name]: Number(/** @type {HTMLInputElement} */ (event.target).value) })}
        @change=${count}
      /><span class="numbers">${formatFixed(value, 2)}</span></label
    >`;
  }

  return {
    /** @type {import('./rooms.js').Room} */
    room: {
      name: 'versus',
      testid: 'versus',
      element,
      onOpen() {
        shown = true;
        draw();
        begin();
      },
      onClose() {
        shown = false;
      },
    },
    draw,
    /** Python has been started again, and knows nothing of them. */
    again() {
      if (shown) begin();
    },
    /** Whether an address challenges. @param {Reply} reply */
    asked: ({ head }) => Number(head.settings?.challenge ?? 0) > 0,
  };
}
