/** All files of Python: asked for at once, counted, checked, and kept for `boot.js` to hand over. */
import { BOOT_STEPS } from '../shared/protocol.js';
import { verifiedModule, verifyScript } from './runtime-files.js';
import { DownloadError, release, verifiedBytes } from './verified-fetch.js';
import { unpackWheel } from './wheels.js';

/**
 * @typedef {import('../shared/protocol.js').Manifest} Manifest
 * @typedef {import('../shared/protocol.js').BootStep} BootStep
 * @typedef {import('../shared/protocol.js').Progress} Progress
 *
 * @typedef {object} Downloads
 * @property {Map<string, Promise<ReadResponse>>} responses  by path
 * @property {Promise<WebAssembly.Module>} runtime  Python's own WebAssembly, compiled
 * @property {Promise<unknown>} scripts  over when they have been checked
 * @property {Map<string, Promise<import('./wheels.js').Files>>} wheels  unpacked, by package
 */

export const FOLDER = 'pyodide/';
const RUNTIME = `${FOLDER}pyodide.asm.wasm`;
const WHEEL = '.whl.gzip';
/** Milliseconds. More often than that nobody can read it, and every message takes time. */
const REPORT_EVERY = 100;

/**
 * @param {string} base
 * @returns {Promise<Manifest>}
 * @throws {DownloadError}
 */
export async function readManifest(base) {
  const file = 'files.json';
  try {
    const response = await fetch(new URL(file, base), { cache: 'no-cache' });
    if (!response.ok) throw new Error(`status ${response.status}`);
    return await response.json();
  } catch (error) {
    throw new DownloadError('fetch', file, String(error));
  }
}

/**
 * What is needed last is asked for last: the compiled runtime, scripts, libraries, wheels.
 *
 * @param {string} base
 * @param {Manifest} manifest
 * @param {(progress: Progress) => void} onProgress
 * @param {(name: string, error: unknown) => void} onError  told at once, with a package's name or a
 *   path: nobody may be waiting yet
 * @param {WebAssembly.Module | null} compiled  the runtime, where another worker has compiled it
 * @returns {Downloads}
 */
export function startDownloads(base, manifest, onProgress, onError, compiled = null) {
  const paths = Object.keys(manifest.files).filter((path) => path.startsWith(FOLDER));
  const counter = createCounters(paths, manifest, onProgress);

  /**
   * @template T
   * @param {string} name
   * @param {Promise<T>} promise
   * @returns {[string, Promise<T>]}
   */
  function watched(name, promise) {
    promise.catch((error) => onError(name, error));
    return [name, promise];
  }

  /** @param {string} path */
  async function handed(path) {
    return new ReadResponse(await verifiedBytes(base, manifest, path, counter(path)));
  }

  /** @param {string} path */
  async function unpacked(path) {
    const packed = await verifiedBytes(base, manifest, path, counter(path));
    const files = await unpackWheel(packed);
    release(packed);
    return files;
  }

  const of = (/** @type {string} */ ending) => paths.filter((path) => path.endsWith(ending));
  const module = compiled ?? verifiedModule(base, manifest, RUNTIME, counter(RUNTIME));
  const [, runtime] = watched(RUNTIME, Promise.resolve(module));
  const scripts = of('.mjs').map((path) =>
    watched(path, verifyScript(base, manifest, path, counter(path))),
  );
  const read = [...of('.zip'), ...of('.json')];
  const responses = new Map(read.map((path) => watched(path, handed(path))));
  const packages = of(WHEEL);
  const wheels = new Map(packages.map((path) => watched(packageOf(path), unpacked(path))));
  return { responses, runtime, scripts: Promise.all(scripts.map(([, over]) => over)), wheels };
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
function packageOf(path) {
  return path.slice(FOLDER.length, path.indexOf('-'));
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
