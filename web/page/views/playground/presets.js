/**
 * Settings with a reason, each with two sentences on what to watch. They are links, so that one can
 * be shared, opened beside another, and gone back from.
 */
import { html, render } from 'lit';
import { paintPoints } from '../../drawings/data-points.js';
import { paintField } from '../../drawings/decision-map.js';
import { make } from '../../element.js';
import { t } from '../../i18n.js';
import { urlName } from '../../session/settings.js';
import { onThemeChange } from '../../theme.js';
import { fetchPictures } from './pictures.js';
import PRESETS from './presets.json';
import './presets.css';

/** Milliseconds. */
const LATER = 300;

const query = (/** @type {object} */ settings) =>
  new URLSearchParams(Object.entries(settings).map(([name, value]) => [urlName(name), value]));

export function createPresets() {
  const element = make('section', 'presets', { testid: 'presets' });
  /** What each comes to. @type {import('./pictures.js').Pictures | null} */
  let pictures = null;
  let shown = false;

  function draw() {
    if (!shown) return;
    render(
      html`<h2>${t('playground:presets.title')}</h2>
        <ul>
          ${PRESETS.map(
            ({ name, settings }) => html`<li>
              <a href="#/playground?${query(settings)}" @click=${() => scrollTo(0, 0)}>
                <i class="preset-picture" data-preset=${name} aria-hidden="true"
                  ><canvas></canvas><canvas></canvas
                ></i>
                <span>${t(`playground:presets.${name}.title`)}</span>
              </a>
              <p>${t(`playground:presets.${name}.text`)}</p>
            </li>`,
          )}
        </ul>`,
      element,
    );
    repaint();
  }

  function repaint() {
    if (!pictures) return;
    const { side, levels } = pictures;
    for (const place of element.querySelectorAll('i')) {
      const { map, x, y, extent, classes } = pictures.pictures[String(place.dataset.preset)];
      const data = Float32Array.from(map, (value) => value / levels);
      const [field, points] = place.querySelectorAll('canvas');
      paintField(field, { data, shape: classes > 2 ? [classes, side, side] : [side, side] });
      paintPoints(points, { train: { x, y }, extent, classes });
    }
  }

  // They lie below all else: nobody waits for them.
  const sight = new IntersectionObserver(async ([{ isIntersecting }]) => {
    if (!isIntersecting) return;
    sight.disconnect();
    pictures = await fetchPictures();
    repaint();
  });
  onThemeChange(repaint);

  return {
    element,
    draw,
    /** Once Python is there, and after the first press: they would only make the start longer. */
    show() {
      if (shown) return;
      shown = true;
      setTimeout(() => {
        draw();
        sight.observe(element);
      }, LATER);
    },
  };
}
