// Which network answers: the one that comes with the page, or the person's own.

/** Python's name for whose network it is. @param {Answerer} who */
export const experimentOf = (who) => (who === 'own' ? 'digits' : 'reading');

/** @typedef {'shipped' | 'own'} Answerer */

/**
 * @param {object} options
 * @param {import('../../session/engine.js').Engine} options.engine
 * @param {() => import('./session.js').Head | null} options.head  of the own network
 */
export function createAnswerer({ engine, head }) {
  /** What the person chose; null: the own network as soon as it has learned something. */
  let chosen = /** @type {Answerer | null} */ (null);

  const learned = () => {
    const own = head();
    return own !== null && (own.step > 0 || own.loaded);
  };

  return {
    /** @returns {Answerer} */
    get present() {
      if (head() === null) return 'shipped';
      return chosen ?? (learned() ? 'own' : 'shipped');
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
