/**
 * Labels that explain themselves: pressed, they show in two sentences and a small picture what the
 * word means, and the line of Python behind a number. The words stand in `terms.json`.
 */
import { html, nothing, render } from 'lit';
import { termPicture } from '../drawings/term-pictures.js';
import { make } from '../element.js';
import { hasText, t } from '../i18n.js';
import { lessonOf } from './lesson-of.js';
import './term.css';

/**
 * @typedef {object} Term
 * @property {string} key  of its text
 * @property {string} [option]  the value that is chosen, where each has a sentence of its own
 * @property {string} [setting]  whose lesson explains it, if its name is not the key
 * @property {string} [code]  Python that gives the number, with the number
 */

/** Pixels between the card and its label, and the edges of the window. */
const GAP = 6;

/** @type {HTMLElement | null} */
let card = null;

/**
 * @param {object} options
 * @param {string} options.label
 * @param {Term} [options.term]
 * @param {string} options.id  of the button, for the field that it names
 * @returns {unknown} null: nothing is known of it
 */
export function termButton({ label, term, id }) {
  if (!term || !(hasText(`terms:${term.key}.text`) || lessonOf(term.setting ?? term.key)))
    return null;
  return html`<button
    type="button"
    class="term"
    id=${id}
    aria-haspopup="dialog"
    @click=${(/** @type {Event} */ event) => show(label, term, /** @type {Element} */ (event.currentTarget))}
  >${label}</button>`;
}

/** @param {string} label @param {Term} term @param {Element} place */
function show(label, { key, option, code, setting = key }, place) {
  card ??= document.body.appendChild(newCard());
  const lesson = lessonOf(setting);
  const own = option && hasText(`terms:${key}.${option}`);
  render(
    html`${termPicture(key, option)}
      <h3>${label}</h3>
      ${hasText(`terms:${key}.text`) ? html`<p>${t(`terms:${key}.text`)}</p>` : nothing}
      ${own ? html`<p>${t(`terms:${key}.${option}`)}</p>` : nothing} ${code ? html`<code>${code}</code>` : nothing}
      ${lesson ? html`<a href=${lesson} data-testid="term-lesson" @click=${() => card?.hidePopover()}>${t('term.lesson')}</a>` : nothing}`,
    card,
  );
  card.setAttribute('aria-label', label);
  card.showPopover();
  put(card, place.getBoundingClientRect());
  card.focus();
}

function newCard() {
  const element = make('div', 'term-card', { testid: 'term', role: 'dialog' });
  element.popover = 'auto';
  element.tabIndex = -1;
  return element;
}

/** Below the label, or above it where there is no room. @param {HTMLElement} element @param {DOMRect} label */
export function put(element, label) {
  const { clientWidth, clientHeight } = document.documentElement;
  const left = Math.min(label.left, clientWidth - element.offsetWidth - GAP);
  const below = label.bottom + GAP;
  const fits = below + element.offsetHeight + GAP <= clientHeight;
  const top = fits ? below : Math.max(GAP, label.top - GAP - element.offsetHeight);
  element.style.left = `${Math.max(GAP, left)}px`;
  element.style.top = `${top}px`;
}
