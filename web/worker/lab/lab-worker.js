/** A thread with a Python for programs of the person's. `lab-protocol.js` says what it answers. */
import * as Comlink from 'comlink';
import { BEGUN, OVER } from '../../shared/lab-protocol.js';
import { fault } from '../../shared/protocol.js';
import { bootFault, bootPython, endBoot } from '../boot.js';
import { asMap, readFrame } from '../bridge.js';
import { readManifest } from '../downloads.js';
import { holdLifeline, onFatal } from '../lifeline.js';
import { publishedFiles } from './published.js';
import { closeEval, closeWaysOut, limitMemory } from './walls.js';

/**
 * @typedef {import('../../shared/lab-protocol.js').LabWorker} LabWorker
 * @typedef {import('../../shared/lab-protocol.js').Answer} Answer
 * @typedef {import('pyodide').PyodideAPI} PyodideAPI
 */

/** Where programs run. */
const FOLDER = '/home/pyodide/lab';
/** Python's words for JavaScript, which would lead nowhere. */
const FOREIGN = ['js', 'pyodide_js'];

const lifeline = holdLifeline();
const endWorker = self.close.bind(self);
let ended = false;
/** @type {PyodideAPI} */
let pyodide;
/** @type {any} */
let lab;

closeEval();
limitMemory();

/** @type {LabWorker} */
const worker = {
  lifeline: () => lifeline,

  async boot(base, runtime, onProgress) {
    try {
      const manifest = readManifest(base);
      const given = { runtime, globals: {} };
      const started = await bootPython(base, manifest, onProgress, given);
      pyodide = started.pyodide;
      onFatal(pyodide, () => {
        ended = true;
        endWorker();
      });
      // WebKit ends a thread only where it looks into JavaScript now and then.
      pyodide.setInterruptBuffer(/** @type {any} */ (neverInterrupted));
      lab = openLab(publishedFiles(base, await manifest));
      endBoot(pyodide);
      for (const name of FOREIGN) pyodide.unregisterJsModule(name);
      closeWaysOut();
      return { runtime: started.runtime };
    } catch (error) {
      return { fault: bootFault(error) };
    }
  },

  async run({ text, file, part, files, settings, changes, check }, shown) {
    shown.postMessage(BEGUN);
    const given = pyodide.toPy(asMap({ part, files, settings, changes, check }));
    const post = (/** @type {any} */ frame) => {
      const { head, arrays, blob } = readFrame(frame);
      const [first] = Object.values(arrays);
      shown.postMessage({ entries: head.entries, arrays, blob }, first ? [first.data.buffer] : []);
    };
    try {
      const reply = await answered(() => lab.run(text, file, post, given));
      if ('head' in reply && !reply.head.damage && !runs()) reply.head.damage = 'probe';
      return reply;
    } finally {
      given.destroy();
      shown.postMessage(OVER);
    }
  },

  call: (action, args) => {
    const given = pyodide.toPy(asMap(args));
    return answered(() => lab.call(action, given)).finally(() => given.destroy());
  },
};

const neverInterrupted = {
  get 0() {
    return 0;
  },
  set 0(_) {},
};

/** Whether a program still runs and prints here, whatever Python says of itself. */
function runs() {
  let told = '';
  try {
    lab.probe((/** @type {any} */ frame) => {
      for (const { text = '' } of readFrame(frame).head.entries) told += text;
    });
  } catch {
    return false;
  }
  return told === 'probe 42\n';
}

/** @param {ReturnType<typeof publishedFiles>} fetchImages */
function openLab(fetchImages) {
  const module = pyodide.pyimport('pynn.lab');
  try {
    return module.Lab(FOLDER, fetchImages);
  } finally {
    module.destroy();
  }
}

/**
 * One answer for every question, also where Python fails; none any more once it has ended.
 *
 * @param {() => any} ask gives the proxy of a frame
 * @returns {Promise<Answer>}
 */
async function answered(ask) {
  /** @type {any} */
  let frame;
  /** @type {Answer} */
  let reply;
  try {
    frame = ask();
    reply = readFrame(frame);
  } catch (error) {
    const details = String(error);
    reply = { fault: fault('PythonError', 'bug', {}, details.trim().split('\n').at(-1) ?? '') };
  } finally {
    frame?.destroy();
  }
  return ended ? new Promise(() => {}) : reply;
}

self.addEventListener('message', ({ data }) => Comlink.expose(worker, data), { once: true });
