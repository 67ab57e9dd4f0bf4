// The recipes tab: a published program to read, to run, and to hold against what was published.

import { make } from '../../element.js';
import { saveFile } from '../../files.js';
import { onLanguageChange } from '../../i18n.js';
import { createAddress, rawQuery } from '../../session/address.js';
import { fromQuery, toQuery } from '../../session/settings.js';
import { createCodePanel } from './code.js';
import { createFiguresPanel } from './figures.js';
import { createResultsPanel } from './results.js';
import { createRunPanel, recipeOf, USUAL } from './run.js';
import { createRecipesSession } from './session.js';
// Last: it says how all of them stand together.
import './recipes.css';

/**
 * @param {import('../../app.js').ViewOptions} options
 * @returns {import('../../app.js').View}
 */
export function createRecipesView({ engine, tables, showError, clearError, onQueryChange }) {
  const element = make('div', 'recipes');
  /** @type {import('../../../shared/protocol.js').Setting[] | null} */
  let table = null;
  /**
   * What was chosen, or stood in the address, until Python has taken it.
   * @type {import('../../session/settings.js').Values}
   */
  let asked = {};
  let failed = false;

  const session = createRecipesSession({
    engine,
    onChange: update,
    onReply(reply, fresh) {
      results.add(reply, fresh);
      figures.add(reply, fresh);
    },
    onDraw() {
      results.draw();
      figures.draw();
    },
    onError: showError,
  });

  /** The settings in force, or those that are on their way. */
  const wanted = () => ({ ...USUAL, ...session.state.head?.settings, ...asked });
  /** What Python has open, unless something else has been chosen meanwhile. */
  const shown = () => {
    const { head } = session.state;
    return head?.settings.recipe === wanted().recipe ? head : null;
  };

  const run = createRunPanel({
    state: () => ({ ...session.state, head: shown(), failed }),
    wanted,
    onChoose(name, value) {
      asked = { ...asked, [name]: value };
      void reopen();
    },
    onRun() {
      clearError();
      void session.run();
      if (failed) void reopen();
    },
    onStop: session.stop,
    onReset() {
      clearError();
      void session.reset();
    },
    onRetry: reopen,
  });
  const figures = createFiguresPanel({ recipe: () => recipeOf(wanted()), head: shown });
  const results = createResultsPanel({ head: shown, onFile: takeFile });
  const code = createCodePanel({ recipe: () => recipeOf(wanted()) });
  const work = make('div', 'recipes-work');
  work.append(run.element, figures.element, results.element);
  element.append(work, code.element);

  function update() {
    run.update();
    figures.update();
    results.update();
    code.update(shown()?.code ?? null);
  }

  async function reopen() {
    clearError();
    failed = false;
    update();
    onQueryChange();
    try {
      const refused = await session.open(wanted());
      if (refused === null) return;
      asked = {};
      if (refused.length > 0) showError(...refused);
    } catch (error) {
      // The choice stays as it is, and so does the way to try again.
      failed = true;
      showError(error);
    }
    update();
    onQueryChange();
  }

  async function takeFile() {
    const name = session.state.head?.file;
    try {
      const content = await session.file();
      if (content && name) saveFile(name, content, 'application/zip');
    } catch (error) {
      showError(error);
    }
  }

  tables.then((all) => {
    table = all.recipes;
    update();
  });
  onLanguageChange(update);
  update();

  const address = createAddress({ table: () => table, state: () => session.state, query });

  function query() {
    const { head } = session.state;
    if (!table || !head) return rawQuery(asked);
    const { length, ...others } = wanted();
    // A program without a shorter version has nothing to say about its length.
    return toQuery(table, shown()?.has_short === false ? others : { ...others, length });
  }

  return {
    element,
    open(params) {
      const wished = address.follow(params);
      if (!wished) return;
      asked = wished;
      void reopen();
    },
    close: session.stop,
    forget() {
      asked = fromQuery(query());
      address.forget();
      session.forget();
    },
    holds() {
      const { head } = session.state;
      return head ? (head.status === 'ready' ? 'start' : 'training') : 'nothing';
    },
    query,
  };
}
