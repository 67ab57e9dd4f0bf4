/** How many points there are, and which: folded away, and open where one of them is not as usual. */
import { t } from '../../i18n.js';
import { number } from './form-fields.js';
import { folded, hasUnusual } from './more-settings.js';

/** @typedef {import('./form-fields.js').Form} Form */

const FOLDED = ['count', 'train_share', 'balance'];

/** @param {Form} form @param {import('./more-settings.js').Fold} fold */
export function moreData(form, fold) {
  return folded(fold, { testid: 'more-data', label: t('playground:settings.moreData') }, [
    number(form, 'count'),
    number(form, 'train_share'),
    number(form, 'balance'),
  ]);
}

/** @param {Form} form */
export const isUnusualData = (form) => hasUnusual(form, FOLDED);
