/** The one lab of the page: its views share a Python and the spare one. */
import { createLab } from './lab.js';

export const lab = createLab(new URL('.', document.baseURI).href);
