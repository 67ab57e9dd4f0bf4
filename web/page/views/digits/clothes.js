// Fashion-MNIST in the place of MNIST's digits: its ten classes have names.
import { html, nothing } from 'lit';
import { t } from '../../i18n.js';

/** @typedef {{settings: import('../../session/settings.js').Values}} Head */

/** @param {Head | null} head  of a network */
export const hasClothes = (head) => head?.settings?.dataset === 'fashion';

/** @param {number | string} number  of a class */
export const clothesName = (number) => t(`digits:clothes.${number}`);

/** What there is to know of them. @param {Head | null} head */
export function clothesNote(head) {
  if (!hasClothes(head)) return nothing;
  return html`<p class="digits-note" data-testid="clothes-note">${t('digits:clothes.note')}</p>`;
}
