/** As large as a screen has it, or as a class room needs it: letters and controls, and with them the figures. */
import { recall, remember } from './memory.js';
import { repaintAll } from './theme.js';

const root = document.documentElement;

export function startTextSize() {
  if (recall('size') === 'large') root.dataset.size = 'large';
}

/** How many times as large as usual. */
export const textScale = () => Number.parseFloat(getComputedStyle(root).fontSize) / 15;

export const isLarge = () => root.dataset.size === 'large';

export function toggleTextSize() {
  if (isLarge()) delete root.dataset.size;
  else root.dataset.size = 'large';
  remember('size', root.dataset.size ?? 'usual');
  repaintAll();
}
