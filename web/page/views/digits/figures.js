// Looks into the network, under one heading.
import { html, render } from 'lit';
import { make } from '../../element.js';
import { createConfusionFigure } from '../../figures/confusion.js';
import { together } from '../../figures/figure.js';
import { createMistakesFigure } from '../../figures/mistakes.js';
import { createWeightsFigure } from '../../figures/weights.js';
import { onLanguageChange, t } from '../../i18n.js';

export function createFiguresPanel() {
  const element = make('section', 'digits-figures');
  element.setAttribute('aria-labelledby', 'digits-figures-title');
  const figures = together([
    createWeightsFigure(),
    createConfusionFigure(),
    createMistakesFigure(),
  ]);

  function draw() {
    render(
      html`<h2 id="digits-figures-title" class="digits-head">${t('digits:figures.title')}</h2>
        ${figures.elements}`,
      element,
    );
  }

  onLanguageChange(draw);
  draw();
  return { ...figures, element };
}
