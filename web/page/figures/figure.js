/**
 * Figures: each shows something of what Python tells, with a caption below. A view makes those of
 * its list and speaks to all of them as to one. What every figure would have to do by itself stands
 * here: it follows the language, the theme and its size, and asks for its pictures only as often as
 * somebody can see them.
 */
import { onLanguageChange } from '../i18n.js';
import { onThemeChange } from '../theme.js';

/**
 * @typedef {import('../../shared/protocol.js').Reply} Reply
 * @typedef {Reply['arrays']} Arrays
 *
 * @typedef {object} Figure  what a file in this folder makes; whatever it has no use for, it leaves out
 * @property {HTMLElement} element
 * @property {() => void} draw  all of it, in the present language
 * @property {() => void} [repaint]  what it paints: theme or size has changed
 * @property {Element} [sized]  whose size it paints in
 * @property {(opened: Reply) => void} [begin]  another network, as the first reply has it
 * @property {() => void} [clear]  there is no network, or nothing is known of it yet
 * @property {(reply: Reply) => void} [note]  every reply, of which not all are drawn
 * @property {(arrays: Arrays, head: Record<string, any>, moving: boolean) => void} [update]  in an
 *   animation frame, all arrays that came since the last; moving: there will be another
 * @property {boolean} [lively]  drawn with every picture of the screen, also where the next comes soon
 * @property {(arrays: Arrays | null) => void} [touch]  of a point of the plane that is pointed at, or
 *   no more
 * @property {(head: Record<string, any> | undefined) => void} [describe]  in words, when it rests
 * @property {string} [picture]  the one of Python's pictures that it needs and that has to be asked
 *   for: `advance` has an argument of that name
 * @property {'round' | 'test'} [pace]  it changes all the time, or when the test images were read
 */

/** A picture that changes all the time comes with one reply in so many. */
const IN_SIGHT = 3;
const OUT_OF_SIGHT = 30;

/** @param {Figure[]} figures in the order of the view */
export function together(figures) {
  /** @type {Set<Element>} of figures */
  const seen = new Set();
  let rounds = 0;
  /** The test images have been read anew, and what came of it is not here yet. */
  let outdated = false;

  const sizes = new ResizeObserver((entries) => {
    for (const { sized, repaint } of figures) {
      if (entries.some(({ target }) => target === sized)) repaint?.();
    }
  });
  const sights = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) seen.add(target);
      else seen.delete(target);
    }
  });

  const all = {
    elements: figures.map(({ element }) => element),
    draw() {
      for (const figure of figures) figure.draw();
    },
    repaint() {
      for (const figure of figures) figure.repaint?.();
    },
    /** @param {Reply} opened */
    begin(opened) {
      outdated = false;
      for (const figure of figures) figure.begin?.(opened);
    },
    clear() {
      for (const figure of figures) figure.clear?.();
    },
    /** @param {Reply} reply */
    note(reply) {
      for (const { picture, pace } of figures) {
        if (pace !== 'test' || !picture) continue;
        if (reply.arrays[picture]) outdated = false;
        else if (reply.arrays.tests?.shape[0]) outdated = true;
      }
      for (const figure of figures) figure.note?.(reply);
    },
    /**
     * @param {Arrays} arrays
     * @param {Record<string, any>} head
     * @param {boolean} [moving]  there will be another
     * @param {boolean} [brief]  and so soon that only what is lively is drawn
     */
    update(arrays, head, moving = false, brief = false) {
      for (const figure of figures) {
        if (figure.lively || !brief) figure.update?.(arrays, head, moving);
      }
    },
    /** @param {Arrays | null} arrays */
    touch(arrays) {
      for (const figure of figures) figure.touch?.(arrays);
    },
    /** @param {Record<string, any>} [head] */
    describe(head) {
      for (const figure of figures) figure.describe?.(head);
    },
    /** What the next request should bring. @returns {Record<string, boolean>} */
    wanted() {
      rounds += 1;
      return Object.fromEntries(
        figures.flatMap(({ element, picture, pace }) => {
          if (!picture) return [];
          const every = seen.has(element) ? IN_SIGHT : OUT_OF_SIGHT;
          return [[picture, pace === 'test' ? outdated : rounds % every === 0]];
        }),
      );
    },
  };

  all.draw();
  for (const { element, sized, picture } of figures) {
    if (sized) sizes.observe(sized);
    if (picture) sights.observe(element);
  }
  onLanguageChange(all.draw);
  onThemeChange(all.repaint);
  return all;
}
