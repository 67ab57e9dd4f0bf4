/** What stands above the network's columns: the number of units of each, and buttons to change it. */
import { html } from 'lit';
import { button } from '../controls/buttons.js';
import { icons } from '../controls/icons.js';
import { t } from '../i18n.js';

/**
 * @param {object} options
 * @param {number[]} options.layers  units in each layer, input first
 * @param {number} options.most  units of a hidden layer
 * @param {(shape: number[]) => void} options.onShape  the person changed the hidden layers
 * @param {unknown} options.inputs  what stands above those
 */
export function networkHeads({ layers, most, onShape, inputs }) {
  return html`<div class="network-heads">${layers.map(head)}</div>`;

  /** @param {number} count @param {number} layer */
  function head(count, layer) {
    const outer = layer === 0 ? 'inputs' : layer === layers.length - 1 ? 'outputs' : null;
    if (outer === 'inputs') {
      return html`<div class="network-head">${inputs}</div>`;
    }
    if (outer) {
      return html`<div class="network-head"><span>${t(`playground:network.${outer}`)}</span></div>`;
    }
    const change = (/** @type {number} */ by) =>
      onShape(layers.slice(1, -1).map((units, i) => (i === layer - 1 ? units + by : units)));
    return html`<div class="network-head">
      ${button({
        label: t('playground:network.fewer', { layer }),
        icon: icons.minus,
        iconOnly: true,
        kind: 'quiet',
        disabled: count <= 1,
        onClick: () => change(-1),
      })}
      <span class="numbers">${count}</span>
      ${button({
        label: t('playground:network.more', { layer }),
        icon: icons.plus,
        iconOnly: true,
        kind: 'quiet',
        disabled: count >= most,
        onClick: () => change(1),
      })}
    </div>`;
  }
}
