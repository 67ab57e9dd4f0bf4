/** The run as a Python script: what the network was at the end of the epoch that is shown. */
import { createScriptDialog } from '../../controls/script-dialog.js';

/**
 * @param {object} options
 * @param {ReturnType<typeof import('./session.js').createSession>} options.session
 * @param {() => number} options.epoch
 * @param {(error: unknown) => void} options.onError
 */
export function createScript({ session, epoch, onError }) {
  const dialog = createScriptDialog('playground.py', 'script.exact');
  return {
    element: dialog.element,
    draw: dialog.draw,
    async show() {
      try {
        dialog.show((await session.script({ epoch: epoch() })).head.script);
      } catch (error) {
        onError(error);
      }
    },
  };
}
