/**
 * What is there for a closer look, below the pictures that everybody sees: each room is opened by a
 * press, and closed again by another.
 */
import { html, render } from 'lit';
import { make } from '../../element.js';
import { t } from '../../i18n.js';
import './rooms.css';

/**
 * @typedef {object} Room
 * @property {string} name  of its texts: `rooms.NAME`
 * @property {string} testid  of its door
 * @property {HTMLElement} element
 * @property {() => void} [onOpen]
 * @property {() => void} [onClose]
 */

/**
 * @param {Room[]} rooms
 * @param {{name: string, testid: string, onPress: () => void}[]} dialogs  that stand for themselves
 */
export function createRooms(rooms, dialogs) {
  const element = make('section', 'rooms', { testid: 'rooms' });
  /** @type {Set<Room>} */
  const open = new Set();
  let shown = false;

  /** @param {Room} room */
  function toggle(room) {
    if (open.delete(room)) {
      room.onClose?.();
    } else {
      open.add(room);
      room.onOpen?.();
    }
    draw();
  }

  function draw() {
    if (!shown) return;
    render(
      html`<h2>${t('playground:rooms.title')}</h2>
        <div class="rooms-doors" role="group" aria-label=${t('playground:rooms.title')}>
          ${rooms.map(
            (room) => html`<button
              type="button"
              class="button button-plain"
              data-testid=${room.testid}
              aria-expanded=${String(open.has(room))}
              aria-controls="room-${room.name}"
              @click=${() => toggle(room)}
            >${t(`playground:rooms.${room.name}`)}</button>`,
          )}
          ${dialogs.map(
            ({ name, testid, onPress }) => html`<button
              type="button"
              class="button button-plain"
              data-testid=${testid}
              aria-haspopup="dialog"
              @click=${onPress}
            >${t(`playground:rooms.${name}`)}</button>`,
          )}
        </div>
        <div class="rooms-open">
          ${rooms.map(
            (room) => html`<section
              class="room"
              id="room-${room.name}"
              aria-label=${t(`playground:rooms.${room.name}`)}
              ?hidden=${!open.has(room)}
            ><h3>${t(`playground:rooms.${room.name}`)}</h3>${room.element}</section>`,
          )}
        </div>`,
      element,
    );
  }

  return {
    element,
    draw,
    /** Once Python is there: before, there is nothing to look at. */
    show() {
      if (shown) return;
      shown = true;
      draw();
    },
    /** @param {string} name  of a room that an address asks for */
    open(name) {
      const room = rooms.find((one) => one.name === name);
      if (room && !open.has(room)) toggle(room);
    },
  };
}
