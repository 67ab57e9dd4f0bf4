// The line above the pad: its name, a photo instead of a drawing, undo, clear.
import { html } from 'lit';
import { button, segments } from '../../controls/buttons.js';
import { fileButton } from '../../controls/file-button.js';
import { icons } from '../../controls/icons.js';
import { NARROWEST, WIDEST } from '../../controls/pen.js';
import { t } from '../../i18n.js';

/**
 * @param {object} options
 * @param {boolean} options.canUndo
 * @param {(file: File) => void} options.onPhoto
 * @param {() => void} options.onUndo
 * @param {() => void} options.onClear
 */
export function padHead({ canUndo, onPhoto, onUndo, onClear }) {
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
        disabled: !canUndo,
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

/**
 * The line below it: draw or erase, and how wide the pen is.
 *
 * @param {object} options
 * @param {ReturnType<typeof import('../../controls/drawing-pad.js').createDrawingPad>} options.pad
 * @param {boolean} options.erasing
 * @param {(erasing: boolean) => void} options.onTool
 */
export function padTools({ pad, erasing, onTool }) {
  return html`<div class="pad-tools">
    ${segments({
      testid: 'pad-tool',
      label: t('digits:pad.tool'),
      value: erasing,
      choices: [
        { value: false, label: t('digits:pad.pen') },
        { value: true, label: t('digits:pad.eraser') },
      ],
      onChange(next) {
        pad.setErasing(next);
        onTool(next);
      },
    })}
    <label
      >${t('digits:pad.width')}
      <input
        type="range"
        min=${NARROWEST}
        max=${WIDEST}
        step="0.005"
        data-testid="pen-width"
        .value=${String(pad.penWidth())}
        @input=${(/** @type {Event} */ event) =>
          pad.setWidth(Number(/** @type {HTMLInputElement} */ (event.target).value))}
    /></label>
  </div>`;
}

/** What the pad says of itself. @returns {import('../../controls/pad-notes.js').PadWords} */
export function padWords() {
  return {
    label: t('digits:pad.label'),
    keys: t('digits:pad.keys'),
    hint: t('digits:pad.hint'),
    penDown: t('digits:pad.penDown'),
    penUp: t('digits:pad.penUp'),
  };
}
