// The lab's tab: until it is opened for the first time it is an empty place, and nothing of the
// editor and of the second Python has been asked for.

import { html, render } from 'lit';
import { fault } from '../../../shared/protocol.js';
import { make } from '../../element.js';
import { onLanguageChange, t } from '../../i18n.js';

/**
 * @param {import('../../app.js').ViewOptions} options
 * @returns {import('../../app.js').View}
 */
export function createLabView({ showError, clearError, onQueryChange }) {
  const element = make('div', 'lab-place');
  /** @type {import('./room.js').Room | null} */
  let room = null;
  /** @type {Promise<import('./room.js').Room> | null} */
  let loading = null;
  let wished = new URLSearchParams();
  let seen = false;

  function drawWaiting() {
    if (!room) render(html`<p class="lab-waiting" role="status">${t('lab.loading')}</p>`, element);
  }

  async function load() {
    const { createRoom } = await import('./room.js');
    const made = await createRoom({ showError, clearError, onQueryChange });
    element.replaceChildren(made.element);
    room = made;
    return made;
  }

  onLanguageChange(drawWaiting);
  drawWaiting();

  return {
    element,
    async open(params) {
      seen = true;
      wished = params;
      loading ??= load();
      try {
        const made = await loading;
        if (seen) await made.open(wished);
      } catch (error) {
        if (room) throw error;
        loading = null;
        throw fault('LabError', 'loading', {}, String(error));
      }
    },
    close() {
      seen = false;
      room?.close();
    },
    // Its Python is another one, and its programs are kept.
    forget() {},
    holds: () => 'nothing',
    query: () => room?.query() ?? wished,
    takeFile: (file) =>
      void loading?.then(
        (made) => made.takeFile(file),
        () => {},
      ),
  };
}
