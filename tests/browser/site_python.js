// Python with the site's own packages, as the page has it, for the workers of the tests. The test puts
// this file and web/worker/wheels.js beside them.
import { loadPyodide } from './pyodide/pyodide.mjs';
import { installWheels, unpackWheel } from './wheels.js';

export async function sitePython() {
  const indexURL = new URL('pyodide/', self.location.href).href;
  const pyodide = await loadPyodide({ indexURL });
  const lock = await (await fetch(`${indexURL}pyodide-lock.json`)).json();
  const wheels = Object.values(lock.packages).map(async ({ file_name: name }) => {
    const packed = await (await fetch(`${indexURL}${name}.gzip`)).arrayBuffer();
    return unpackWheel(new Uint8Array(packed));
  });
  installWheels(pyodide, await Promise.all(wheels));
  return pyodide;
}
