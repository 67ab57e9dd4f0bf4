// How a program comes into the lab: from another tab, with a link, by its name in the address, in a
// file.

import { labFault } from '../../session/errors.js';
import { takeProgram } from '../../session/lab-inbox.js';
import { textOf } from './links.js';
import { fromNotebook } from './notebooks.js';

/**
 * @typedef {object} Arrival
 * @property {string} name
 * @property {string} [text]  of a program that is not here yet
 * @property {string} [note]  what has to be said of it: a key
 * @property {unknown} [error]
 */

/**
 * @param {URLSearchParams} params
 * @param {import('../../session/kept-programs.js').Programs} programs
 * @returns {Promise<Arrival | null>} null: the lab stays as it is
 */
export async function arrival(params, programs) {
  const brought = takeProgram();
  if (brought) return brought;
  const code = params.get('code');
  if (code) {
    const text = await textOf(code);
    if (text === null) {
      return { name: '', error: labFault('link') };
    }
    return { name: params.get('name') ?? 'linked.py', text, note: 'linked' };
  }
  const name = params.get('program');
  return name && programs.text(name) !== undefined ? { name } : null;
}

/** Other files are put beside the program. @param {File} file */
export const isProgram = ({ name }) => /\.(py|ipynb|txt)$/i.test(name);

/** @param {File} file @returns {Promise<string | null>} null: a notebook that cannot be read */
export async function programIn(file) {
  const text = await file.text();
  return file.name.endsWith('.ipynb') ? fromNotebook(text) : text;
}

/** @param {File} file */
export const notANotebook = ({ name }) => labFault('notebook', { name });
