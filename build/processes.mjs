import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder: every command runs there, wherever it was called from. */
export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** The Python of the project's own environment. */
export const venvPython = path.join(
  root,
  '.venv',
  ...(process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python']),
);

/**
 * @typedef {{env?: {[name: string]: string}, without?: RegExp}} Environment
 *   variables to add, and the names of those to leave out
 */

/**
 * The environment for the programs that are started here: the Node that runs this file comes first
 * on the PATH, and a PYTHONPATH or PYTHONHOME of the shell cannot lead our Python astray.
 * @param {Environment} [changes]
 * @returns {NodeJS.ProcessEnv}
 */
export function childEnvironment({ env = {}, without = /^$/ } = {}) {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !['PYTHONPATH', 'PYTHONHOME'].includes(name) && !without.test(name),
  );
  const PATH = [path.dirname(process.execPath), process.env.PATH ?? ''].join(path.delimiter);
  return { ...Object.fromEntries(inherited), PATH, ...env };
}

/**
 * Runs a program to its end and returns its exit code (128 and above: ended by a signal).
 * @param {string} program
 * @param {string[]} args
 * @param {Environment} [changes]
 * @returns {Promise<number>}
 */
export function run(program, args, changes = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: root,
      env: childEnvironment(changes),
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 128));
  });
}

/**
 * Runs a module or a script with the project's Python.
 * @param {...string} args
 */
export const python = (...args) => run(venvPython, args);

/**
 * Runs the command of an installed npm package by its own file, without npx or a shell.
 * @param {string} file inside node_modules
 * @param {...string} args
 */
export const nodeTool = (file, ...args) =>
  run(process.execPath, [path.join(root, 'node_modules', file), ...args]);
