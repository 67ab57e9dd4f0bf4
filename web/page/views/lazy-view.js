// A view whose room is loaded when it is first opened: until then it is an empty place.

import { html, render } from 'lit';
import { fault } from '../../shared/protocol.js';
import { make } from '../element.js';
import { onLanguageChange, t } from '../i18n.js';

/**
 * @typedef {object} Room
 * @property {HTMLElement} element
 * @property {(params: URLSearchParams) => Promise<void>} open
 * @property {() => void} close
 * @property {() => URLSearchParams} query
 * @property {(file: File) => unknown} takeFile
 *
 * @typedef {Pick<import('../app.js').ViewOptions, 'showError' | 'clearError' | 'onQueryChange'>} RoomOptions
 */

/**
 * @param {RoomOptions} options
 * @param {() => Promise<(options: RoomOptions) => Promise<Room>>} load
 * @returns {import('../app.js').View}
 */
export function createLazyView({ showError, clearError, onQueryChange }, load) {
  const element = make('div', 'lazy-place');
  /** @type {Room | null} */
  let room = null;
  /** @type {Promise<Room> | null} */
  let loading = null;
  let wished = new URLSearchParams();
  let seen = false;

  function drawWaiting() {
    if (!room) render(html`<p class="lazy-waiting" role="status">${t('lab.loading')}</p>`, element);
  }

  async function create() {
    const createRoom = await load();
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
      loading ??= create();
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
    // Its Python is another one, and what was written there is kept.
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
