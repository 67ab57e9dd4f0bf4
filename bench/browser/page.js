// One peer in a worker of its own, as a page would keep it. The harness calls `bench.…` here.
import { wrap } from '/node_modules/comlink/dist/esm/comlink.mjs';

const worker = new Worker('worker.js', { type: 'module' });
const peer = wrap(worker);

/** What the worker says, or an error when it says nothing for so long. */
function call(method, args, seconds) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer for ${seconds} s`)), seconds * 1000);
    worker.onerror = (event) => reject(new Error(event.message ?? 'the worker did not start'));
    peer[method](...args)
      .then(resolve, reject)
      .finally(() => clearTimeout(timer));
  });
}

globalThis.bench = { call };
