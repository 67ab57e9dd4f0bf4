// Runs the kernel's cases in a worker of its own. The test puts this file beside the site's own.
import { sitePython } from './site_python.js';

// Pyodide's constants: nothing ever writes there, and a stray stack pointer would point there.
const CONSTANTS = 2 << 20;

/** @param {MessageEvent<{files: string[], calls: [string, number, number][]}>} event */
self.onmessage = async ({ data: { files, calls } }) => {
  try {
    const pyodide = await sitePython();
    for (const name of files) {
      pyodide.FS.writeFile(name, await (await fetch(name)).text());
    }
    const { run } = pyodide.pyimport('kernel_watched');
    const memory = () => pyodide._module.HEAPU8.slice(0, CONSTANTS);
    const before = memory();
    const results = calls.map((call) => run(...call).toJs());
    const after = memory();
    self.postMessage({
      results,
      harmed: before.findIndex((byte, at) => byte !== after[at]),
      variant: pyodide.runPython('import pynn_kernel; pynn_kernel.variant'),
      used: pyodide.runPython('from pynn.matmul import _kernel; len(_kernel) > 0'),
    });
  } catch (error) {
    self.postMessage({ error: String(error) });
  }
};
