/** A small view for a frame in another page: `?embed=1` before the `#`. */
import { html } from 'lit';
import { t } from './i18n.js';
import './embed.css';

/** Pixels: the plane, a button and two numbers. */
const WIDTH = 360;
const HEIGHT = 470;

export const isEmbedded = () => new URLSearchParams(location.search).get('embed') === '1';

/** The way to the whole page, in a window of its own. @param {string} hash */
export function embedFoot(hash) {
  const whole = new URL(`./${hash}`, document.baseURI).href;
  return html`<footer class="embed-foot"><a href=${whole} target="_blank" rel="noopener" data-testid="embed-open">${t('embed.open')}</a></footer>`;
}

/** What another page writes to have it. @param {string} hash */
export function embedSnippet(hash) {
  const address = new URL(`?embed=1${hash}`, document.baseURI).href.replaceAll('&', '&amp;');
  return `<iframe src="${address}" width="${WIDTH}" height="${HEIGHT}" loading="lazy" sandbox="allow-scripts allow-same-origin allow-popups" title="pynn"></iframe>`;
}
