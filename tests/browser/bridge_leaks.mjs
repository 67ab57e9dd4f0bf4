// Calls Python through the worker's bridge, in Node, and prints how many Python objects there are
// before and after many calls. Run by test_bridge.py: node bridge_leaks.mjs DIST CALLS
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createBridge } from '../../web/worker/bridge.js';
import { installWheels, unpackWheel } from '../../web/worker/wheels.js';

const [dist, calls] = process.argv.slice(2);
const indexURL = path.join(path.resolve(dist), 'pyodide') + path.sep;
const { loadPyodide } = await import(pathToFileURL(`${indexURL}pyodide.mjs`).href);
const pyodide = await loadPyodide({ indexURL });
const wheels = (await readdir(indexURL)).filter((name) => /^(numpy|pynn_playground)-/.test(name));
const packed = await Promise.all(wheels.map((name) => readFile(indexURL + name)));
installWheels(pyodide, await Promise.all(packed.map((one) => unpackWheel(new Uint8Array(one)))));
const bridge = createBridge(pyodide, '/mnist');

/** @param {number} times */
function work(times) {
  for (let i = 0; i < times; i++) {
    bridge.call('planar', 'advance', { milliseconds: 0, epochs: 1 });
    bridge.call('planar', 'advance', { milliseconds: 'many' });
    bridge.call('planar', 'open', { dataset: 'moons', learning_rate: '99' });
    bridge.call('digits', 'recognise', { side: 2, ink: new Uint8Array(4) });
  }
}

// A run keeps states of its past on purpose; its start has one.
const countObjects = () => {
  bridge.call('planar', 'reset', {});
  return pyodide.runPython('import gc; gc.collect(); len(gc.get_objects())');
};

const replies = {
  opened: bridge.call('planar', 'open', { dataset: 'moons', seed: '3' }),
  refused: bridge.call('planar', 'open', { dataset: 'mooons' }),
  unknown: bridge.call('planar', 'open', { constructor: 2 }),
  broken: bridge.call('planar', 'advance', /** @type {any} */ (5)),
};
work(20);
const before = countObjects();
work(Number(calls));
const after = countObjects();
const { opened, refused, unknown, broken } = replies;
console.log(
  JSON.stringify({
    before,
    after,
    points: opened.arrays.train_x.shape,
    map: opened.arrays.map.data.length,
    refused: refused.head.error,
    unknown: unknown.head.error,
    broken: broken.head.error,
  }),
);
