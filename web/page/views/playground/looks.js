/** Rooms that look at the same run more closely: what every frame has when Python is told so. */
import { createInsideFigure } from '../../figures/inside.js';
import { createPlanarConfusion } from '../../figures/planar-confusion.js';
import { createWatching, LAST } from './watching.js';

/**
 * @param {object} options
 * @param {(method: string, args: object) => Promise<import('../../../shared/protocol.js').Reply>} options.call
 * @param {(reply: import('../../../shared/protocol.js').Reply) => void} options.onReply  what Python has at once
 * @param {(error: unknown) => void} options.onError
 */
export function createLooks({ call, onReply, onError }) {
  const watching = createWatching({
    call,
    onReply(reply) {
      for (const figure of [inside, confusion]) figure.update?.(reply.arrays, reply.head, false);
      onReply(reply);
    },
    onError,
  });
  /** The layer that was looked into last. */
  let layer = LAST;
  const inside = createInsideFigure({
    onLayer(next) {
      layer = next;
      watching.set({ inside: layer });
    },
  });
  const confusion = createPlanarConfusion();

  return {
    figures: [inside, confusion],
    again: watching.again,
    watch: watching.set,
    /** @type {import('./rooms.js').Room[]} */
    rooms: [
      {
        name: 'inside',
        testid: 'inside-view',
        element: inside.element,
        onOpen: () => watching.set({ inside: layer }),
        onClose: () => watching.set({ inside: 0 }),
      },
      {
        name: 'confusion',
        testid: 'confusion',
        element: confusion.element,
        onOpen: () => watching.set({ confusion: true }),
        onClose: () => watching.set({ confusion: false }),
      },
    ],
  };
}
