/** The page's first file. The worker comes first, because Python takes seconds to start. */
import './session/start.js';
import { startApp } from './app.js';
import { engine } from './session/start.js';

startApp(/** @type {HTMLElement} */ (document.getElementById('root')), engine);

// Only after the boot, and after what the person does first: the copies for later must wait.
engine.ready.then(() => setTimeout(keepForLater, 1000));

function keepForLater() {
  if (!import.meta.env.PROD || !window.isSecureContext) return;
  // Without it the page works as before, only not without a network.
  navigator.serviceWorker?.register(new URL('service-worker.js', document.baseURI)).catch(() => {});
}
