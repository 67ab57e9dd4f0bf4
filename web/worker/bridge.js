/**
 * The border between Python and JavaScript: plain data in, plain data out, nothing left behind.
 * Whatever Python hands over is destroyed or released in a `finally`, also when it fails.
 */
import { fault } from '../shared/protocol.js';

/**
 * @typedef {import('../shared/protocol.js').Reply} Reply
 * @typedef {import('pyodide').PyodideAPI} PyodideAPI
 * @typedef {import('pyodide/ffi').PyProxy} PyProxy
 */

/** @typedef {ReturnType<typeof createBridge>} Bridge */

/**
 * @param {PyodideAPI} pyodide after `pynn` has been loaded
 * @param {string} dataFolder  a folder of Pyodide's file system
 */
export function createBridge(pyodide, dataFolder) {
  pyodide.FS.mkdirTree(dataFolder);
  const live = pyodide.pyimport('pynn.live');
  const desk = live.Desk.callKwargs({ data_folder: dataFolder, keep_files: false });
  live.destroy();
  // An attribute makes a new proxy at every look: one is kept for each method.
  const { call, tables } = desk;

  return {
    /** @returns {Reply} */
    tables: () => answer(() => tables()),
    /**
     * One reply for every request, also for one that fails.
     *
     * @param {string} experiment
     * @param {string} method
     * @param {object} args
     * @returns {Reply}
     */
    call(experiment, method, args) {
      return answer(() => {
        const given = pyodide.toPy(asMap(args));
        try {
          return call(experiment, method, given);
        } finally {
          given.destroy();
        }
      });
    },
  };
}

/**
 * Pyodide takes an object for a plain one by its `constructor`, which may be a name among many here.
 *
 * @param {unknown} args
 * @returns {unknown}
 */
export function asMap(args) {
  if (!(args instanceof Object) || Array.isArray(args) || ArrayBuffer.isView(args)) return args;
  return new Map(Object.entries(args).map(([name, value]) => [name, asMap(value)]));
}

/**
 * @param {() => any} ask gives the proxy of a frame
 * @returns {Reply}
 */
function answer(ask) {
  /** @type {any} */
  let frame;
  try {
    frame = ask();
    return readFrame(frame);
  } catch (error) {
    return { head: { error: pythonFault(error) }, arrays: {} };
  } finally {
    frame?.destroy();
  }
}

/**
 * @param {any} frame  a proxy, which the caller destroys
 * @returns {Reply}
 */
export function readFrame(frame) {
  const { arrays: layout, ...head } = take(frame.head, (proxy) =>
    proxy.toJs({ dict_converter: Object.fromEntries, create_pyproxies: false }),
  );
  const numbers = take(frame.numbers, copyNumbers);
  const blob = frame.blob && take(frame.blob, copyBytes);
  /** @type {Reply['arrays']} */
  const arrays = {};
  for (const [name, offset, shape] of layout ?? []) {
    const size = shape.reduce((/** @type {number} */ a, /** @type {number} */ b) => a * b, 1);
    arrays[name] = { data: numbers.subarray(offset, offset + size), shape };
  }
  return { head, arrays, ...(blob ? { blob } : {}) };
}

/**
 * Uses a proxy once.
 *
 * @template T
 * @param {any} proxy
 * @param {(proxy: any) => T} use
 * @returns {T}
 */
function take(proxy, use) {
  try {
    return use(proxy);
  } finally {
    proxy.destroy();
  }
}

/**
 * A copy, because a view of Python's memory is lost when that memory grows.
 *
 * @param {any} proxy
 * @returns {Float32Array}
 */
function copyNumbers(proxy) {
  const view = proxy.getBuffer('f32');
  try {
    return view.data.slice();
  } finally {
    view.release();
  }
}

/**
 * @param {any} proxy
 * @returns {Uint8Array}
 */
function copyBytes(proxy) {
  const view = proxy.getBuffer('u8');
  try {
    return view.data.slice();
  } finally {
    view.release();
  }
}

/** @param {unknown} error something that should not have happened */
function pythonFault(error) {
  const details = error instanceof Error ? error.message : String(error);
  const message = details.trim().split('\n').at(-1) ?? details;
  return fault('PythonError', 'bug', {}, message, details);
}
