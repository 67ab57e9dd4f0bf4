/** The run as a Python script: the network whose losses are shown. */
import { button } from '../../controls/buttons.js';
import { icons } from '../../controls/icons.js';
import { createScriptDialog } from '../../controls/script-dialog.js';
import { t } from '../../i18n.js';

/**
 * @param {object} options
 * @param {ReturnType<typeof import('./session.js').createSession>} options.session
 * @param {() => number} options.step  after which they were measured
 * @param {() => void} options.onNotebook
 * @param {(error: unknown) => void} options.onError
 */
export function createScript({ session, step, onNotebook, onError }) {
  const notebook = () =>
    button({
      label: t('playground:home.notebook'),
      icon: icons.save,
      testid: 'notebook',
      onClick: onNotebook,
    });
  const dialog = createScriptDialog('playground.py', 'script.exact', notebook);
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
