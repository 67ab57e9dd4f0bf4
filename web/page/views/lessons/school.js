// The lessons: a list on the left, the lesson that is read on the right. What was done is kept.

import { make } from '../../element.js';
import { addTexts, language, onLanguageChange } from '../../i18n.js';
import { labFault } from '../../session/errors.js';
import { createProgress, readHandedIn } from '../../session/kept-progress.js';
import { lab } from '../../session/lab-shared.js';
import { createHandedIn } from './handed-in.js';
import { createLessonList } from './list.js';
import { createLessonPage } from './page.js';
import '../lab/texts.js';
// Last: it says how all of them stand together.
import '../lab/lab.css';
import './lessons.css';

/**
 * @typedef {object} Lesson  as `pynn/lab/lesson.py` has it
 * @property {string} name
 * @property {string} title
 * @property {string} summary
 * @property {string[]} explains
 * @property {any[]} steps
 */

addTexts(import.meta.glob('../../locales/*/lessons.json', { eager: true, import: 'default' }));

const BASE = new URL('.', document.baseURI);
/** Bytes of a lesson that somebody brings. */
const LARGEST = 2 ** 20;

/** @param {import('../lazy-view.js').RoomOptions} options */
export async function createSchool({ showError, clearError, onQueryChange }) {
  const element = make('div', 'lessons');
  const progress = createProgress();
  /** @type {Map<string, Promise<Lesson[]>>} */
  const byLanguage = new Map();
  /** @type {Lesson[]} */
  let lessons = await published();
  /** One that a teacher wrote. @type {Lesson | null} */
  let brought = null;
  /** Where it came from, in the address. */
  let from = '';
  let name = lessons[0].name;
  /** @type {ReturnType<typeof createLessonPage> | null} */
  let page = null;

  const list = createLessonList({
    state: () => ({ lessons, name: brought?.name ?? name, brought, progress }),
    onChoose(next) {
      brought = null;
      from = '';
      turnTo(next);
      onQueryChange();
    },
    onFile: (file) => void takeFile(file),
    file: progress.file,
  });
  const place = make('div', 'lesson-place');
  const handedIn = createHandedIn();
  element.append(list.element, place);

  /** @returns {Promise<Lesson[]>} of the present language */
  function published() {
    const code = language();
    const known = byLanguage.get(code);
    if (known) return known;
    const loading = fetch(new URL(`lab/lessons/${code}.json`, BASE))
      .then((response) => {
        if (!response.ok) throw new Error(`status ${response.status}`);
        return response.json();
      })
      .then((read) => read.lessons);
    byLanguage.set(code, loading);
    loading.catch(() => byLanguage.delete(code));
    return loading;
  }

  function draw() {
    page?.destroy();
    const lesson = brought ?? lessons.find((one) => one.name === name) ?? lessons[0];
    const next = brought ? undefined : lessons[lessons.indexOf(lesson) + 1];
    page = createLessonPage({
      lesson,
      next,
      isBrought: brought !== null,
      lab,
      progress,
      onProgress: list.draw,
    });
    place.replaceChildren(page.element);
    list.draw();
  }

  /** @param {string} next */
  function turnTo(next) {
    name = next;
    draw();
    scrollTo({ top: 0 });
  }

  onLanguageChange(async () => {
    lessons = await published().catch(() => lessons);
    draw();
  });

  /**
   * A lesson that somebody wrote: Python reads it, as it reads ours.
   *
   * @param {string} text
   * @param {string} title  of the file
   */
  async function bring(text, title) {
    lab.wake();
    await lab.ready;
    const reply = await lab.ask('lesson', { text, name: title.replace(/\.md$/, '') });
    if (!reply) throw labFault('not_now');
    const { refused, lesson } = reply.head;
    if (refused) {
      throw labFault('lesson', { reason: refused });
    }
    brought = lesson;
    draw();
  }

  /** A lesson, or what a learner hands in. @param {File} file */
  async function takeFile(file) {
    clearError();
    try {
      if (file.size > LARGEST) throw labFault('file', { name: file.name });
      const text = await file.text();
      if (!file.name.endsWith('.json')) return await bring(text, file.name);
      const read = readHandedIn(text);
      if (!read) throw labFault('handed_in', { name: file.name });
      handedIn.show(read, lessons);
    } catch (error) {
      showError(error);
    }
  }

  /** A lesson at an address of this site. @param {string} address */
  async function takeAddress(address) {
    const url = new URL(address, BASE);
    const values = { address };
    if (!url.href.startsWith(BASE.href)) {
      throw labFault('elsewhere', values);
    }
    const response = await fetch(url).catch(() => null);
    if (!response?.ok) throw labFault('no_lesson', values);
    await bring(await response.text(), url.pathname.split('/').at(-1) ?? '');
    from = address;
  }

  draw();
  element.append(handedIn.element);

  return {
    element,
    /** @param {URLSearchParams} params */
    async open(params) {
      lab.wake();
      const [address, wished] = [params.get('from'), params.get('lesson')];
      if (address && address !== from) {
        await takeAddress(address);
      } else if (wished && wished !== name && lessons.some((one) => one.name === wished)) {
        brought = null;
        turnTo(wished);
      }
      onQueryChange();
    },
    close: () => lab.rest(),
    query: () => new URLSearchParams(from ? { from } : { lesson: name }),
    takeFile,
  };
}
