// Taking the network home and bringing one along: a model file out, a model file in, and the same
// training as a Python script.
import { html } from 'lit';
import { button } from '../../controls/buttons.js';
import { fileButton } from '../../controls/file-button.js';
import { icons } from '../../controls/icons.js';
import { t } from '../../i18n.js';

/**
 * @param {object} options
 * @param {boolean} options.ready  there is a network
 * @param {(format: 'npz' | 'safetensors') => void} options.onSave
 * @param {(file: File) => void} options.onLoad
 * @param {() => void} options.onCode
 */
export function modelButtons({ ready, onSave, onLoad, onCode }) {
  return html`<div class="digits-model">
    ${button({
      label: t('digits:model.save'),
      icon: icons.save,
      testid: 'save-model',
      disabled: !ready,
      onClick: () => onSave('npz'),
    })}
    ${button({
      label: '.safetensors',
      name: t('digits:model.saveAs', { format: 'safetensors' }),
      title: t('digits:model.saveAs', { format: 'safetensors' }),
      icon: icons.save,
      testid: 'save-safetensors',
      disabled: !ready,
      onClick: () => onSave('safetensors'),
    })}
    ${fileButton({
      label: t('digits:model.load'),
      accept: '.npz,.safetensors',
      testid: 'load-model',
      disabled: !ready,
      onFile: onLoad,
    })}
    ${button({
      label: t('digits:model.code'),
      icon: icons.code,
      testid: 'digits-show-code',
      disabled: !ready,
      onClick: onCode,
    })}
  </div>`;
}

/**
 * The sizes of a network's layers, as its architecture is written: 784-128-10, 28x28x1-26x26x8-…
 * @param {import('./session.js').Head} head
 */
export function architectureOf({ layers }) {
  return layers.map((size) => [size].flat().join('x')).join('-');
}

/**
 * A name without its end that still says what is inside when it lies among other files.
 * @param {import('./session.js').Head} head
 */
export function fileName(head) {
  const { epoch, test_accuracy: accuracy } = head;
  const parts = ['digits', architectureOf(head), `epoch-${Number(epoch.toFixed(1))}`];
  if (accuracy !== null) parts.push(`${(100 * accuracy).toFixed(1)}-percent`);
  return parts.join('_');
}
