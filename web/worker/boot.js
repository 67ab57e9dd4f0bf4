/**
 * Starts Python. Left to itself, `loadPyodide` hangs for ever when its WebAssembly file is missing
 * and its `loadPackage` resolves when a wheel is: so every file is fetched here, counted, checked and
 * handed over, and nothing counts as started before `pynn` has been imported.
 */
import { fault } from '../shared/protocol.js';
import { FOLDER, startDownloads } from './downloads.js';
import { importError } from './runtime-files.js';
import { DownloadError } from './verified-fetch.js';
import { installWheels } from './wheels.js';

/**
 * @typedef {import('../shared/protocol.js').Manifest} Manifest
 * @typedef {import('../shared/protocol.js').Progress} Progress
 * @typedef {import('./downloads.js').Downloads} Downloads
 * @typedef {import('pyodide').PyodideAPI} PyodideAPI
 */

const SCRIPTS = ['pyodide.mjs', 'pyodide.asm.mjs'];
/** Makes `pynn` fast. Where it does not load, everything runs on NumPy alone, only slower. */
const KERNEL = 'pynn_kernel';

/**
 * @param {string} base
 * @param {Promise<Manifest>} manifest
 * @param {(progress: Progress) => void} onProgress
 * @param {object} [given]
 * @param {WebAssembly.Module | null} [given.runtime]  compiled already
 * @param {object} [given.globals]  what Python's module `js` has, in the place of everything
 * @returns {Promise<{pyodide: PyodideAPI, runtime: WebAssembly.Module}>}
 * @throws {DownloadError} or whatever else went wrong
 */
export function bootPython(base, manifest, onProgress, { runtime = null, globals } = {}) {
  return new Promise((resolve, reject) => {
    if (!globalThis.WebAssembly) throw new MissingWebAssembly();
    const over = new AbortController();
    const { signal } = over;
    // Errors that no promise of ours carries: Emscripten throws some of them from a callback.
    self.addEventListener(
      'unhandledrejection',
      (event) => {
        event.preventDefault();
        reject(event.reason);
      },
      { signal },
    );
    self.addEventListener(
      'error',
      (event) => {
        event.preventDefault();
        reject(event.error ?? event.message);
      },
      { signal },
    );
    const scripts = importScripts(base);
    // What is wrong with a file its download says better.
    scripts.catch(() => {});
    const start = async () => {
      const onError = (/** @type {string} */ name, /** @type {unknown} */ error) => {
        if (name !== KERNEL) reject(error);
      };
      const downloads = startDownloads(base, await manifest, onProgress, onError, runtime);
      const restore = handOver(downloads, base);
      const pyodide = await load(base, downloads, scripts, globals).finally(restore);
      return { pyodide, runtime: await downloads.runtime };
    };
    start()
      .then(resolve, reject)
      .finally(() => over.abort());
  });
}

/**
 * Lets Pyodide find, where it looks for them, the files and the compiled runtime that are here.
 *
 * @param {Downloads} downloads
 * @param {string} base
 * @returns {() => void} ends it
 */
function handOver({ responses, runtime }, base) {
  const { fetch } = self;
  const { instantiateStreaming } = WebAssembly;
  self.fetch = (input, init) => {
    const address = String(input instanceof Request ? input.url : input);
    if (!address.startsWith(base)) return fetch(input, init);
    const path = address.slice(base.length);
    // Nobody reads it: the module below is taken instead.
    if (path.endsWith('.wasm')) return Promise.resolve(new Response());
    return responses.get(path) ?? fetch(input, init);
  };
  WebAssembly.instantiateStreaming = async (_source, imports) => {
    const module = await runtime;
    return { module, instance: await WebAssembly.instantiate(module, imports) };
  };
  return () => {
    self.fetch = fetch;
    WebAssembly.instantiateStreaming = instantiateStreaming;
    for (const response of responses.values()) {
      response.then((read) => read.release()).catch(() => {});
    }
  };
}

/**
 * @param {string} base
 * @param {Downloads} downloads
 * @param {Promise<typeof import('pyodide')>} scripts
 * @param {object} [globals]
 */
async function load(base, downloads, scripts, globals) {
  const indexURL = new URL(FOLDER, base).href;
  await downloads.scripts;
  const { loadPyodide } = await scripts;
  /** @type {PyodideAPI} */
  const pyodide = await loadPyodide({
    indexURL,
    lockFileURL: `${indexURL}pyodide-lock.json`,
    checkAPIVersion: true,
    env: { HOME: '/home/pyodide' },
    ...(globals ? { jsglobals: globals } : {}),
  });
  // Nothing that an import makes is garbage: looking for some takes a fifth of its time.
  pyodide.runPython('import gc; gc.disable()');
  // The kernel may be missing; if another is, the boot has failed already.
  const arrived = await Promise.allSettled(downloads.wheels.values());
  const files = arrived.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  installWheels(pyodide, files);
  return pyodide;
}

/**
 * Both scripts, before anything else is asked for: Pyodide would import the second one, which takes
 * long to parse, only once the first has run.
 *
 * @param {string} base
 * @returns {Promise<typeof import('pyodide')>}
 */
async function importScripts(base) {
  const imports = SCRIPTS.map(async (name) => {
    try {
      return await import(/* @vite-ignore */ base + FOLDER + name);
    } catch (error) {
      throw await importError(base, FOLDER + name, error);
    }
  });
  const [script] = await Promise.all(imports);
  return script;
}

class MissingWebAssembly extends Error {}

/**
 * After the last import: garbage is collected again, and never looked for among what was imported.
 *
 * @param {PyodideAPI} pyodide
 */
export function endBoot(pyodide) {
  pyodide.runPython('gc.freeze(); gc.enable(); del gc');
}

/**
 * @param {unknown} error
 * @returns {import('../shared/protocol.js').Fault}
 */
export function bootFault(error) {
  if (error instanceof DownloadError) {
    return fault('BootError', error.code, { file: error.file }, error.message);
  }
  if (error instanceof MissingWebAssembly) {
    return fault('BootError', 'webassembly', {}, 'There is no WebAssembly in this browser.');
  }
  const message = error instanceof Error ? error.message : JSON.stringify(error);
  const reason = message.trim().split('\n').at(-1) ?? message;
  return fault('BootError', 'start', { reason }, reason, message);
}
