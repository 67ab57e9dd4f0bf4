/**
 * What the note of the network's diagram is about: what the pointer is on, or the unit that the
 * keyboard has come to, whichever was last. It stays while the pointer goes over to it, and until
 * Escape.
 */

/**
 * @typedef {import('../drawings/network-diagram.js').Edge} Edge
 * @typedef {import('../drawings/unit-picture.js').Place} Place
 * @typedef {import('../drawings/note-place.js').Point} Point
 * @typedef {{unit: Place} | {edge: Edge}} Subject
 */

/** Milliseconds for the way from a subject to its note, which may lead over others. */
const LINGER = 150;

/** @param {() => void} onChange another subject, or none */
export function createSubject(onChange) {
  /** @type {Subject | null} */
  let pointed = null;
  /** @type {Subject | null} */
  let focused = null;
  /** Where the pointer came to its subject. @type {Point} */
  let place = { x: 0, y: 0 };
  /** Closed by hand, and not to open again before there is another subject. */
  let closed = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** What the timer will take. @type {() => void} */
  let waiting = () => {};

  const subject = () => pointed ?? focused;

  /** @param {() => void} set */
  function change(set) {
    const before = JSON.stringify(subject());
    set();
    if (JSON.stringify(subject()) === before) return;
    closed = false;
    onChange();
  }

  /** The pointer is on the subject again, or on the note. */
  function stay() {
    clearTimeout(timer);
    timer = undefined;
  }

  /** The pointer has come to another subject, or to none. */
  function come() {
    stay();
    change(waiting);
  }

  return {
    /** @returns {Subject | null} */
    get now() {
      return closed ? null : subject();
    },
    get place() {
      return place;
    },
    stay,
    /** @param {Subject | null} next @param {Point} at */
    point(next, at) {
      if (JSON.stringify(next) === JSON.stringify(pointed)) return stay();
      waiting = () => {
        place = at;
        pointed = next;
      };
      if (this.now === null) come();
      else timer ??= setTimeout(come, LINGER);
    },
    /** @param {Place | null} unit  null: the keyboard has left */
    focus(unit) {
      if (unit) stay();
      change(() => {
        focused = unit && { unit };
        if (unit) pointed = null;
      });
    },
    close() {
      if (this.now === null) return;
      stay();
      closed = true;
      onChange();
    },
    /** There are other units now. */
    clear() {
      stay();
      pointed = null;
      focused = null;
    },
  };
}
