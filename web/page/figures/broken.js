/** How the layers do, and what goes when some of their units are switched off or their weights shaken. */
import { html, nothing, render } from 'lit';
import { button } from '../controls/buttons.js';
import { make } from '../element.js';
import { formatNumber, formatPercent, t } from '../i18n.js';
import { newestOnly } from '../session/newest.js';
import './broken.css';

/** @typedef {import('../../shared/protocol.js').Reply} Reply */
/**
 * @typedef {object} LayerHealth  as Python tells it
 * @property {string} name
 * @property {number} units
 * @property {number[]} [silent]  units that no test image excites
 * @property {number | null} [gradient]  the mean size
 */

/** So many units of a layer have a button each. */
const MOST = 128;

/**
 * @param {object} options
 * @param {(action: string, args: object) => Promise<Reply>} options.ask  of the network that is shown
 * @param {() => void} options.onBroken  it answers otherwise now
 * @param {(error: unknown) => void} options.onError
 */
export function createBrokenFigure(options) {
  const element = make('figure', 'figure-broken');
  let open = false;
  /** @type {LayerHealth[]} */
  let layers = [];
  let chosen = 0;
  /** Units that are off, by layer. @type {Map<string, Set<number>>} */
  let off = new Map();
  let noise = 0;
  /** @type {{before: number, after: number} | null} */
  let result = null;
  /** Counts networks. */
  let subject = 0;

  const isBroken = () => noise > 0 || [...off.values()].some((units) => units.size > 0);

  async function look() {
    if (!open) return;
    const mine = subject;
    try {
      const { head } = await options.ask('health', {});
      if (mine !== subject) return;
      layers = head.layers;
      draw();
    } catch (error) {
      options.onError(error);
    }
  }

  const ask = newestOnly(async () => {
    const mine = subject;
    try {
      const { head } = await options.ask('break_network', wish());
      const { before, after } = head;
      result = mine === subject && typeof after === 'number' ? { before, after } : null;
      draw();
      options.onBroken();
    } catch (error) {
      options.onError(error);
    }
  });

  /** Something was broken, or mended. */
  function tell() {
    draw();
    void ask();
  }

  function wish() {
    const parts = [...off]
      .filter(([, units]) => units.size > 0)
      .map(([name, units]) => `${name}:${[...units].join(',')}`);
    return { off: parts.join(' '), noise };
  }

  /** @param {string} name @param {number} unit */
  function toggle(name, unit) {
    const units = off.get(name) ?? new Set();
    if (!units.delete(unit)) units.add(unit);
    off.set(name, units);
    tell();
  }

  function mend() {
    off = new Map();
    noise = 0;
    tell();
  }

  const table = () =>
    html`<table class="health" data-testid="health">
      <thead>
        <tr>
          <th>${t('digits:broken.layer')}</th>
          <th>${t('digits:broken.units')}</th>
          <th>${t('digits:broken.silent')}</th>
          <th>${t('digits:broken.gradient')}</th>
        </tr>
      </thead>
      <tbody>
        ${layers.map(
          ({ name, units, silent, gradient }, at) => html`<tr data-chosen=${String(at === chosen)}>
            <th scope="row">
              <button
                type="button"
                aria-pressed=${String(at === chosen)}
                data-testid="break-layer"
                @click=${() => {
                  chosen = at;
                  draw();
                }}
                >${name}</button
              >
            </th>
            <td>${formatNumber(units)}</td>
            <td>${silent ? formatPercent(silent.length / units, 0) : '–'}</td>
            <td>${typeof gradient === 'number' ? gradient.toExponential(1) : '–'}</td>
          </tr>`,
        )}
      </tbody>
    </table>`;

  function units() {
    const layer = layers[chosen];
    if (!layer) return nothing;
    const silent = new Set(layer.silent);
    const gone = off.get(layer.name);
    return html`<div
      class="break-units"
      role="group"
      aria-label=${t('digits:broken.unitsOf', { layer: layer.name })}
    >
      ${Array.from({ length: Math.min(MOST, layer.units) }, (_, unit) => {
        const name = t('digits:broken.unit', { unit, layer: layer.name });
        return html`<button
          type="button"
          data-testid="break-unit"
          data-silent=${String(silent.has(unit))}
          aria-pressed=${String(gone?.has(unit) ?? false)}
          aria-label=${name}
          title=${silent.has(unit) ? `${name}: ${t('digits:broken.isSilent')}` : name}
          @click=${() => toggle(layer.name, unit)}
          >${unit}</button
        >`;
      })}
    </div>`;
  }

  function draw() {
    render(
      html`<details
        class="digits-settings"
        @toggle=${(/** @type {Event} */ event) => {
          open = /** @type {HTMLDetailsElement} */ (event.target).open;
          draw();
          if (open) void look();
        }}
      >
        <summary data-testid="break-open">${t('digits:broken.title')}</summary>
        ${table()} ${units()}
        <label class="break-noise"
          >${t('digits:broken.noise')}
          <input
            type="range"
            min="0"
            max="2"
            step="0.05"
            data-testid="break-noise"
            .value=${String(noise)}
            @input=${(/** @type {Event} */ event) => {
              noise = Number(/** @type {HTMLInputElement} */ (event.target).value);
              tell();
            }}
          /><span>${formatPercent(noise, 0)}</span></label
        >
        <p class="break-result" role="status" data-testid="break-result" data-value=${result && isBroken() ? result.after : nothing}>
          ${
            result && isBroken()
              ? t('digits:broken.result', {
                  before: formatPercent(result.before, 1),
                  after: formatPercent(result.after, 1),
                })
              : nothing
          }
        </p>
        ${button({
          label: t('digits:broken.mend'),
          testid: 'break-mend',
          disabled: !isBroken(),
          onClick: mend,
        })}
      </details>
      ${
        open
          ? html`<figcaption>
              <b>${t('digits:broken.figure')}.</b> ${t('digits:broken.caption')}
            </figcaption>`
          : nothing
      }`,
      element,
    );
  }

  return {
    element,
    draw,
    begin() {
      subject += 1;
      layers = [];
      chosen = 0;
      result = null;
      // What was broken of the other network is whole in this one.
      const was = isBroken();
      off = new Map();
      noise = 0;
      if (was) tell();
      else draw();
      void look();
    },
  };
}
