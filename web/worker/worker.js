/** The thread that owns Python. It answers the page's calls; `protocol.js` says which. */
import * as Comlink from 'comlink';
import { fault } from '../shared/protocol.js';
import { bootFault, bootPython, endBoot } from './boot.js';
import { createBridge } from './bridge.js';
import { createDataStore } from './data.js';
import { readManifest } from './downloads.js';
import { holdLifeline, onFatal } from './lifeline.js';
import { DownloadError } from './verified-fetch.js';

/**
 * @typedef {import('../shared/protocol.js').EngineWorker} EngineWorker
 * @typedef {import('../shared/protocol.js').Reply} Reply
 */

/** Where Python looks for the images, and where the site publishes them. */
const DATA_FOLDER = '/mnist';
const PUBLISHED = 'mnist/';
const pathOf = (/** @type {string} */ name) => `${DATA_FOLDER}/${name}`;

/** @type {import('./bridge.js').Bridge} */
let bridge;
/** @type {ReturnType<typeof createDataStore>} */
let store;
/** @type {Parameters<EngineWorker['onData']>[0]} */
let tellData = () => {};
let ended = false;

const lifeline = holdLifeline();

/** @type {EngineWorker} */
const engine = {
  lifeline: () => lifeline,

  async boot(base, onProgress) {
    try {
      const manifest = readManifest(base);
      const { pyodide } = await bootPython(base, manifest, onProgress);
      onFatal(pyodide, () => {
        ended = true;
        self.close();
      });
      bridge = createBridge(pyodide, DATA_FOLDER);
      store = createDataStore({
        base,
        manifest: await manifest,
        folder: PUBLISHED,
        write(name, bytes) {
          const path = pathOf(name);
          pyodide.FS.mkdirTree(path.slice(0, path.lastIndexOf('/')));
          pyodide.FS.writeFile(path, bytes, { canOwn: true });
        },
        isThere: (name) => pyodide.FS.analyzePath(pathOf(name)).exists,
      });
      const { head } = bridge.tables();
      endBoot(pyodide);
      if (head.error) return { fault: bootFault(head.error) };
      return {
        tables: /** @type {import('../shared/protocol.js').Tables} */ (head),
        versions: versionsOf(pyodide),
      };
    } catch (error) {
      return { fault: bootFault(error) };
    }
  },

  async call(experiment, method, args) {
    const settings = settingsOf(method, args);
    const opens = settings !== null;
    const refusal = opens ? await prepare(experiment, settings) : null;
    const reply = refusal ?? bridge.call(experiment, method, args);
    // The page hears of the end first, and not of an error in a training that goes on.
    if (ended) return new Promise(() => {});
    if (opens) store.tidy();
    const buffers = Object.values(reply.arrays)
      .slice(0, 1)
      .map(({ data }) => data.buffer);
    if (reply.blob) buffers.push(reply.blob.buffer);
    return Comlink.transfer(reply, buffers);
  },

  onData(listener) {
    tellData = listener;
  },
};

/**
 * @param {string} method
 * @param {any} args
 * @returns {object | null} with which an experiment is opened, if it is
 */
function settingsOf(method, args) {
  if (method === 'resume') return args.settings ?? null;
  return method === 'open' || method === 'edit' ? args : null;
}

/**
 * Fetches what the experiment says it will read.
 *
 * @param {string} experiment
 * @param {object} settings
 * @returns {Promise<Reply | null>} a reply that says why not
 */
async function prepare(experiment, settings) {
  const needs = bridge.call(experiment, 'needs', settings);
  if (needs.head.error) return needs;
  const { files } = needs.head;
  if (files.length === 0) return null;
  try {
    await store.bring(files, (loaded, total) => tellData({ experiment, loaded, total }));
    return null;
  } catch (error) {
    return { head: { error: dataFault(error) }, arrays: {} };
  }
}

/** @param {unknown} error */
function dataFault(error) {
  const code = error instanceof DownloadError ? error.code : 'fetch';
  const file = error instanceof DownloadError ? error.file : '';
  return fault('DataError', code, { file }, String(error));
}

/** @param {import('pyodide').PyodideAPI} pyodide */
function versionsOf(pyodide) {
  const read = (/** @type {string} */ module, /** @type {string} */ name) => {
    const proxy = pyodide.pyimport(module);
    try {
      return String(proxy[name]);
    } finally {
      proxy.destroy();
    }
  };
  return {
    pyodide: pyodide.version,
    // "3.14.0 (main, …) [Clang …]"
    python: read('sys', 'version').split(' ')[0],
    numpy: read('numpy', '__version__'),
    pynn: read('pynn', '__version__'),
  };
}

Comlink.expose(engine);
