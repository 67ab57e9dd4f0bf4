// Runs a piece of Python with the site's own packages. The test puts this file beside them.
import { sitePython } from './site_python.js';

/** @param {MessageEvent<string>} event a program whose last line is a text */
self.onmessage = async ({ data: program }) => {
  try {
    const pyodide = await sitePython();
    self.postMessage({ text: pyodide.runPython(program) });
  } catch (error) {
    self.postMessage({ error: String(error) });
  }
};
