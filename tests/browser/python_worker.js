// Runs a piece of Python with the site's own packages. The test puts this file beside them.
import { loadPyodide } from './pyodide/pyodide.mjs';

/** @param {MessageEvent<string>} event a program whose last line is a text */
self.onmessage = async ({ data: program }) => {
  try {
    const indexURL = new URL('pyodide/', self.location.href).href;
    const pyodide = await loadPyodide({ indexURL });
    await pyodide.loadPackage(['numpy', 'pynn-playground', 'pynn-kernel'], {
      messageCallback() {},
    });
    self.postMessage({ text: pyodide.runPython(program) });
  } catch (error) {
    self.postMessage({ error: String(error) });
  }
};
