import { execFile } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { findPython } from './find-python.mjs';
import { Problem } from './problem.mjs';
import { childEnvironment, root, run, venvPython } from './processes.mjs';
import { isCurrent, writeStamp } from './stamps.mjs';

// Vite's own requirement, which is the strictest one among the packages.
const NODE = { 20: 19, 22: 12 };

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const least = /** @type {Record<number, number>} */ (NODE)[major] ?? 0;
  if (major < 20 || major === 21 || minor < least) {
    throw new Problem(
      `Node.js 20.19, 22.12 or newer is needed, but this is ${process.versions.node}: ` +
        'install a current one from https://nodejs.org/.',
    );
  }
}

// What a machine's pip may need in order to reach the package index.
const NETWORK = ['index-url', 'proxy', 'cert', 'client-cert', 'trusted-host', 'timeout'];

/**
 * Pip's settings for the installation: of this machine's own only those of the network. Others
 * (find-links, extra-index-url, user, target, …) could offer another build of a pinned version,
 * whose hash is then refused, or put the packages elsewhere.
 * @returns {Promise<{[name: string]: string}>}
 */
async function pipEnvironment() {
  const { stdout } = await promisify(execFile)(venvPython, ['-m', 'pip', 'config', 'list'], {
    env: childEnvironment(),
  });
  /** @type {{[name: string]: string}} */
  const settings = {};
  for (const [, name, value] of stdout.matchAll(/^[^.]+\.([\w-]+)='(.*)'$/gm)) {
    if (NETWORK.includes(name)) settings[`PIP_${name.toUpperCase().replaceAll('-', '_')}`] = value;
  }
  return { ...settings, PIP_CONFIG_FILE: os.devNull, PIP_DISABLE_PIP_VERSION_CHECK: '1' };
}

async function setUpPython() {
  const folder = path.join(root, '.venv');
  const files = ['requirements.txt'];
  if (existsSync(venvPython) && isCurrent(folder, files)) return;
  const python = await findPython();
  console.log(`Set-up: Python ${python.version.join('.')} packages in .venv`);
  rmSync(folder, { recursive: true, force: true });
  if ((await run(python.path, ['-m', 'venv', folder])) !== 0) {
    throw new Problem(
      `${python.path} could not make the environment .venv: see its message above.`,
    );
  }
  const install = ['-m', 'pip', 'install', '--quiet', '--require-hashes', '--only-binary', ':all:'];
  const code = await run(venvPython, [...install, '--requirement', 'requirements.txt'], {
    env: await pipEnvironment(),
    without: /^PIP_/,
  });
  if (code !== 0) {
    throw new Problem(
      'pip could not install the Python packages of requirements.txt: see its message above, ' +
        'check the network, and run the same command again.',
    );
  }
  writeStamp(folder, files);
}

async function setUpNode() {
  const folder = path.join(root, 'node_modules');
  const files = ['package.json', 'package-lock.json'];
  if (isCurrent(folder, files)) return;
  console.log('Set-up: Node.js packages in node_modules');
  // Inside `npm start` npm names its own file; a shell is only needed for npm.cmd on Windows.
  const npm = process.env.npm_execpath;
  const [program, first] = npm ? [process.execPath, [npm]] : ['npm', []];
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
  const code = await run(program, [...first, ...args, '--loglevel=error']).catch(() => 127);
  if (code !== 0) {
    throw new Problem(
      code === 127
        ? 'npm was not found: it comes with Node.js from https://nodejs.org/.'
        : 'npm could not install the packages of package-lock.json: see its message above, ' +
            'check the network, and run the same command again.',
    );
  }
  writeStamp(folder, files);
}

/** Brings .venv and node_modules to what the lock files say; does nothing when they are there. */
export async function setUp() {
  checkNode();
  await setUpPython();
  await setUpNode();
}
