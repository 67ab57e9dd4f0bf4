/**
 * A program's text in an editor. CodeMirror writes its own styles, which the page's policy allows
 * in a shadow tree only.
 */
import { autocompletion, closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { python } from '@codemirror/lang-python';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { lintKeymap, setDiagnostics } from '@codemirror/lint';
import { unifiedMergeView } from '@codemirror/merge';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { make } from '../element.js';
import { editorTheme } from './editor-theme.js';

/**
 * @typedef {object} Completions
 * @property {number} start  where the name begins
 * @property {[string, string][]} options  names and kinds
 *
 * @typedef {object} EditorOptions
 * @property {string} testid
 * @property {string} text
 * @property {() => void} onRun         Ctrl or Cmd and Enter
 * @property {() => void} onRunPart     Shift and Enter
 * @property {() => void} onStop        Ctrl or Cmd and the full stop
 * @property {() => void} [onSave]      Ctrl or Cmd and S
 * @property {(text: string) => void} onChange
 * @property {(place: number) => void} [onMove]  of the cursor
 * @property {(text: string, place: number) => Promise<Completions | null>} complete
 *
 * @typedef {ReturnType<typeof createEditor>} Editor
 */

/** @param {EditorOptions} options */
export function createEditor(options) {
  const element = make('div', 'code-editor', { testid: options.testid });
  const root = element.attachShadow({ mode: 'open' });
  const words = new Compartment();
  const compared = new Compartment();

  const run = (/** @type {() => void} */ act) => () => {
    act();
    return true;
  };
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: options.text,
      extensions: [
        ...[lineNumbers(), history(), drawSelection(), indentOnInput(), bracketMatching()],
        ...[closeBrackets(), highlightActiveLine(), highlightActiveLineGutter()],
        ...[highlightSelectionMatches(), search({ top: true }), python(), indentUnit.of('    ')],
        autocompletion({ override: [completer(options.complete)], icons: false }),
        keymap.of([
          { key: 'Mod-Enter', run: run(options.onRun) },
          { key: 'Shift-Enter', run: run(options.onRunPart) },
          { key: 'Mod-.', run: run(options.onStop), preventDefault: true },
          { key: 'Mod-s', run: run(options.onSave ?? (() => {})), preventDefault: true },
          ...[...closeBracketsKeymap, ...searchKeymap, ...historyKeymap, ...lintKeymap],
          ...[...defaultKeymap, indentWithTab],
        ]),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) options.onChange(update.state.doc.toString());
          if (update.docChanged || update.selectionSet) {
            options.onMove?.(update.state.selection.main.head);
          }
        }),
        words.of([]),
        compared.of([]),
        editorTheme,
      ],
    }),
  });

  return {
    element,
    get text() {
      return view.state.doc.toString();
    },
    /** Another program: with a history of its own. @param {string} text */
    open(text) {
      const { state } = view;
      if (state.doc.toString() === text) return;
      view.dispatch({
        changes: { from: 0, to: state.doc.length, insert: text },
        selection: { anchor: 0 },
        scrollIntoView: true,
      });
    },
    /** The lines that are selected, or the one with the cursor. */
    get part() {
      const { doc, selection } = view.state;
      const [first, last] = [doc.lineAt(selection.main.from), doc.lineAt(selection.main.to)];
      return { text: doc.sliceString(first.from, last.to), line: first.number };
    },
    /**
     * Marks the place of an error, or none.
     *
     * @param {{line: number, column?: number | null, end?: number | null, message: string} | null} error
     */
    mark(error) {
      const { doc } = view.state;
      if (!error || error.line < 1 || error.line > doc.lines) {
        view.dispatch(setDiagnostics(view.state, []));
        return;
      }
      const line = doc.line(error.line);
      const from = Math.min(line.to, line.from + Math.max(0, (error.column ?? 1) - 1));
      const end =
        error.end && error.end > (error.column ?? 1) ? line.from + error.end - 1 : line.to;
      const to = Math.max(from, Math.min(line.to, end));
      const { message } = error;
      view.dispatch(setDiagnostics(view.state, [{ from, to, message, severity: 'error' }]));
    },
    /** @param {number} number of a line, from 1 */
    goTo(number) {
      const line = view.state.doc.line(Math.min(Math.max(1, number), view.state.doc.lines));
      view.dispatch({ selection: { anchor: line.from }, scrollIntoView: true });
      view.focus();
    },
    focus: () => view.focus(),
    /** Shows what differs from another text. @param {string | null} original  null: nothing */
    compare(original) {
      const shown =
        original === null
          ? []
          : unifiedMergeView({
              original,
              mergeControls: false,
              gutter: true,
              syntaxHighlightDeletions: true,
            });
      view.dispatch({ effects: compared.reconfigure(shown) });
    },
    /** @param {string} label @param {Record<string, string>} phrases  CodeMirror's, by its English */
    relabel(label, phrases) {
      const content = EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' });
      view.dispatch({ effects: words.reconfigure([content, EditorState.phrases.of(phrases)]) });
    },
    destroy: () => view.destroy(),
  };
}

/**
 * @param {EditorOptions['complete']} complete
 * @returns {import('@codemirror/autocomplete').CompletionSource}
 */
function completer(complete) {
  return async (context) => {
    const before = context.matchBefore(/[\w.]*/);
    if (!context.explicit && !before?.text) return null;
    const found = await complete(context.state.doc.toString(), context.pos);
    if (!found || found.options.length === 0) return null;
    return {
      from: found.start,
      options: found.options.map(([label, type]) => ({ label, type })),
      validFor: /^\w*$/,
    };
  };
}
