// The lab: a person's program on the left, what it writes and shows on the right.

import { createConsole } from '../../console/console.js';
import { createEditor } from '../../console/editor.js';
import { make } from '../../element.js';
import { saveFile } from '../../files.js';
import { onLanguageChange, t } from '../../i18n.js';
import { openPrograms } from '../../session/kept-programs.js';
import { lab } from '../../session/lab-shared.js';
import { arrival, isProgram, notANotebook, programIn } from './arrivals.js';
import { createBar } from './bar.js';
import { createDocs } from './docs.js';
import { createFiles } from './files.js';
import firstProgram from './first-program.py?raw';
import { createFollow } from './follow.js';
import { createGradientReport } from './gradients.js';
import { createPackage } from './package.js';
import { phrases } from './phrases.js';
import { createStatus } from './status.js';
import './texts.js';
// Last: it says how all of them stand together.
import './lab.css';
import './follow.css';

/**
 * @typedef {import('../../../shared/lab-protocol.js').Outcome} Outcome
 */

const FIRST = 'first.py';

/** @param {import('../lazy-view.js').RoomOptions} options */
export async function createRoom({ showError, clearError, onQueryChange }) {
  const element = make('div', 'lab');
  const programs = await openPrograms();
  if (programs.names.length === 0) programs.add(FIRST, firstProgram);
  let name = programs.names[0];
  const text = () => programs.text(name) ?? '';
  /** What has to be said of the program, such as that it came with a link: a key. */
  let note = '';
  /** @type {Outcome | null} */
  let outcome = null;
  /** Why there is no outcome. @type {unknown} */
  let trouble = null;

  const editor = createEditor({
    testid: 'editor',
    text: text(),
    onRun: () => void run(false),
    onRunPart: () => void run(true),
    onStop: lab.stop,
    onSave: () => saveFile(name, text(), 'text/x-python'),
    onChange(text) {
      const { opened } = pack;
      if (opened) programs.change(opened.path, text === opened.original ? null : text);
      else programs.keep(name, text);
      editor.mark(null);
      pack.draw();
    },
    onMove: (place) => docs.at(editor.text, place),
    complete: lab.complete,
  });
  const output = createConsole({ testid: 'code-output' });
  const docs = createDocs({
    ask: async (text, place) =>
      (await lab.ask('describe', { text, place }).catch(() => null))?.head.about ?? null,
  });
  const status = createStatus({
    state: () => ({ lab: lab.state, outcome, trouble }),
    onLine: (line) => editor.goTo(line),
    onFile: async (file) => (await lab.ask('file', { name: file }))?.blob,
    onError: showError,
  });
  const report = createGradientReport();
  const pack = createPackage({
    programs,
    ask: lab.ask,
    onOpen(opened) {
      editor.compare(null);
      editor.open(opened ? (programs.changes[opened.path] ?? opened.original) : text());
      editor.compare(opened?.original ?? null);
      editor.mark(null);
      editor.focus();
    },
    onRevert(path) {
      programs.change(path, null);
      if (pack.opened?.path === path) editor.open(pack.opened.original);
      report.show(null);
      pack.draw();
    },
    onCheck: () => void check(),
    onFollow: () => follow.open(),
    onError: showError,
  });
  const follow = createFollow({
    ask: lab.ask,
    changes: () => programs.changes,
    onError: showError,
  });
  const files = createFiles({ programs, onError: showError });
  const bar = createBar({
    state: () => ({ name, names: programs.names, note, running: lab.state === 'running' }),
    text,
    onOpenPackage: pack.choose,
    onRun: () => void run(false),
    onRunPart: () => void run(true),
    onStop: () => lab.stop(),
    onChoose: choose,
    onNew: () => add('program.py', ''),
    onExample: add,
    onRename: (next) => choose(programs.rename(name, next)),
    onRemove: () => {
      programs.remove(name);
      if (programs.names.length === 0) programs.add(FIRST, firstProgram);
      choose(programs.names[0]);
    },
    onFile: takeFile,
    onError: showError,
  });

  const left = make('section', 'lab-program');
  left.append(bar.element, pack.element, editor.element, docs.element, files.element);
  const right = make('section', 'lab-output');
  right.append(status.element, report.element, output.element);
  element.append(left, right, follow.element);

  output.onProgress((share) => status.progress(share));
  lab.watch(update);
  onLanguageChange(relabel);
  relabel();

  function relabel() {
    editor.relabel(t('lab:editor.label'), phrases());
    left.setAttribute('aria-label', t('lab:editor.label'));
    right.setAttribute('aria-label', t('lab:output.title'));
    for (const part of [files, docs, report, pack, follow]) part.draw();
    update();
  }

  function update() {
    bar.draw();
    status.draw();
  }

  /** @param {string} next */
  function choose(next) {
    name = next;
    note = '';
    if (pack.opened) {
      editor.compare(null);
      pack.forget();
    }
    if (editor.text !== text()) {
      editor.open(text());
      forget();
    }
    update();
    onQueryChange();
  }

  /** The outcome is of another program. */
  function forget() {
    outcome = null;
    trouble = null;
    report.show(null);
    editor.mark(null);
  }

  /** @param {string} wished @param {string} text */
  function add(wished, text) {
    choose(programs.add(wished, text));
    editor.focus();
  }

  /** @param {boolean} partOnly */
  async function run(partOnly) {
    if (lab.state === 'running') return;
    clearError();
    forget();
    const part = editor.part;
    const program = {
      text: partOnly ? part.text : text(),
      file: name,
      part: partOnly ? part.line : null,
      files: programs.files,
      changes: programs.changes,
      settings: {},
    };
    if (!partOnly) output.clear();
    try {
      outcome = await lab.run(program, output.show);
      const { error } = outcome;
      if (error?.line && error.changed === pack.opened?.path) {
        editor.mark({ ...error, line: error.line });
      }
      if (Object.keys(programs.changes).length > 0 && !error?.changed) void check();
    } catch (error) {
      trouble = error;
    }
    output.settle();
    update();
  }

  /** Of pynn, with what is changed in it. */
  async function check() {
    report.show('busy');
    try {
      const reply = await lab.ask('check', { changes: programs.changes });
      if (reply?.head.error) outcome = /** @type {any} */ (reply.head);
      report.show(/** @type {any} */ (reply?.head.findings ? reply.head : null));
    } catch (error) {
      report.show(null);
      trouble = error;
    }
    update();
  }

  /** A program, or a file that is put beside it. @param {File} file */
  async function takeFile(file) {
    if (!isProgram(file)) return files.add(file);
    const program = await programIn(file);
    if (program === null) showError(notANotebook(file));
    else add(file.name, program);
  }

  return {
    element,
    /** @param {URLSearchParams} params */
    async open(params) {
      lab.wake();
      const come = await arrival(params, programs);
      if (come?.error) showError(come.error);
      if (come?.text !== undefined) add(come.name, come.text);
      else if (come?.name) choose(come.name);
      if (come?.note) {
        note = come.note;
        update();
      }
      onQueryChange();
    },
    close: () => lab.rest(),
    query: () => new URLSearchParams({ program: name }),
    takeFile,
  };
}
