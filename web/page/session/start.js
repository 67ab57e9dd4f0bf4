/**
 * Starts the worker: after the page's scripts have come, with whom Python's files, a hundred times
 * as large, would share a slow line, and before the page has run them.
 */
import { createEngine } from './engine.js';
import { createRecovery } from './recovery.js';

export const engine = createRecovery(createEngine(new URL('.', document.baseURI).href));
engine.start();
