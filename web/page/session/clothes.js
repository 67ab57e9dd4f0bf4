// Fashion-MNIST in the place of MNIST's digits: its ten classes have names.
import { t } from '../i18n.js';

/** @param {Record<string, any> | null} head  of a network */
export const hasClothes = (head) => head?.settings?.dataset === 'fashion';

/** @param {number | string} number  of a class */
export const clothesName = (number) => t(`digits:clothes.${number}`);
