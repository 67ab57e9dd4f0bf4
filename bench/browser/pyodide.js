// Python in the browser: dist/'s own Pyodide, as built, and a peer out of ../peers/.
import { installWheels, unpackWheel } from '../../web/worker/wheels.js';

const FOLDER = `${location.origin}/dist/pyodide/`;

/** @param {{peer: string, kernel: boolean}} options a module of ../peers/; without pynn's kernel? */
export async function open({ peer, kernel }) {
  const { loadPyodide } = await import(`${FOLDER}pyodide.mjs`);
  const pyodide = await loadPyodide({ indexURL: FOLDER });
  const lock = await (await fetch(`${FOLDER}pyodide-lock.json`)).json();
  const wheels = Object.values(lock.packages).map(async ({ file_name: name }) => {
    const packed = await (await fetch(`${FOLDER}${name}.gzip`)).arrayBuffer();
    return unpackWheel(new Uint8Array(packed));
  });
  installWheels(pyodide, await Promise.all(wheels));
  pyodide.FS.mkdirTree('/bench');
  for (const module of [
    'host',
    'pynn_peer',
    'pynn_fit_peer',
    'numpy_peer',
    'products',
    'drawing',
  ]) {
    const source = await (await fetch(`/bench/peers/${module}.py`)).text();
    pyodide.FS.writeFile(`/bench/${module}.py`, source);
  }
  // None in sys.modules: importing the kernel fails, as where it is not shipped.
  pyodide.runPython(`
    import sys
    sys.path.insert(0, "/bench")
    if not ${kernel ? 'True' : 'False'}:
        sys.modules["pynn_kernel"] = None`);
  const host = pyodide.pyimport('host');
  return {
    about: host.about(peer),
    prepare(task, { x, y, xTest, yTest }) {
      host.prepare(peer, JSON.stringify(task), ...[x, y, xTest, yTest].map(view(pyodide)));
    },
    epoch: () => host.epoch(),
    accuracy: () => host.accuracy(),
    /** A function of a module of ../peers/; strings and numbers in, JSON out. */
    call: (module, name, ...args) => JSON.parse(pyodide.pyimport(module)[name](...args)),
    memory: () => pyodide._module.HEAPU8.length,
  };
}

/** The numbers of a typed array as a Python memoryview. */
const view = (pyodide) => (array) => pyodide.toPy(array);
