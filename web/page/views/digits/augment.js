// What changes the training images a little each time: how much, and how some of them then look.
import { html, render } from 'lit';
import { button } from '../../controls/buttons.js';
import { icons } from '../../controls/icons.js';
import { paintTiles } from '../../drawings/image-grid.js';
import { make } from '../../element.js';
import { t } from '../../i18n.js';
import { newestOnly } from '../../session/newest.js';
import { onThemeChange } from '../../theme.js';

/** @typedef {import('../../../shared/protocol.js').Reply} Reply */

/**
 * @param {object} options
 * @param {import('../../session/engine.js').Engine} options.engine
 * @param {() => import('./session.js').Head | null} options.head
 * @param {() => unknown} options.fields
 */
export function createAugment({ engine, head, fields }) {
  const element = make('details', 'digits-settings digits-augment');
  const canvas = make('canvas', 'augment-images', { testid: 'augment', role: 'img' });
  /** @type {Reply | null} */
  let shown = null;
  let seed = 0;
  /** What the shown images were asked for with. */
  let asked = '';

  /** Of the network that is there, what the images depend on. */
  function wish() {
    const settings = head()?.settings;
    if (!settings || !element.open) return '';
    const names = Object.keys(settings).filter((name) => name.startsWith('augment_'));
    return JSON.stringify([
      seed,
      settings.subset,
      settings.seed,
      ...names.map((name) => settings[name]),
    ]);
  }

  const follow = newestOnly(async () => {
    const now = wish();
    if (!now || now === asked) return;
    asked = now;
    try {
      shown = await engine.call('digits', 'augmented', { seed });
      paint();
    } catch {
      // The network is being made anew, or Python has ended: the next look asks again.
      asked = '';
    }
  });

  function paint() {
    if (!shown) return;
    const { plain, changed } = shown.arrays;
    const [count] = plain.shape;
    const data = new Float32Array([...plain.data, ...changed.data]);
    paintTiles(canvas, { data, shape: [2 * count, ...plain.shape.slice(1)] }, count);
  }

  element.addEventListener('toggle', follow);
  onThemeChange(paint);

  return {
    element,
    update() {
      canvas.setAttribute('aria-label', t('digits:augment.images'));
      render(
        html`<summary data-testid="augment-settings">${t('digits:augment.title')}</summary>
          <div class="digits-fields">${fields()}</div>
          <div class="augment-shown">
            ${canvas}
            ${button({
              label: t('digits:augment.again'),
              icon: icons.dice,
              testid: 'augment-again',
              disabled: head() === null,
              onClick() {
                seed += 1;
                void follow();
              },
            })}
          </div>
          <p class="augment-note">${t('digits:augment.note')}</p>`,
        element,
      );
      void follow();
    },
  };
}
