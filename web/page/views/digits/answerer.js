// Which network answers: the one that comes with the page, the person's own, or the one that has
// learned the person's hand.

/** Python's name for whose network it is. @param {Answerer} who */
export const experimentOf = (who) => EXPERIMENTS[who];

const EXPERIMENTS = { shipped: 'reading', own: 'digits', hand: 'hand' };

/** @typedef {'shipped' | 'own' | 'hand'} Answerer */

/**
 * @param {object} options
 * @param {import('../../session/engine.js').Engine} options.engine
 * @param {() => import('./session.js').Head | null} options.head  of the own network
 * @param {() => boolean} options.hand  the person's hand has been learned
 */
export function createAnswerer({ engine, head, hand }) {
  /** What the person chose; null: the own network as soon as it has learned something. */
  let chosen = /** @type {Answerer | null} */ (null);

  const learned = () => {
    const own = head();
    return own !== null && (own.step > 0 || own.loaded);
  };

  return {
    /** @returns {Answerer} */
    get present() {
      if (chosen === 'hand' && hand()) return 'hand';
      return this.measured;
    },
    /** Of which there are tests on MNIST's images. @returns {'shipped' | 'own'} */
    get measured() {
      if (head() === null) return 'shipped';
      return chosen === 'shipped' || chosen === 'own' ? chosen : learned() ? 'own' : 'shipped';
    },
    /** Those that there are. @returns {Answerer[]} */
    get all() {
      /** @type {Answerer[]} */
      const own = head() === null ? [] : ['own'];
      return ['shipped', ...own, ...(hand() ? [/** @type {const} */ ('hand')] : [])];
    },
    /** The own network has been trained, or brought along. */
    learned,
    /** @param {Answerer | null} next  null: leaves it to what there is */
    choose(next) {
      chosen = next;
    },
    /** @param {[string, object]} content  of the pad, or another question */
    read([method, args]) {
      return engine.call(experimentOf(this.present), method, args);
    },
  };
}
