// What in the image spoke for the answer, and what against: asked for while it is wanted.
import { floatBytes } from '../../../shared/protocol.js';

/** @typedef {import('../../../shared/protocol.js').Reply} Reply */

/**
 * @param {object} options
 * @param {(question: [string, object]) => Promise<Reply>} options.ask  of the network that answers
 * @param {() => void} options.onChange  it is known, or no more
 */
export function createEvidence({ ask, onChange }) {
  let wanted = false;
  /** @type {Float32Array | null} */
  let speaks = null;
  /** Of which reply and digit it is known, or asked for. @type {{reply: Reply, place: number} | null} */
  let about = null;

  return {
    get wanted() {
      return wanted;
    },
    get speaks() {
      return wanted ? speaks : null;
    },
    toggle() {
      wanted = !wanted;
      about = null;
      speaks = null;
      onChange();
    },
    /**
     * The digit that is looked at.
     * @param {Reply | null} reply
     * @param {number} place  among its digits
     * @param {Float32Array | null} image  null: there is none
     */
    async follow(reply, place, image) {
      if (!wanted || (about?.reply === reply && about?.place === place)) return;
      speaks = null;
      about = reply && image && { reply, place };
      if (!about || !reply || !image) return;
      const asked = about;
      try {
        const { answer } = reply.head.digits[place];
        const { arrays } = await ask(['evidence', { image: floatBytes(image), answer }]);
        if (about !== asked) return;
        speaks = arrays.evidence.data;
        onChange();
      } catch {
        // Python has ended, or the network is made anew: the next answer asks again.
      }
    },
  };
}
