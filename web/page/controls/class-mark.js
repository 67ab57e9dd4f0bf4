import { html } from 'lit';
import { marksOf } from '../drawings/data-points.js';

/**
 * A class's mark, as its points have it on the plane, for a legend.
 *
 * @param {number} classes
 * @param {number} index of one of them
 */
export function classMark(classes, index) {
  return html`<svg class="mark class-${index}" viewBox="-1.4 -1.4 2.8 2.8" aria-hidden="true">
    <path d=${marksOf(classes)[index].path} />
  </svg>`;
}
