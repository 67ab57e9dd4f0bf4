// The lab's tab. Nothing of the editor and of the second Python is asked for before it is opened.
import { createLazyView } from '../lazy-view.js';

/** @param {import('../../app.js').ViewOptions} options */
export const createLabView = (options) =>
  createLazyView(options, async () => (await import('./room.js')).createRoom);
