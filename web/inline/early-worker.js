// Starts the worker's thread before the page's scripts run: later it would have to wait for them.
// Only where the service worker answers: on a slow line the scripts come first. `session/engine.js`
// takes the worker over and tells it what to do; until then it asks for nothing. The build replaces
// the name.
try {
  if (navigator.serviceWorker.controller) {
    const page = /** @type {{earlyWorker?: Worker | null}} */ (globalThis);
    const worker = new Worker('/* the worker */', { type: 'module' });
    page.earlyWorker = worker;
    worker.onerror = (event) => {
      event.preventDefault();
      page.earlyWorker = null;
    };
  }
} catch {
  // The engine starts one, or says why none starts.
}
