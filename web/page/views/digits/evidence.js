// What in the image spoke for the answer, and what against: asked for while it is wanted.

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
  /** The image and the answer of which it is known, or asked for. @type {Float32Array | null} */
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
     * The image that is looked at.
     * @param {Float32Array | null} image
     * @param {number | null} answer
     */
    async follow(image, answer) {
      if (!wanted || image === about) return;
      about = image;
      speaks = null;
      if (!image || answer === null) return;
      try {
        const bytes = new Uint8Array(image.slice().buffer);
        const reply = await ask(['evidence', { image: bytes, answer }]);
        if (about !== image) return;
        speaks = reply.arrays.evidence.data;
        onChange();
      } catch {
        // Python has ended, or the network is made anew: the next answer asks again.
      }
    },
  };
}
