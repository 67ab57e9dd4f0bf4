// The head of the tab: which recipe, how long, the buttons, and how far the run is.
import { html, nothing, render } from 'lit';
import { button, playButton, segments } from '../../controls/buttons.js';
import { selectField } from '../../controls/fields.js';
import { icons } from '../../controls/icons.js';
import { settingLabel } from '../../controls/labels.js';
import { progressBar, progressText } from '../../controls/progress-bar.js';
import { make } from '../../element.js';
import { formatMegabytes, formatNumber, formatPercent, hasText, t } from '../../i18n.js';

/**
 * @typedef {import('./session.js').Head} Head
 * @typedef {import('../../session/settings.js').Values} Values
 *
 * @typedef {object} State
 * @property {Head | null} head  null while the chosen recipe is not there yet
 * @property {{loaded: number, total: number} | null} data
 * @property {boolean} opening
 * @property {boolean} running
 * @property {boolean} failed  the recipe could not be opened
 */

/** What stands in the fields until Python has taken another choice. */
export const USUAL = { recipe: 'eleven_lines', length: 'short' };
/** The order in which they are best read. */
const RECIPES = ['eleven_lines', 'quadrants', 'skyone', 'nielsen', 'bp_mnist'];
const LENGTHS = ['short', 'full'];

/**
 * @param {object} options
 * @param {() => State} options.state
 * @param {() => Values} options.wanted  the settings that are chosen
 * @param {(name: string, value: string) => void} options.onChoose
 * @param {() => void} options.onRun
 * @param {() => void} options.onStop
 * @param {() => void} options.onReset
 * @param {() => void} options.onRetry
 */
export function createRunPanel(options) {
  const element = make('section', 'recipe-head');
  element.setAttribute('aria-labelledby', 'recipe-title');

  function update() {
    const state = options.state();
    const recipe = recipeOf(options.wanted());
    render(
      html`<h2 id="recipe-title" class="visually-hidden">${t('recipes:run.title')}</h2>
        ${selectField({
          testid: 'recipe',
          label: t('recipes:run.recipe'),
          value: recipe,
          choices: RECIPES.map((name) => ({ value: name, label: t(`recipes:list.${name}.name`) })),
          onChange: (name) => options.onChoose('recipe', name),
        })}
        <p class="recipe-text">${t(`recipes:list.${recipe}.text`)}</p>
        <div class="recipe-bar">${buttons(state, options)} ${lengths(state, options)}</div>
        <p class="recipe-changes" data-testid="recipe-changes">${about(state.head)}</p>
        ${progress(state, options.onRetry)}`,
      element,
    );
  }

  return { element, update };
}

/**
 * @param {State} state
 * @param {Parameters<typeof createRunPanel>[0]} options
 */
function buttons({ head, running }, { onRun, onStop, onReset }) {
  const stopped = head?.status === 'running';
  const over = head?.status === 'finished' || head?.status === 'diverged';
  return html`<div class="recipe-buttons">
    ${playButton({
      playing: running,
      name: t('recipes:run.name'),
      playText: t(`recipes:run.${stopped ? 'goOn' : over ? 'again' : 'run'}`),
      pauseText: t('recipes:run.stop'),
      testid: 'recipe-run',
      onToggle: running ? onStop : onRun,
    })}
    ${button({
      label: t('recipes:run.reset'),
      icon: icons.reset,
      testid: 'recipe-reset',
      disabled: !head,
      onClick: onReset,
    })}
  </div>`;
}

/**
 * @param {State} state
 * @param {Parameters<typeof createRunPanel>[0]} options
 */
function lengths({ head }, { wanted, onChoose }) {
  if (head?.has_short === false) return nothing;
  return segments({
    label: t('recipes:length.label'),
    testid: 'recipe-length',
    value: known(LENGTHS, wanted().length),
    choices: LENGTHS.map((value) => ({ value, label: t(`recipes:length.${value}`) })),
    onChange: (value) => onChoose('length', value),
  });
}

/**
 * How this run differs from the published one, in a sentence.
 * @param {Head | null} head
 */
function about(head) {
  if (!head) return '';
  if (head.changes.length === 0) return t('recipes:length.asPublished');
  const changes = head.changes.map(([name, published, here]) =>
    t('recipes:length.change', {
      label: hasText(`recipes:changed.${name}`) ? t(`recipes:changed.${name}`) : settingLabel(name),
      published: plain(published),
      here: plain(here),
    }),
  );
  const list = changes.join(t('recipes:length.and'));
  return t('recipes:length.shorter', { changes: list });
}

/** @param {unknown} value of a setting */
function plain(value) {
  return typeof value === 'number' ? formatNumber(value) : String(value);
}

/**
 * @param {State} state
 * @param {() => void} onRetry
 */
function progress(state, onRetry) {
  const { text, share } = situation(state);
  return html`<div class="recipe-progress">
    ${progressBar(share)}
    ${progressText({
      testid: 'recipe-status',
      label: t('recipes:status.progress'),
      text,
      share,
      status: state.head?.status ?? 'opening',
    })}
    ${
      state.failed
        ? button({ label: t('recipes:status.retry'), testid: 'recipe-retry', onClick: onRetry })
        : nothing
    }
  </div>`;
}

/**
 * What is going on, as a sentence and as the share of it that is done.
 * @param {State} state
 * @returns {{text: string, share: number}}
 */
function situation({ head, data, failed, opening, running }) {
  if (failed) return { text: t('recipes:status.failed'), share: 0 };
  if (opening && data && data.loaded < data.total) {
    const [loaded, total] = [data.loaded, data.total].map(formatMegabytes);
    return { text: t('recipes:status.data', { loaded, total }), share: data.loaded / data.total };
  }
  if (!head) return { text: t('recipes:status.opening'), share: 0 };
  // Cut, not rounded: 100 % is said when it is over.
  const done = formatPercent(Math.floor(100 * head.done) / 100, 0);
  const key = head.status === 'running' ? (running ? 'running' : 'stopped') : head.status;
  return { text: t(`recipes:status.${key}`, { done }), share: head.done };
}

/** @param {Values} values */
export const recipeOf = (values) => known(RECIPES, values.recipe);

/**
 * @param {string[]} values
 * @param {unknown} value from the address, maybe nonsense that Python will refuse
 */
function known(values, value) {
  return values.find((one) => one === value) ?? values[0];
}
