/**
 * What a person has done of the lessons, in the browser's own store: which answers were given, which
 * tasks are solved and how. As a file it can be handed in.
 */
import { recall, remember } from '../memory.js';

/**
 * @typedef {object} StepDone  of a quiz or a task, by its place in the lesson
 * @property {boolean} right
 * @property {number} [answer]  the first one that was given to a quiz
 * @property {string} [code]    a task's, when it passed
 * @property {number} at        as Date.now() has it
 *
 * @typedef {Record<string, Record<string, StepDone>>} Progress  by lesson
 * @typedef {{kind: 'pynn lessons', who: string, at: number, progress: Progress}} HandedIn
 */

const NAME = 'lessons';
const KIND = 'pynn lessons';

export function createProgress() {
  /** @type {Progress} */
  let progress = {};
  try {
    progress = JSON.parse(recall(NAME) ?? '{}') ?? {};
  } catch {
    // What was kept is nothing that can be read.
  }

  return {
    /** @param {string} lesson */
    of: (lesson) => (Object.hasOwn(progress, lesson) ? progress[lesson] : {}),
    /** @param {string} lesson @param {number} step @param {Omit<StepDone, 'at'>} done */
    note(lesson, step, done) {
      const own = { ...this.of(lesson), [step]: { ...done, at: Date.now() } };
      progress = { ...progress, [lesson]: own };
      remember(NAME, JSON.stringify(progress));
    },
    /** @param {string} who @returns {string} JSON to hand in */
    file: (who) => `${JSON.stringify({ kind: KIND, who, at: Date.now(), progress }, null, 1)}\n`,
  };
}

/** @param {string} json @returns {HandedIn | null} null: it is no such file */
export function readHandedIn(json) {
  try {
    const read = JSON.parse(json);
    const fits = read.kind === KIND && typeof read.who === 'string' && read.progress;
    return fits && typeof read.progress === 'object' ? read : null;
  } catch {
    return null;
  }
}
