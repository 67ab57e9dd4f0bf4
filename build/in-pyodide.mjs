// Boots a self-hosted Pyodide folder under Node and calls one function of a Python file in it:
//   node build/in-pyodide.mjs PYODIDE_FOLDER FILE.py FUNCTION [--mount FOLDER] [ARGUMENT…]
// A mounted folder is /mounted for Python.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { mount: { type: 'string' } },
});

async function main() {
  const [folder, file, name, ...args] = positionals;
  const { loadPyodide } = await import(pathToFileURL(path.resolve(folder, 'pyodide.mjs')).href);
  const pyodide = await loadPyodide({ indexURL: path.resolve(folder) + path.sep });
  await pyodide.loadPackage(['numpy', 'pynn-playground', 'pynn-kernel'], {
    messageCallback: () => {},
  });
  if (values.mount) {
    pyodide.FS.mkdirTree('/mounted');
    pyodide.mountNodeFS('/mounted', path.resolve(values.mount));
  }
  const scope = pyodide.globals.get('dict')();
  pyodide.runPython(await readFile(file, 'utf8'), {
    globals: scope,
    filename: path.basename(file),
  });
  scope.get(name)(...args);
}

// Node would print the line that threw, and Pyodide's JavaScript is one line of a million letters.
try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
