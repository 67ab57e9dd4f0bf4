// The editor's own words, which CodeMirror asks for by its English ones.
import { t } from '../../i18n.js';

const NAMES = [
  ...['Find', 'Replace', 'next', 'previous', 'all', 'match case', 'by word', 'regexp'],
  ...['replace', 'replace all', 'close', 'Go to line', 'go', 'Diagnostics', 'No diagnostics'],
  'Completions',
];

export const phrases = () =>
  Object.fromEntries(NAMES.map((name) => [name, t(`lab:phrases.${name}`)]));
