/** How curves of one chart are told apart: by colour and, for whoever sees none, by their dashes. */
import { html } from 'lit';
import './curve-styles.css';

/** The first curve first; of four colours from the palette. */
const STYLES = [
  { colour: '--ink' },
  { colour: '--accent', dash: [6, 4] },
  { colour: '--negative-strong', dash: [2, 3] },
  { colour: '--class-2-strong', dash: [10, 3, 2, 3] },
];

/** @param {number} index */
export const curveStyle = (index) => STYLES[index % STYLES.length];

/** The piece of a curve beside its name in a legend. @param {number} index */
export const curveMark = (index) =>
  html`<svg class="curve-mark curve-${index % STYLES.length}" viewBox="0 0 28 8" aria-hidden="true"
    ><path d="M0 4h28" stroke-dasharray=${curveStyle(index).dash?.join(' ') ?? 'none'} /></svg>`;
