// What the program prints, and its results next to those that were published.
import { html, nothing, render } from 'lit';
import { button } from '../../controls/buttons.js';
import { icons } from '../../controls/icons.js';
import { make } from '../../element.js';
import { t } from '../../i18n.js';
import { resultName, resultText } from './names.js';
import './results.css';

/**
 * @typedef {import('./session.js').Head} Head
 * @typedef {object} Row
 * @property {string} name
 * @property {string} published
 * @property {string} here  empty until it is known
 * @property {Record<string, any>} [at]  when or where it was had
 */

/** Empty rows until Python has said which results there are. */
const GHOSTS = 4;
/** So near to its end, the log follows what is added. */
const NEAR = 24;

/**
 * @param {object} options
 * @param {() => Head | null} options.head
 * @param {() => void} options.onFile  the person wants the file that the program has written
 */
export function createResultsPanel({ head, onFile }) {
  const element = make('section', 'recipe-results');
  const output = make('pre', 'recipe-output', { testid: 'recipe-output', role: 'log' });
  output.tabIndex = 0;
  output.lang = 'en';
  /** @type {string[]} lines that are not on the screen yet */
  let waiting = [];

  function update() {
    const now = head();
    element.setAttribute('aria-label', t('recipes:results.label'));
    output.setAttribute('aria-label', t('recipes:output.label'));
    output.dataset.placeholder = t('recipes:output.empty');
    render(
      html`<figure class="figure-output">
          <div class="output-head">
            <h2>${t('recipes:output.title')}</h2>
            ${
              now?.file
                ? button({
                    label: t('recipes:output.file', { file: now.file }),
                    icon: icons.save,
                    testid: 'recipe-file',
                    kind: 'quiet',
                    onClick: onFile,
                  })
                : nothing
            }
          </div>
          ${output}
        </figure>
        ${comparison(now)}`,
      element,
    );
  }

  return {
    element,
    update,
    /** @param {import('../../../shared/protocol.js').Reply} reply @param {boolean} fresh */
    add(reply, fresh) {
      if (fresh) {
        waiting = [];
        output.replaceChildren();
      }
      waiting.push(...reply.head.lines);
    },
    draw() {
      if (waiting.length === 0) return;
      const follow = output.scrollHeight - output.scrollTop - output.clientHeight < NEAR;
      output.append(waiting.map((line) => `${line}\n`).join(''));
      waiting = [];
      if (follow) output.scrollTop = output.scrollHeight;
    },
  };
}

/** @param {Head | null} head */
function comparison(head) {
  const groups = head ? grouped(tableRows(head)) : [];
  const shorter = head !== null && head.changes.length > 0;
  return html`<table class="recipe-published" data-testid="recipe-published">
    <caption>
      <b>${t('recipes:table.number')}</b> ${t('recipes:table.caption')}
    </caption>
    <thead>
      <tr>
        <th scope="col">${t('recipes:table.result')}</th>
        <th scope="col">${t('recipes:table.published')}</th>
        <th scope="col">${t(`recipes:table.${shorter ? 'hereShorter' : 'here'}`)}</th>
      </tr>
    </thead>
    ${
      head
        ? groups.map((group) => html`<tbody>${group.map(tableRow)}</tbody>`)
        : Array.from(
            { length: GHOSTS },
            () => html`<tbody><tr><td colspan="3">&nbsp;</td></tr></tbody>`,
          )
    }
  </table>`;
}

/**
 * @param {Row} row
 * @param {number} place in its group
 * @param {Row[]} group  rows of the same name
 */
function tableRow({ name, published, here, at }, place, group) {
  const equal = here !== '' && here === published;
  return html`<tr data-equal=${String(equal)}>
    ${place === 0 ? html`<th scope="row" rowspan=${group.length}>${resultName(name, at)}</th>` : nothing}
    <td>${published === '' ? '–' : resultText(published)}</td>
    <td>
      <span class="here">${here === '' ? '–' : resultText(here)}</span>
      ${
        equal
          ? html`<span class="equal"
            ><span aria-hidden="true">✓</span> <span class="equal-word">${t('recipes:table.equal')}</span></span
          >`
          : nothing
      }
    </td>
  </tr>`;
}

/**
 * All published results, with ours as far as they are known; those that only we have come last.
 *
 * @param {Head} head
 * @returns {Row[]}
 */
function tableRows({ published, compared }) {
  /** @type {Row[]} */
  const rows = published.flatMap(([name, texts]) =>
    texts.map((text) => ({ name, published: text, here: '' })),
  );
  const free = (/** @type {Row} */ row, /** @type {string} */ text) =>
    row.here === '' && row.published === text;
  for (const [name, text, here, at] of compared) {
    const row = rows.find((one) => free(one, text) && one.name === name);
    if (row) Object.assign(row, { here, at });
    else rows.push({ name, published: text, here, at });
  }
  return rows;
}

/** @param {Row[]} rows @returns {Row[][]} neighbours of the same name together */
function grouped(rows) {
  /** @type {Row[][]} */
  const groups = [];
  for (const row of rows) {
    const last = groups.at(-1);
    if (last?.[0].name === row.name) last.push(row);
    else groups.push([row]);
  }
  return groups;
}
