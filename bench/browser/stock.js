// Pyodide's npm package and its NumPy wheel as they are published, without anything of ours.
import { loadPyodide } from '/node_modules/pyodide/pyodide.mjs';

self.onmessage = async ({ data: wheel }) => {
  const pyodide = await loadPyodide({ indexURL: `${location.origin}/node_modules/pyodide/` });
  await pyodide.loadPackage(`${location.origin}/${wheel}`, { messageCallback: () => {} });
  pyodide.runPython('import numpy');
  self.postMessage('ready');
};
