/**
 * The views in their frame. They live as long as the page; the address decides which one is seen.
 */
import { html, render } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import './styles/tokens.css';
import './styles/base.css';
import './controls/buttons.css';
import './controls/fields.css';
import './controls/readout.css';
import './styles/shell.css';
import { fault } from '../shared/protocol.js';
import { bootStatus } from './boot-status.js';
import { onDrop } from './drops.js';
import { embedFoot, isEmbedded } from './embed.js';
import { credits, messageBox, topRow } from './frame.js';
import { onLanguageChange, startLanguage, t } from './i18n.js';
import { startPrinting } from './printing.js';
import { markSeen, onRouteChange, parseRoute, replaceRoute } from './router.js';
import { startTextSize } from './text-size.js';
import { onThemeChange, startTheme } from './theme.js';
import { createDigitsView } from './views/digits/digits.js';
import { createLabView } from './views/lab/lab.js';
import { createLessonsView } from './views/lessons/lessons.js';
import { createPlaygroundView } from './views/playground/playground.js';
import { createRecipesView } from './views/recipes/recipes.js';
// Last, to go before the views' own style sheets.
import './styles/print.css';

/**
 * @typedef {object} View
 * @property {HTMLElement} element
 * @property {(params: URLSearchParams) => void | Promise<void>} open  seen from now on
 * @property {() => void} close  out of sight: it pauses
 * @property {() => void} forget  what Python held for it is gone: the next `open` asks for it anew
 * @property {() => 'nothing' | 'start' | 'training'} holds  what another address would discard
 * @property {() => URLSearchParams} query  the settings that lead back to the present state
 * @property {() => unknown} [advice]  for the line under the header, instead of what there is to do;
 *   null: nothing
 * @property {(file: File) => void} [takeFile]  a file was dropped while it is seen
 *
 * @typedef {object} ViewOptions
 * @property {import('./session/engine.js').Engine} engine
 * @property {Promise<import('../shared/protocol.js').Tables>} tables
 * @property {(...errors: unknown[]) => void} showError
 * @property {() => void} clearError
 * @property {() => void} onQueryChange  the view's settings have changed
 * @property {() => void} onAdvice  there is another advice
 */

/** The tabs, in their order. @type {Record<string, (options: ViewOptions) => View>} */
const VIEWS = {
  playground: createPlaygroundView,
  digits: createDigitsView,
  recipes: createRecipesView,
  lessons: createLessonsView,
  lab: createLabView,
};
const FIRST = Object.keys(VIEWS)[0];

/**
 * @param {HTMLElement} root
 * @param {import('./session/engine.js').Engine} engine
 */
export function startApp(root, engine) {
  startTheme();
  startTextSize();
  startPrinting();
  startLanguage();

  /** @type {unknown[]} */
  let errors = [];
  let current = '';
  // Later boots bring the same ones.
  const tables = engine.ready.then((result) => result.tables);

  /** @type {Record<string, View>} */
  const views = {};
  for (const [name, create] of Object.entries(VIEWS)) {
    views[name] = create({
      engine,
      tables,
      showError: (...added) => {
        errors = added;
        draw();
      },
      clearError,
      onAdvice: draw,
      onQueryChange: () => {
        if (name === current) replaceRoute(name, views[name].query());
        draw();
      },
    });
  }

  function clearError() {
    if (errors.length === 0) return;
    errors = [];
    draw();
  }

  /** @param {File[]} files */
  function drop(files) {
    const { takeFile } = views[current];
    if (takeFile && files.length === 1) {
      takeFile(files[0]);
      return;
    }
    const code = takeFile ? 'several' : 'elsewhere';
    errors = [fault('DropError', code, {}, 'These files are not opened here.')];
    draw();
  }

  function retry() {
    errors = [];
    engine.start();
  }

  /** The views out of sight ask for their network when they are seen again. */
  engine.onEnd((error) => {
    for (const view of Object.values(views)) view.forget();
    show({ name: current, params: views[current].query() });
    errors = [error];
    draw();
  });

  /** @param {import('./router.js').Route} route */
  const viewOf = ({ name }) => (Object.hasOwn(views, name) ? name : FIRST);

  /** @param {import('./router.js').Route} route */
  function show(route) {
    const name = viewOf(route);
    if (name !== current) {
      views[current]?.close();
      current = name;
    }
    errors = [];
    markSeen();
    Promise.resolve(views[name].open(route.params)).catch((error) => {
      errors = [error];
      draw();
    });
    draw();
  }

  /**
   * Back and forward find a view as it was left: what was trained there is not thrown away, and the
   * address follows. Before any training they change the settings of the view that is seen.
   *
   * @param {string} name
   */
  function keeps(name) {
    const held = views[name].holds();
    return held === 'training' || (held === 'start' && name !== current);
  }

  function draw() {
    const { state, fault } = engine.state;
    document.title = `${t(`tabs.${current}`)} · pynn`;
    const shown = state === 'failed' ? [fault] : errors;
    render(
      html`<div class="app" data-testid="app" data-state=${state}>
        <header>${topRow(current, views)} ${bootStatus(engine.state, current, views[current].advice?.())}</header>
        ${messageBox(shown, state === 'failed' ? retry : null, clearError)}
        <main>
          ${repeat(
            Object.entries(views),
            ([name]) => name,
            ([name, view]) => html`<div ?hidden=${name !== current}>${view.element}</div>`,
          )}
        </main>
        ${isEmbedded() ? embedFoot(location.hash) : credits(engine.state.versions)}
      </div>`,
      root,
    );
  }

  addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') clearError();
  });
  onDrop(drop);
  onRouteChange((route, back) => {
    const name = viewOf(route);
    if (!back || !keeps(name)) return show(route);
    replaceRoute(name, views[name].query());
    show(parseRoute());
  });
  onLanguageChange(draw);
  onThemeChange(draw);
  // The first picture, which came with the page, makes room for the same in living.
  root.replaceChildren();
  show(parseRoute());
  engine.watch(draw);
}
