// Python in colour, with the parser and the highlighter of CodeMirror. A program that is only read
// needs no editor: as plain elements it can be searched, selected and printed like any text.
import { classHighlighter, highlightCode } from '@lezer/highlight';
import { parser } from '@lezer/python';

/**
 * @param {string} code
 * @returns {DocumentFragment} the code in spans of the classes `tok-keyword`, `tok-string` …
 */
export function highlight(code) {
  const lines = document.createDocumentFragment();
  highlightCode(
    code,
    parser.parse(code),
    classHighlighter,
    (text, classes) => lines.append(classes ? span(text, classes) : text),
    () => lines.append('\n'),
  );
  return lines;
}

/**
 * @param {string} text
 * @param {string} classes
 */
function span(text, classes) {
  const element = document.createElement('span');
  element.className = classes;
  element.textContent = text;
  return element;
}
