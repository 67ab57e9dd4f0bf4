// The worker's side: `open` a peer by name, `prepare` it for a task, then `epoch` and `accuracy`.
// Every peer is a module here with `open(options)`, which gives an object with those methods:
//   prepare(task, data)  a fresh network and the data in the form that the peer likes best
//   epoch()              trains; afterwards all of it is done, nothing is queued
//   accuracy()           share of right answers on the test examples
import { expose } from '/node_modules/comlink/dist/esm/comlink.mjs';
import { load } from './data.js';

let peer;

expose({
  /** @returns {Promise<string>} versions and settings that belong into the results */
  async open(module, options) {
    const { open } = await import(`./${module}.js`);
    peer = await open(options);
    return peer.about;
  },
  async prepare(task) {
    await peer.prepare(task, await load(task));
  },
  /** @returns {Promise<number>} seconds of `epoch` or `accuracy` */
  async timed(what) {
    const start = performance.now();
    await peer[what]();
    return (performance.now() - start) / 1000;
  },
  accuracy: () => peer.accuracy(),
  /** Whatever else a peer can do: a part of the bench knows its own peer. */
  ask: (method, ...args) => peer[method](...args),
});
