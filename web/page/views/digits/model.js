// Taking the network home and bringing one along: a model file out, a model file in, and the same
// training as a Python script.
import { html } from 'lit';
import { fault } from '../../../shared/protocol.js';
import { button } from '../../controls/buttons.js';
import { icons } from '../../controls/icons.js';
import { t } from '../../i18n.js';

/** Bytes; Python itself takes no more. */
const LARGEST = 2 ** 28;

/** How long a download's address is kept: the browser reads it only after the click. */
const KEEP = 10_000;

/**
 * @param {object} options
 * @param {boolean} options.ready  there is a network
 * @param {() => void} options.onSave
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
      onClick: onSave,
    })}
    <label class="button button-plain file" ?data-disabled=${!ready}
      >${icons.load}<span>${t('digits:model.load')}</span
      ><input
        type="file"
        class="visually-hidden"
        data-testid="load-model"
        accept=".npz"
        ?disabled=${!ready}
        @change=${(/** @type {Event} */ event) => chosen(event, onLoad)}
    /></label>
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
 * @param {Event} event
 * @param {(file: File) => void} onLoad
 */
function chosen(event, onLoad) {
  const input = /** @type {HTMLInputElement} */ (event.target);
  const file = input.files?.[0];
  // The same file may be chosen again: without this the browser would say nothing.
  input.value = '';
  if (file) onLoad(file);
}

/**
 * @param {File} file
 * @throws a fault for a file of a size that no model has, before it is read into memory, and for
 *   one that cannot be read, such as a folder
 */
export async function bytesOf(file) {
  if (file.size > LARGEST) throw fault('ModelFileError', 'too_large', {}, 'The file is too large.');
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    throw fault('ModelFileError', 'unreadable', {}, 'The file cannot be read.');
  }
}

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {string} name
 */
export function download(bytes, name) {
  const address = URL.createObjectURL(new Blob([bytes], { type: 'application/zip' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), KEEP);
}

/**
 * The sizes of a network's layers, as its architecture is written: 784-128-10, 28x28x1-26x26x8-…
 * @param {import('./session.js').Head} head
 */
export function architectureOf({ layers }) {
  return layers.map((size) => [size].flat().join('x')).join('-');
}

/**
 * A name that still says what is inside when it lies among other files.
 * @param {import('./session.js').Head} head
 */
export function fileName(head) {
  const { epoch, test_accuracy: accuracy } = head;
  const parts = ['digits', architectureOf(head), `epoch-${Number(epoch.toFixed(1))}`];
  if (accuracy !== null) parts.push(`${(100 * accuracy).toFixed(1)}-percent`);
  return `${parts.join('_')}.npz`;
}
