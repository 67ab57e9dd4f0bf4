/**
 * Starts Python. Left to itself, `loadPyodide` hangs for ever when its WebAssembly file is missing
 * and resolves when a wheel is: so every file is fetched here, counted, checked and handed over,
 * and nothing counts as started before `pynn` has been imported.
 */
import { BOOT_STEPS, fault } from '../shared/protocol.js';
import { DownloadError, verifiedBytes, verifiedFetch } from './verified-fetch.js';

/**
 * @typedef {import('../shared/protocol.js').Manifest} Manifest
 * @typedef {import('../shared/protocol.js').BootStep} BootStep
 * @typedef {import('../shared/protocol.js').Progress} Progress
 * @typedef {import('pyodide').PyodideAPI} PyodideAPI
 */

const FOLDER = 'pyodide/';
const PACKAGES = ['numpy', 'pynn'];
/** Makes `pynn` fast. Where it does not load, everything runs on NumPy alone, only slower. */
const KERNEL = { package: 'pynn-kernel', wheel: `${FOLDER}pynn_kernel-` };

/**
 * @param {string} base
 * @param {Manifest} manifest
 * @param {(progress: Progress) => void} onProgress
 * @returns {Promise<PyodideAPI>}
 * @throws {DownloadError} or whatever else went wrong
 */
export function bootPython(base, manifest, onProgress) {
  return new Promise((resolve, reject) => {
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
    const downloads = startDownloads(base, manifest, onProgress, reject);
    const { fetch } = self;
    self.fetch = answerFrom(downloads, base, fetch);
    load(base, downloads)
      .then(resolve, reject)
      .finally(() => {
        self.fetch = fetch;
        over.abort();
      });
  });
}

/**
 * All files of Python at once. What is compiled as it arrives stays a stream; the others are read
 * to their end now, because Pyodide asks for them late.
 *
 * @param {string} base
 * @param {Manifest} manifest
 * @param {(progress: Progress) => void} onProgress
 * @param {(error: unknown) => void} onError
 * @returns {Map<string, Promise<Response>>} by path
 */
function startDownloads(base, manifest, onProgress, onError) {
  const paths = Object.keys(manifest.files).filter((path) => path.startsWith(FOLDER));
  const report = createReport(paths, manifest, onProgress);
  /** @param {string} path */
  async function download(path) {
    const onBytes = (/** @type {number} */ bytes) => report(path, bytes);
    if (path.endsWith('.wasm')) {
      const { response, done } = await verifiedFetch(base, manifest, path, onBytes);
      done.catch(onError);
      return response;
    }
    const { bytes, type } = await verifiedBytes(base, manifest, path, onBytes);
    return new Response(bytes, { headers: { 'Content-Type': type } });
  }
  return new Map(
    paths.map((path) => {
      const response = download(path);
      // Told at once: nobody may be waiting for it yet.
      response.catch(path.startsWith(KERNEL.wheel) ? () => {} : onError);
      return [path, response];
    }),
  );
}

/**
 * @param {string[]} paths
 * @param {Manifest} manifest
 * @param {(progress: Progress) => void} onProgress
 */
function createReport(paths, manifest, onProgress) {
  const steps = new Map(BOOT_STEPS.map((step) => [step, { step, loaded: 0, total: 0 }]));
  const of = (/** @type {string} */ path) => /** @type {Progress} */ (steps.get(stepOf(path)));
  for (const path of paths) of(path).total += manifest.files[path].bytes;
  for (const progress of steps.values()) onProgress({ ...progress });
  return (/** @type {string} */ path, /** @type {number} */ bytes) => {
    const progress = of(path);
    progress.loaded += bytes;
    onProgress({ ...progress });
  };
}

/**
 * @param {string} path
 * @returns {BootStep}
 */
function stepOf(path) {
  if (path.includes('stdlib')) return 'stdlib';
  if (path.startsWith(`${FOLDER}numpy`)) return 'numpy';
  if (path.startsWith(`${FOLDER}pynn`)) return 'pynn';
  return 'runtime';
}

/**
 * @param {Map<string, Promise<Response>>} downloads
 * @param {string} base
 * @param {typeof fetch} otherwise
 * @returns {typeof fetch}
 */
function answerFrom(downloads, base, otherwise) {
  return (input, init) => {
    const address = String(input instanceof Request ? input.url : input);
    const download = downloads.get(address.slice(base.length));
    return download && address.startsWith(base) ? download : otherwise(input, init);
  };
}

/**
 * @param {string} base
 * @param {Map<string, Promise<Response>>} downloads
 */
async function load(base, downloads) {
  const indexURL = new URL(FOLDER, base).href;
  // Both scripts are run by import(), which checks no hash: they are checked by their download.
  const scripts = [...downloads].filter(([path]) => path.endsWith('.mjs'));
  await Promise.all(scripts.map(([, download]) => download));
  const { loadPyodide } = await importScript(`${indexURL}pyodide.mjs`);
  /** @type {PyodideAPI} */
  const pyodide = await loadPyodide({
    indexURL,
    lockFileURL: `${indexURL}pyodide-lock.json`,
    checkAPIVersion: true,
    env: { HOME: '/home/pyodide' },
  });
  const paths = [...downloads.keys()];
  const kernel = paths.some((path) => path.startsWith(KERNEL.wheel)) ? [KERNEL.package] : [];
  const options = { messageCallback: () => {}, checkIntegrity: true };
  await pyodide.loadPackage([...PACKAGES, ...kernel], options);
  for (const name of PACKAGES) {
    if (!(name in pyodide.loadedPackages)) throw new MissingPackage(name);
  }
  return pyodide;
}

/** @param {string} address */
async function importScript(address) {
  try {
    return await import(/* @vite-ignore */ address);
  } catch (error) {
    throw new DownloadError('fetch', address.slice(address.lastIndexOf('/') + 1), String(error));
  }
}

class MissingPackage extends Error {
  /** @param {string} name */
  constructor(name) {
    super(`the package ${name} did not load`);
    this.package = name;
  }
}

/**
 * @param {unknown} error
 * @returns {import('../shared/protocol.js').Fault}
 */
export function bootFault(error) {
  if (error instanceof DownloadError) {
    return fault('BootError', error.code, { file: error.file }, error.message);
  }
  if (error instanceof MissingPackage) {
    return fault('BootError', 'package', { file: error.package }, error.message);
  }
  const message = error instanceof Error ? error.message : JSON.stringify(error);
  const reason = message.trim().split('\n').at(-1) ?? message;
  return fault('BootError', 'start', { reason }, reason, message);
}
