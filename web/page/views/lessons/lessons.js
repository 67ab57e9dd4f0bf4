// The lessons' tab, which is loaded when it is opened, as the lab is.
import { createLazyView } from '../lazy-view.js';

/** @param {import('../../app.js').ViewOptions} options */
export const createLessonsView = (options) =>
  createLazyView(options, async () => (await import('./school.js')).createSchool);
