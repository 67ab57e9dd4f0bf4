/**
 * A program on its way into the lab, from another tab of the page. The lab itself may not be loaded
 * yet: it looks here when it opens.
 */

/** @type {{name: string, text: string} | null} */
let waiting = null;

/** @param {string} name of a file @param {string} text */
export function openInLab(name, text) {
  waiting = { name, text };
  location.hash = '#/lab';
}

/** What is waiting, once. */
export function takeProgram() {
  const program = waiting;
  waiting = null;
  return program;
}
