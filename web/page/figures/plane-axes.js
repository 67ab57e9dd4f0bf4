/** The plane's axes, with its ends. */
import { html } from 'lit';
import { formatNumber } from '../i18n.js';

/**
 * @param {import('../drawings/data-points.js').Extent | undefined} extent
 * @param {unknown} plane  what stands between them
 */
export function withAxes(extent, plane) {
  const ends = extent?.map((value) => formatNumber(value, { maximumFractionDigits: 1 }));
  return html`<div class="map">
    <div class="map-axis map-axis-y" aria-hidden="true">
      <span>${ends?.[3]}</span><i>x₂</i><span>${ends?.[2]}</span>
    </div>
    ${plane}
    <div class="map-axis map-axis-x" aria-hidden="true">
      <span>${ends?.[0]}</span><i>x₁</i><span>${ends?.[1]}</span>
    </div>
  </div>`;
}
