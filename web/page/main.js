/**
 * The page's first file. The worker comes first, because Python takes seconds to start; views and
 * drawings are loaded meanwhile.
 */
import { createEngine } from './engine.js';

const base = new URL('.', document.baseURI).href;
const engine = createEngine(base);
engine.start();

const { startApp } = await import('./app.js');
startApp(/** @type {HTMLElement} */ (document.getElementById('root')), engine);

// Only after the boot, and after what the person does first: the copies for later must wait.
engine.ready.then(() => setTimeout(keepForLater, 1000));

function keepForLater() {
  if (!import.meta.env.PROD || !window.isSecureContext) return;
  // Without it the page works as before, only not without a network.
  navigator.serviceWorker?.register(new URL('service-worker.js', document.baseURI)).catch(() => {});
}
