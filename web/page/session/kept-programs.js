/**
 * Programs of the person's by name, and the files beside them, in the browser's own store. Where
 * that is switched off or full they last as long as the page.
 */
import { createStore, del, entries, set } from 'idb-keyval';

/**
 * @typedef {{text: string, at: number}} KeptProgram  at: when it was last changed, as Date.now() has it
 * @typedef {Awaited<ReturnType<typeof openPrograms>>} Programs
 */

/** Milliseconds after the last key within which it is written down. */
const PAUSE = 250;
const LONGEST_NAME = 60;

export async function openPrograms() {
  const programStore = createStore('pynn-lab-programs', 'programs');
  const fileStore = createStore('pynn-lab-files', 'files');
  const packageStore = createStore('pynn-lab-package', 'changes');
  /** @param {import('idb-keyval').UseStore} store @returns {Promise<[string, any][]>} */
  const read = (store) => /** @type {Promise<any[]>} */ (entries(store)).catch(() => []);
  /** @type {Map<string, KeptProgram>} */
  const programs = new Map(await read(programStore));
  /** @type {Map<string, Uint8Array>} */
  const files = new Map(await read(fileStore));
  /** Of pynn itself: texts of changed files, by path. @type {Map<string, string>} */
  const changes = new Map(await read(packageStore));
  /** Programs that are not written down yet. @type {Set<string>} */
  const changed = new Set();
  let timer = 0;

  function write() {
    clearTimeout(timer);
    timer = 0;
    for (const name of changed) {
      const program = programs.get(name);
      const over = program ? set(name, program, programStore) : del(name, programStore);
      over.catch(() => {});
    }
    changed.clear();
  }

  /** @param {string} name */
  function note(name) {
    changed.add(name);
    if (!timer) timer = window.setTimeout(write, PAUSE);
  }

  addEventListener('pagehide', write);
  document.addEventListener('visibilitychange', write);

  return {
    /** The newest first. */
    get names() {
      return [...programs].sort(([, a], [, b]) => b.at - a.at).map(([name]) => name);
    },
    /** @param {string} name */
    text: (name) => programs.get(name)?.text,
    /** @param {string} name @param {string} text */
    keep(name, text) {
      if (programs.get(name)?.text === text) return;
      programs.set(name, { text, at: Date.now() });
      note(name);
    },
    /**
     * A program beside all others: under this name, unless another text has it.
     *
     * @param {string} wished
     * @param {string} text
     * @returns {string} its name
     */
    add(wished, text) {
      const name = freeName(programName(wished), text);
      this.keep(name, text);
      return name;
    },
    /** @param {string} name @param {string} next @returns {string} what it is called now */
    rename(name, next) {
      const program = programs.get(name);
      if (!program) return name;
      const free = programName(next) === name ? name : freeName(programName(next), null);
      programs.delete(name);
      programs.set(free, program);
      note(name);
      note(free);
      return free;
    },
    /** @param {string} name */
    remove(name) {
      programs.delete(name);
      note(name);
    },
    /** Files of pynn that the person has changed, by path. */
    get changes() {
      return Object.fromEntries(changes);
    },
    /** @param {string} path @param {string | null} text  null: as it was published */
    change(path, text) {
      if ((changes.get(path) ?? null) === text) return;
      if (text === null) changes.delete(path);
      else changes.set(path, text);
      const over = text === null ? del(path, packageStore) : set(path, text, packageStore);
      over.catch(() => {});
    },
    /** The person's files beside the programs, by name. */
    get files() {
      return Object.fromEntries(files);
    },
    /** @param {string} name @param {Uint8Array} content */
    putFile(name, content) {
      files.set(name, content);
      set(name, content, fileStore).catch(() => {});
    },
    /** @param {string} name */
    removeFile(name) {
      files.delete(name);
      del(name, fileStore).catch(() => {});
    },
  };

  /** @param {string} name @param {string | null} text  that may have it already */
  function freeName(name, text) {
    const stem = name.replace(/\.py$/, '');
    for (let number = 1; ; number += 1) {
      const candidate = number === 1 ? name : `${stem}-${number}.py`;
      const known = programs.get(candidate);
      if (!known || (text !== null && known.text === text)) return candidate;
    }
  }
}

/** A file's name that any system takes. @param {string} wished */
export function programName(wished) {
  const stem = wished
    .replace(/\.(py|ipynb)$/i, '')
    .replace(/[\\/:*?"<>|\p{Cc}]/gu, ' ')
    .trim()
    .slice(0, LONGEST_NAME);
  return `${stem || 'program'}.py`;
}
