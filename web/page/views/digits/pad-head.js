// The line above the pad: its name, a photo instead of a drawing, undo, clear.
import { html } from 'lit';
import { button } from '../../controls/buttons.js';
import { fileButton } from '../../controls/file-button.js';
import { icons } from '../../controls/icons.js';
import { t } from '../../i18n.js';

/**
 * @param {object} options
 * @param {boolean} options.blank
 * @param {(file: File) => void} options.onPhoto
 * @param {() => void} options.onUndo
 * @param {() => void} options.onClear
 */
export function padHead({ blank, onPhoto, onUndo, onClear }) {
  return html`<div class="digits-head">
    <h2 id="digits-pad-title">${t('digits:pad.title')}</h2>
    <span class="pad-buttons">
      ${fileButton({
        label: t('digits:pad.photo'),
        accept: 'image/*',
        kind: 'quiet',
        testid: 'load-picture',
        onFile: onPhoto,
      })}
      ${button({
        label: t('digits:pad.undo'),
        icon: icons.undo,
        kind: 'quiet',
        testid: 'undo-stroke',
        disabled: blank,
        onClick: onUndo,
      })}
      ${button({
        label: t('digits:pad.clear'),
        icon: icons.close,
        kind: 'quiet',
        testid: 'clear-pad',
        onClick: onClear,
      })}
    </span>
  </div>`;
}
