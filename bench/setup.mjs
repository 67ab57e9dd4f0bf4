// The peers of the bench, in bench/node_modules and .cache/bench-venv (outside bench/, so that no
// linter walks through it). Only `npm run bench` comes here.
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Problem } from '../build/problem.mjs';
import { run, venvPython } from '../build/processes.mjs';
import { isCurrent, writeStamp } from '../build/stamps.mjs';

const here = import.meta.dirname;
const venv = path.resolve(here, '../.cache/bench-venv');
const peersPython = venvPython.replace(path.resolve(here, '../.venv'), venv);

async function setUpBrowserPeers() {
  const folder = path.join(here, 'node_modules');
  const files = ['bench/package.json', 'bench/package-lock.json'];
  if (isCurrent(folder, files)) return;
  console.log('Set-up: peers for the browser in bench/node_modules');
  const npm = process.env.npm_execpath;
  const [program, first] = npm ? [process.execPath, [npm]] : ['npm', []];
  const args = ['ci', '--prefix', here, '--ignore-scripts', '--no-audit', '--no-fund'];
  const code = await run(program, [...first, ...args, '--loglevel=error']).catch(() => 127);
  if (code !== 0) throw new Problem('npm could not install the packages of bench/package.json.');
  writeStamp(folder, files);
}

/**
 * Python 3.11, for which PyTorch's CPU build is at hand, else the project's own Python.
 * @returns {Promise<string>}
 */
async function findPython() {
  const versions = path.join(
    process.env.PYENV_ROOT || path.join(os.homedir(), '.pyenv'),
    'versions',
  );
  const kept = existsSync(versions) ? readdirSync(versions) : [];
  const candidates = [
    'python3.11',
    ...kept
      .filter((name) => name.startsWith('3.11.'))
      .map((name) => path.join(versions, name, 'bin', 'python')),
  ];
  for (const program of candidates) {
    // A shim may exist for a version that it then refuses to start, and venv may be missing.
    const works = promisify(execFile)(program, ['-I', '-c', 'import venv, ensurepip']);
    if (await works.then(() => true).catch(() => false)) return program;
  }
  return venvPython;
}

async function setUpNativePeers() {
  const files = ['bench/requirements.txt', 'bench/requirements-torch.txt'];
  if (existsSync(peersPython) && isCurrent(venv, files)) return;
  console.log('Set-up: native peers in .cache/bench-venv');
  rmSync(venv, { recursive: true, force: true });
  if ((await run(await findPython(), ['-m', 'venv', venv])) !== 0) {
    throw new Problem(
      'The environment .cache/bench-venv could not be made: see the message above.',
    );
  }
  const install = ['-m', 'pip', 'install', '--quiet', '--require-hashes', '--only-binary', ':all:'];
  const [common, torch] = files;
  if ((await run(peersPython, [...install, '--requirement', common])) !== 0) {
    throw new Problem('pip could not install the packages of bench/requirements.txt.');
  }
  if ((await run(peersPython, [...install, '--no-deps', '--requirement', torch])) !== 0) {
    console.log("PyTorch's CPU build cannot be had here: the bench leaves it out.");
  }
  writeStamp(venv, files);
}

/** Brings the peers to what the lock files say; does nothing when they are there. */
export async function setUpPeers() {
  await setUpBrowserPeers();
  await setUpNativePeers();
}
