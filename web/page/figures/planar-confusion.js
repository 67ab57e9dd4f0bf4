/** Which of the plane's classes the network takes for which, of the test points. */
import { html, nothing, render } from 'lit';
import {
  createConfusionMatrix,
  paintConfusion,
  relabelConfusion,
} from '../drawings/confusion-matrix.js';
import { make } from '../element.js';
import { t } from '../i18n.js';
import './confusion.css';
import './planar-confusion.css';

/** @returns {import('./figure.js').Figure} */
export function createPlanarConfusion() {
  const element = make('figure', 'planar-confusion');
  let classes = 0;
  /** @type {HTMLTableElement | null} */
  let table = null;
  /** @type {ArrayLike<number> | null} */
  let counts = null;

  /** As the legend has them. @param {number} label */
  function sign(label) {
    if (classes > 2) return String(label + 1);
    return t(`playground:map.${label === 0 ? 'orange' : 'blue'}`);
  }

  function draw() {
    const signs = Array.from({ length: classes }, (_, i) => sign(i));
    table = classes > 0 ? createConfusionMatrix(signs, 'planar-confusion') : null;
    const caption = t(`playground:confusion.${table ? 'caption' : 'surface'}`);
    render(html`${table ?? nothing}<figcaption>${caption}</figcaption>`, element);
    if (!table) return;
    relabelConfusion(table, {
      caption: t('playground:confusion.table'),
      truth: t('playground:confusion.truth'),
      answer: t('playground:confusion.answer'),
    });
    paintConfusion(table, counts);
  }

  return {
    element,
    draw,
    begin({ head }) {
      classes = head.classes;
      counts = null;
      draw();
    },
    update({ confusion }) {
      if (!table || confusion?.shape[0] !== classes) return;
      counts = confusion.data;
      paintConfusion(table, counts);
    },
  };
}
