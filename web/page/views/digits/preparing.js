// How the drawing becomes what the network sees, step by step; a step can be left out.
import { html, nothing, render } from 'lit';
import { paintInk } from '../../drawings/raster.js';
import { make } from '../../element.js';
import { formatPercent, t } from '../../i18n.js';
import { newestOnly } from '../../session/newest.js';
import './preparing.css';

/** @typedef {import('../../../shared/protocol.js').Reply} Reply */

const SIDE = 28;
/** The image after each step, and Python's name of the step that made it. */
const STEPS = [
  { name: 'drawn', flag: null },
  { name: 'scaled', flag: 'scale' },
  { name: 'inked', flag: 'ink' },
  { name: 'centred', flag: 'centre' },
];

/**
 * @param {object} options
 * @param {(question: [string, object]) => Promise<Reply>} options.ask  of the network that answers
 * @param {{blank: () => boolean, content: () => [string, any], aspect: () => number}} options.pad
 */
export function createPreparing({ ask, pad }) {
  const element = make('details', 'digits-settings preparing');
  const images = STEPS.map(({ name }) =>
    make('canvas', 'preparing-image', { testid: `prepare-${name}`, role: 'img' }),
  );
  /** Python's flags of the steps that are left out. @type {Set<string>} */
  const out = new Set();
  /** @type {Reply | null} */
  let reply = null;

  const look = newestOnly(async () => {
    if (!element.open) return;
    const [method, drawing] = pad.content();
    if (pad.blank() || method !== 'read') {
      reply = null;
    } else {
      const flags = STEPS.flatMap(({ flag }) => (flag ? [[flag, !out.has(flag)]] : []));
      const words = { ...drawing, width: pad.aspect(), ...Object.fromEntries(flags) };
      try {
        reply = await ask(['prepare', words]);
      } catch {
        // Python has ended, or the network is made anew: the next drawing asks again.
      }
    }
    draw();
  });

  element.addEventListener('toggle', look);

  function draw() {
    const photo = !pad.blank() && pad.content()[0] !== 'read';
    render(
      html`<summary data-testid="prepare-open">${t('digits:prepare.title')}</summary>
        <div class="preparing-steps">
          ${STEPS.map(({ name, flag }, at) => {
            const step = t(`digits:prepare.${name}`);
            return html`<div class="preparing-step" data-out=${String(flag !== null && out.has(flag))}>
              ${images[at]}
              ${
                flag
                  ? html`<label
                      ><input
                        type="checkbox"
                        data-testid="prepare-${flag}"
                        .checked=${!out.has(flag)}
                        @change=${() => {
                          if (!out.delete(flag)) out.add(flag);
                          void look();
                        }}
                      />${step}</label
                    >`
                  : html`<span>${step}</span>`
              }
            </div>`;
          })}
        </div>
        <p class="augment-note" role="status" data-testid="prepare-reads" data-value=${reply?.head.answer ?? nothing}>
          ${
            photo
              ? t('digits:prepare.photo')
              : reply
                ? t('digits:prepare.reads', {
                    answer: reply.head.answer,
                    share: formatPercent(reply.arrays.answers.data[reply.head.answer], 1),
                  })
                : t('digits:prepare.note')
          }
        </p>`,
      element,
    );
    paint();
  }

  function paint() {
    for (const [at, canvas] of images.entries()) {
      canvas.setAttribute('aria-label', t(`digits:prepare.${STEPS[at].name}`));
      const all = reply?.arrays.steps.data;
      const blank = new Float32Array(SIDE * SIDE);
      paintInk(
        canvas,
        all?.subarray(at * SIDE * SIDE, (at + 1) * SIDE * SIDE) ?? blank,
        SIDE,
        SIDE,
      );
    }
  }

  return { element, draw, paint, look };
}
