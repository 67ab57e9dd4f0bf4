/** Small line drawings for buttons; they take the colour of the text around them. */
import { svg } from 'lit';

/** @param {unknown} content */
const icon = (content) =>
  svg`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true">${content}</svg>`;

export const icons = {
  play: icon(svg`<path class="solid" d="M6 3.6v12.8L16.4 10z" />`),
  pause: icon(svg`<path class="solid" d="M5 4h3.6v12H5zM11.4 4H15v12h-3.6z" />`),
  step: icon(svg`<path class="solid" d="M4.5 4v12L13 10zM14 4h2v12h-2z" />`),
  reset: icon(svg`<path d="M4.2 10a5.8 5.8 0 1 0 1.9-4.3M6.4 2.6v3.4h3.4" />`),
  dice: icon(
    svg`<rect x="3.5" y="3.5" width="13" height="13" rx="2.5" /><g class="solid"
      ><circle cx="7" cy="7" r="1.25" /><circle cx="13" cy="13" r="1.25" /><circle
        cx="10" cy="10" r="1.25" /></g>`,
  ),
  up: icon(svg`<path d="m5 11 5-5 5 5M10 6.5V15" />`),
  undo: icon(svg`<path d="M7.5 4 4 7.5 7.5 11M4.2 7.5h7.3a4.3 4.3 0 0 1 0 8.6H8" />`),
  check: icon(svg`<path d="m4.5 10.5 4 4 7.5-9" />`),
  eraser: icon(svg`<path d="M3.5 13l7.5-8.5 5.5 4.8-6 6.7H6zM7.2 8.8l5.6 4.9" />`),
  pencil: icon(svg`<path d="M4 16l.8-3.6 8.4-8.4 2.8 2.8-8.4 8.4zM11.4 5.8l2.8 2.8" />`),
  plus: icon(svg`<path d="M10 4.5v11M4.5 10h11" />`),
  minus: icon(svg`<path d="M4.5 10h11" />`),
  share: icon(
    svg`<path d="M8.4 11.6a3 3 0 0 0 4.2 0l3-3a3 3 0 0 0-4.2-4.2l-.8.8M11.6 8.4a3 3 0 0 0-4.2 0l-3 3a3 3 0 0 0 4.2 4.2l.8-.8" />`,
  ),
  code: icon(svg`<path d="m7 5.5-4.5 4.5L7 14.5M13 5.5l4.5 4.5-4.5 4.5" />`),
  close: icon(svg`<path d="m5.5 5.5 9 9M14.5 5.5l-9 9" />`),
  theme: icon(
    svg`<circle cx="10" cy="10" r="6" /><path class="solid" d="M10 4a6 6 0 0 1 0 12z" />`,
  ),
  large: icon(
    svg`<path d="M2.5 15.5 6 6.5l3.5 9M3.7 12.5h4.6M9.5 15.5 14 3.5l4.5 12M11 11.5h6" />`,
  ),
  save: icon(svg`<path d="M10 3.5v8.5M6.5 8.8 10 12.2l3.5-3.4M4 15.8h12" />`),
  load: icon(svg`<path d="M10 12.5V4M6.5 7.2 10 3.8l3.5 3.4M4 15.8h12" />`),
  copy: icon(
    svg`<rect x="7" y="7" width="9" height="9" rx="1.5" /><path d="M13 7V5.5A1.5 1.5 0 0 0 11.5 4h-6A1.5 1.5 0 0 0 4 5.5v6A1.5 1.5 0 0 0 5.5 13H7" />`,
  ),
};
