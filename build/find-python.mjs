import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Problem } from './problem.mjs';

// The versions for which every pinned package has a ready-made wheel.
const MINORS = [14, 13, 12];
const NAMES = [...MINORS.map((minor) => `python3.${minor}`), 'python3', 'python'];
const WINDOWS = process.platform === 'win32';

// A name on the PATH proves nothing: pyenv's shims exist for versions that they then refuse to
// start, and Debian's python3 comes without ensurepip. So every candidate is started and asked.
const QUESTION = `
import importlib.util, json, sys
print(json.dumps({
    "version": list(sys.version_info[:3]),
    "path": sys.executable,
    "missing": [name for name in ("venv", "ensurepip", "ssl", "zlib")
                if importlib.util.find_spec(name) is None],
}))`;

/** @typedef {{version: number[], path: string, missing: string[]}} Interpreter */

/**
 * @param {string} program
 * @returns {Promise<Interpreter | null>} null when it does not run
 */
async function ask(program) {
  try {
    const { stdout } = await promisify(execFile)(program, ['-I', '-c', QUESTION], {
      timeout: 30_000,
    });
    return JSON.parse(stdout);
  } catch {
    return null;
  }
}

/** @param {NodeJS.ProcessEnv} env */
function* candidatesOnPath(env) {
  const folders = (env.PATH ?? '').split(path.delimiter).filter(Boolean);
  for (const name of NAMES) {
    for (const folder of folders) {
      const file = path.join(folder, WINDOWS ? `${name}.exe` : name);
      if (existsSync(file)) yield file;
    }
  }
}

/** @param {NodeJS.ProcessEnv} env */
function* candidatesOfPyenv(env) {
  const versions = path.join(env.PYENV_ROOT || path.join(os.homedir(), '.pyenv'), 'versions');
  if (!existsSync(versions)) return;
  const newestFirst = readdirSync(versions).sort((a, b) =>
    b.localeCompare(a, 'en', { numeric: true }),
  );
  for (const name of newestFirst) {
    if (!MINORS.some((minor) => name.startsWith(`3.${minor}.`))) continue;
    yield path.join(versions, name, ...(WINDOWS ? ['python.exe'] : ['bin', 'python']));
  }
}

/** @param {Interpreter} interpreter */
const fits = ({ version: [major, minor] }) => major === 3 && MINORS.includes(minor);

/**
 * @param {Map<string, Interpreter>} refused
 * @returns {string} one sentence: what is needed, what was found, how to get it
 */
function explain(refused) {
  for (const { version, path: file, missing } of refused.values()) {
    if (!missing.length || !fits({ version, path: file, missing })) continue;
    const cure = missing.some((name) => name === 'venv' || name === 'ensurepip')
      ? `on Debian and Ubuntu, \`apt-get install python3.${version[1]}-venv\` adds what is missing`
      : 'install a complete Python, for example from https://www.python.org/downloads/';
    return `Python ${version.join('.')} (${file}) lacks ${missing.join(' and ')}: ${cure}.`;
  }
  const found = [...refused.values()].map((one) => `${one.version.join('.')} at ${one.path}`);
  const seen = found.length ? `only found ${found.join(', ')}` : 'found none';
  return (
    `Python 3.12, 3.13 or 3.14 is needed, but the PATH and pyenv's versions were searched and ${seen}: ` +
    'install one from https://www.python.org/downloads/ or with `pyenv install 3.13`.'
  );
}

/**
 * Finds a Python that can make the project's environment: by name on the PATH, newest first, then
 * among pyenv's versions.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<Interpreter>}
 */
export async function findPython(env = process.env) {
  /** @type {Map<string, Interpreter>} by the path that the interpreter itself reports */
  const refused = new Map();
  for (const candidates of [candidatesOnPath(env), candidatesOfPyenv(env)]) {
    for (const program of candidates) {
      const interpreter = await ask(program);
      if (!interpreter) continue;
      if (fits(interpreter) && !interpreter.missing.length) return interpreter;
      refused.set(interpreter.path, interpreter);
    }
  }
  throw new Problem(explain(refused));
}
