/** The run as a Python script: the network whose losses are shown. */
import { createScriptDialog } from '../../controls/script-dialog.js';

/**
 * @param {object} options
 * @param {ReturnType<typeof import('./session.js').createSession>} options.session
 * @param {() => number} options.step  after which they were measured
 * @param {(error: unknown) => void} options.onError
 */
export function createScript({ session, step, onError }) {
  const dialog = createScriptDialog('playground.py', 'script.exact');
  return {
    element: dialog.element,
    draw: dialog.draw,
    async show() {
      try {
        dialog.show((await session.script({ step: step() })).head.script);
      } catch (error) {
        onError(error);
      }
    },
  };
}
