/** All files of Python: asked for at once, counted, checked, and kept for `boot.js` to hand over. */
import { BOOT_STEPS } from '../shared/protocol.js';
import { release, verifiedBytes, verifiedModule } from './verified-fetch.js';

/**
 * @typedef {import('../shared/protocol.js').Manifest} Manifest
 * @typedef {import('../shared/protocol.js').BootStep} BootStep
 * @typedef {import('../shared/protocol.js').Progress} Progress
 *
 * @typedef {object} Downloads
 * @property {Map<string, Promise<ReadResponse>>} responses  by path
 * @property {Promise<WebAssembly.Module>} runtime  Python's own WebAssembly, compiled
 */

export const FOLDER = 'pyodide/';
const RUNTIME = `${FOLDER}pyodide.asm.wasm`;
/** Milliseconds. More often than that nobody can read it, and every message takes time. */
const REPORT_EVERY = 100;

/**
 * What is needed last is asked for last: the compiled runtime, scripts, libraries, wheels.
 *
 * @param {string} base
 * @param {Manifest} manifest
 * @param {(progress: Progress) => void} onProgress
 * @param {(path: string, error: unknown) => void} onError  told at once: nobody may be waiting yet
 * @returns {Downloads}
 */
export function startDownloads(base, manifest, onProgress, onError) {
  const paths = Object.keys(manifest.files).filter((path) => path.startsWith(FOLDER));
  const counter = createCounters(paths, manifest, onProgress);

  /**
   * @template T
   * @param {string} path
   * @param {Promise<T>} promise
   */
  function watched(path, promise) {
    promise.catch((error) => onError(path, error));
    return promise;
  }

  /** @param {string} path */
  async function download(path) {
    return new ReadResponse(await verifiedBytes(base, manifest, path, counter(path)));
  }

  const runtime = watched(RUNTIME, verifiedModule(base, manifest, RUNTIME, counter(RUNTIME)));
  const others = paths
    .filter((path) => path !== RUNTIME)
    .sort((one, other) => turn(one) - turn(other));
  const responses = new Map(others.map((path) => [path, watched(path, download(path))]));
  return { responses, runtime };
}

/** What has been read already: handed over as it is, where another Response would copy it twice. */
class ReadResponse extends Response {
  #bytes;

  /** @param {Uint8Array<ArrayBuffer>} bytes */
  constructor(bytes) {
    super();
    this.#bytes = bytes;
  }

  /** Nobody will read it again. */
  release() {
    release(this.#bytes);
  }

  /** @override */
  async arrayBuffer() {
    return this.#bytes.buffer;
  }

  /** @override */
  async text() {
    return new TextDecoder().decode(this.#bytes);
  }

  /** @override */
  async json() {
    return JSON.parse(await this.text());
  }
}

/** @param {string} path */
function turn(path) {
  return ['.mjs', '.zip', '.json', '.whl'].findIndex((ending) => path.endsWith(ending));
}

/**
 * @param {string[]} paths
 * @param {Manifest} manifest
 * @param {(progress: Progress) => void} onProgress
 * @returns {(path: string) => (bytes: number) => void} counts what arrives of one file
 */
function createCounters(paths, manifest, onProgress) {
  const steps = new Map(BOOT_STEPS.map((step) => [step, { step, loaded: 0, total: 0 }]));
  const of = (/** @type {string} */ path) => /** @type {Progress} */ (steps.get(stepOf(path)));
  for (const path of paths) of(path).total += manifest.files[path].bytes;
  for (const progress of steps.values()) onProgress({ ...progress });
  /** @type {Set<Progress>} */
  const changed = new Set();
  function tell() {
    for (const progress of changed) onProgress({ ...progress });
    changed.clear();
  }
  return (path) => {
    const progress = of(path);
    return (bytes) => {
      if (changed.size === 0) setTimeout(tell, REPORT_EVERY);
      progress.loaded += bytes;
      changed.add(progress);
    };
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
