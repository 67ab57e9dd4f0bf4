import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { firstPicture } from '../build/first-picture.mjs';

// A relative base: the finished page works under any sub-path.
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  plugins: [firstPicture()],
  worker: { format: 'es' },
  build: {
    outDir: fileURLToPath(new URL('../dist', import.meta.url)),
    emptyOutDir: true,
    // The first versions that know light-dark(); every one of them runs Pyodide too.
    target: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
    // That a build takes long on a busy machine is no fault of the page.
    rolldownOptions: { checks: { bundlerTimings: false } },
    // The polyfill is for browsers older than the target.
    modulePreload: { polyfill: false },
    // A data: address would be a foreign source under the page's policy for fonts and styles.
    assetsInlineLimit: 0,
  },
});
