/**
 * Paper: the style sheet print.css holds while `<html data-print>` is set, and all pictures are
 * painted anew in its colours and sizes before the browser lays out the pages.
 */
import { repaintAll } from './theme.js';

export function startPrinting() {
  addEventListener('beforeprint', () => turn(true));
  addEventListener('afterprint', () => turn(false));
}

/** @param {boolean} toPaper */
function turn(toPaper) {
  document.documentElement.toggleAttribute('data-print', toPaper);
  repaintAll();
}
