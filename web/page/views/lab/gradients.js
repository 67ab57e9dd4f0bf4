// What the gradient check says of a changed pynn, in plain words.
import { html, nothing, render } from 'lit';
import { make } from '../../element.js';
import { formatNumber, formatPercent, hasText, t } from '../../i18n.js';

/** @typedef {import('../../../shared/lab-protocol.js').Finding} Finding */

export function createGradientReport() {
  const element = make('div', 'gradient-place');
  element.setAttribute('role', 'status');
  /** @type {{findings: Finding[], looked: number} | 'busy' | null} */
  let report = null;

  function draw() {
    render(report === null ? nothing : report === 'busy' ? waiting() : told(report), element);
  }

  /** @param {{findings: Finding[], looked: number}} report */
  function told({ findings, looked }) {
    const right = findings.length === 0;
    return html`<div class="gradient-report" data-testid="gradient-report" data-right=${String(right)}>
      <b>${right ? t('lab:gradients.right', { count: looked }) : t('lab:gradients.wrong')}</b>
      ${right ? nothing : html`<ul>${findings.map((one) => html`<li data-part=${one.part} data-what=${one.what}>${sentence(one)}</li>`)}</ul>`}
    </div>`;
  }

  return {
    element,
    draw,
    /** @param {typeof report} next  null: nothing is said */
    show(next) {
      report = next;
      draw();
    },
  };
}

const waiting = () => html`<p class="lab-sentence">${t('lab:gradients.checking')}</p>`;

/** @param {Finding} finding */
function sentence({ part, case: tried, file, what, error, raised, again }) {
  const where = {
    part:
      tried && hasText(`lab:gradients.cases.${tried}`)
        ? t('lab:gradients.tried', { part, tried: t(`lab:gradients.cases.${tried}`) })
        : part,
    file: `pynn/${file}`,
    what: hasText(`lab:gradients.of.${what}`) ? t(`lab:gradients.of.${what}`) : what,
    raised,
    error: error === null ? '' : size(error),
  };
  const kind = raised ? 'raised' : again ? 'again' : error === null ? 'penalty' : 'off';
  return t(`lab:gradients.${kind}`, where);
}

/** @param {number} error  relative */
const size = (error) =>
  error > 0.001
    ? formatPercent(error, 1)
    : formatNumber(error, { notation: 'scientific', maximumSignificantDigits: 2 });
