/** What one paints with: the classes, the eraser, and what can be done with all points. */
import { html } from 'lit';
import { button } from '../controls/buttons.js';
import { classMark } from '../controls/class-mark.js';
import { fileButton } from '../controls/file-button.js';
import { icons } from '../controls/icons.js';
import { formatNumber, t } from '../i18n.js';
import { MOST_POINTS } from '../session/points-text.js';
import './plane-palette.css';

/**
 * @param {object} options
 * @param {ReturnType<typeof import('./plane-paint.js').createPaint>} options.paint
 * @param {string} options.news  of a file that was loaded
 * @param {(file: File) => void} options.onLoad
 * @param {() => void} options.onSave
 */
export function planePalette({ paint, news, onLoad, onSave }) {
  const { points, brush, offered } = paint;
  return html`<div class="palette" role="group" aria-label=${t('playground:paint.label')} data-testid="palette">
    <div class="palette-row">
      ${Array.from(
        { length: offered },
        (_, label) => html`<button
          type="button"
          class="button button-quiet"
          data-testid="paint-class"
          data-value=${label}
          aria-label=${t('playground:map.class', { number: label + 1 })}
          aria-pressed=${String(brush === label)}
          @click=${() => paint.choose(label)}
        >${classMark(Math.max(paint.classes, label + 1), label)}<span aria-hidden="true">${label + 1}</span></button>`,
      )}
      ${button({
        label: t('playground:paint.erase'),
        icon: icons.eraser,
        testid: 'erase',
        kind: 'quiet',
        pressed: brush === null,
        onClick: () => paint.choose(null),
      })}
    </div>
    <div class="palette-row">
      ${button({
        label: t('playground:paint.undo'),
        icon: icons.reset,
        testid: 'undo-point',
        kind: 'quiet',
        disabled: !paint.undoable,
        onClick: () => paint.undo(),
      })}
      ${button({
        label: t('playground:paint.clear'),
        icon: icons.close,
        testid: 'clear-points',
        kind: 'quiet',
        disabled: points.length === 0,
        onClick: () => paint.clear(),
      })}
      ${fileButton({
        label: t('playground:paint.load'),
        accept: '.csv,.tsv,.txt,text/csv,text/plain',
        testid: 'load-points',
        kind: 'quiet',
        onFile: onLoad,
      })}
      ${button({
        label: t('playground:paint.save'),
        icon: icons.save,
        testid: 'save-points',
        kind: 'quiet',
        disabled: points.length === 0,
        onClick: onSave,
      })}
    </div>
    <p class="palette-text" role="status" data-testid="points-news">
      ${news} ${points.length >= MOST_POINTS ? t('playground:paint.full', { count: formatNumber(MOST_POINTS) }) : ''}
    </p>
    <p class="palette-text">${t(points.length === 0 ? 'playground:paint.empty' : 'playground:paint.hint')}</p>
  </div>`;
}
