/** The data sets as small pictures, to be chosen by a press. */
import { html, nothing, render } from 'lit';
import { icons } from '../../controls/icons.js';
import { optionLabel } from '../../controls/labels.js';
import { paintPoints } from '../../drawings/data-points.js';
import { make } from '../../element.js';
import { t } from '../../i18n.js';
import { onThemeChange } from '../../theme.js';
import { fetchPictures } from './pictures.js';
import './data-pictures.css';

/** So many are seen at once; the others when they are asked for, or one of them is chosen. */
const FIRST = 7;
/** Their names, until Python's table has come. */
const WAITING = Array.from({ length: FIRST }, () => '');
/** Points of one's own have no picture that is known beforehand. */
const OWN = 'own';

/** @param {(dataset: string) => void} onChoose @param {() => void} onOwn */
export function createDataPictures(onChoose, onOwn) {
  const element = make('div', 'data-pictures');
  /** @type {import('./pictures.js').Pictures | null} */
  let pictures = null;
  /** Whose pictures there are. @type {string[]} */
  let names = [];
  let all = false;
  /** For which one all are seen: once it is chosen, and not against the person's will later. */
  let opened = '';
  /** @type {import('./form-fields.js').Form | null} */
  let form = null;

  function repaint() {
    if (!pictures) return;
    for (const canvas of element.querySelectorAll('canvas')) {
      const points = pictures.datasets[String(canvas.dataset.name)];
      if (points) paintPoints(canvas, { ...points, train: points });
    }
  }

  onThemeChange(repaint);

  /** @param {import('./form-fields.js').Form} next */
  function draw(next) {
    form = next;
    const { table, values } = next;
    const options = table.find(({ name }) => name === 'dataset')?.options ?? WAITING;
    const chosen = String(values.dataset);
    if (chosen !== opened && options.indexOf(chosen) >= FIRST) {
      opened = chosen;
      all = true;
    }
    const before = names;
    names = all ? options : options.slice(0, FIRST);
    const more = t(`playground:settings.${all ? 'fewerSets' : 'moreSets'}`);
    render(
      html`<h2>${t('playground:settings.data')}</h2>
        <div role="group" aria-label=${t('playground:settings.dataPictures')} data-testid="data-pictures" ?data-all=${all}>
          ${names.map((name) => tile(name, chosen))}
          <button
            type="button"
            class="data-more"
            data-testid="more-sets"
            aria-expanded=${String(all)}
            aria-label=${more}
            title=${more}
            ?disabled=${table.length === 0}
            @click=${toggle}
          >${all ? icons.minus : icons.plus}</button>
        </div>`,
      element,
    );
    if (String(names) !== String(before)) repaint();
  }

  /** @param {string} name @param {string} chosen */
  function tile(name, chosen) {
    const label = name ? optionLabel('dataset', name) : '';
    return html`<button
      type="button"
      data-value=${name}
      aria-label=${label || nothing}
      title=${label || nothing}
      aria-pressed=${String(name !== '' && name === chosen)}
      ?disabled=${!name}
      aria-hidden=${name ? nothing : 'true'}
      @click=${() => (name === OWN ? onOwn() : onChoose(name))}
    >${name === OWN ? icons.pencil : html`<canvas data-name=${name}></canvas>`}</button>`;
  }

  function toggle() {
    all = !all;
    if (form) draw(form);
  }

  return {
    element,
    draw,
    /** Once Python is there: nobody waits for them. */
    async show() {
      pictures ??= await fetchPictures();
      repaint();
    },
  };
}
