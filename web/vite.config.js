import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { firstPicture } from '../build/first-picture.mjs';

/** What only the lab needs, which the service worker stores apart: see `web/service-worker.js`. */
const LAB =
  /\/web\/(page\/(views\/lab|console|views\/lessons)|worker\/lab)\/|codemirror|temml|marked|\.py\?raw/;

/** @param {{name: string, moduleIds?: string[], facadeModuleId?: string | null}} chunk */
function placeOf({ name, moduleIds = [], facadeModuleId }) {
  const own = facadeModuleId ? [facadeModuleId] : moduleIds;
  return `${own.some((id) => LAB.test(id)) ? 'lab' : 'assets'}/${name}-[hash].js`;
}

/** @param {{originalFileNames: string[], names: string[]}} asset */
function placeOfAsset({ originalFileNames, names }) {
  const own = [...originalFileNames, ...names].some((name) => /lab|console|lesson/.test(name));
  return `${own ? 'lab' : 'assets'}/[name]-[hash][extname]`;
}

// A relative base: the finished page works under any sub-path.
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  plugins: [firstPicture()],
  worker: { format: 'es', rolldownOptions: { output: { entryFileNames: placeOf } } },
  build: {
    outDir: fileURLToPath(new URL('../dist', import.meta.url)),
    emptyOutDir: true,
    // The first versions that know light-dark(); every one of them runs Pyodide too.
    target: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
    // That a build takes long on a busy machine is no fault of the page.
    rolldownOptions: {
      checks: { bundlerTimings: false },
      output: { chunkFileNames: placeOf, assetFileNames: placeOfAsset },
    },
    // The polyfill is for browsers older than the target.
    modulePreload: { polyfill: false },
    // A data: address would be a foreign source under the page's policy for fonts and styles.
    assetsInlineLimit: 0,
  },
});
