// As much of a document as the views need to set themselves up before anything is drawn. What they
// ask of it besides fails the build, by name.
import { asText } from './lit-as-text.mjs';

class Element {
  /** @param {string} name */
  constructor(name) {
    this.name = name;
    this.className = '';
    /** @type {Record<string, string>} */
    this.dataset = {};
    /** @type {Map<string, string>} */
    this.attributes = new Map();
    this.clientWidth = 0;
    this.clientHeight = 0;
    /** By lit. @type {unknown} */
    this.rendered = null;
  }
  /** @param {string} name @param {string} value */
  setAttribute(name, value) {
    this.attributes.set(name, value);
  }
  replaceChildren() {
    this.rendered = null;
  }
  addEventListener() {}
  /** What was rendered is nothing but text. */
  querySelector() {
    return null;
  }
  /**
   * Put together when it is asked for: what was rendered may hold elements that change later.
   * @returns {string}
   */
  get innerHTML() {
    return asText(this.rendered);
  }
  /** @returns {string} */
  get outerHTML() {
    const own = Object.entries({
      ...(this.className ? { class: this.className } : {}),
      ...Object.fromEntries(this.attributes),
    });
    const attributes = own.map(([name, value]) => ` ${name}="${value.replaceAll('"', '&quot;')}"`);
    return `<${this.name}${attributes.join('')}>${this.innerHTML}</${this.name}>`;
  }
}

/**
 * Gives a page's script what it finds in a browser.
 *
 * @param {string} lang   of the document
 * @param {string} route  what follows the `#`
 */
export function standIn(lang, route) {
  const nobody = () => {};
  const found = {
    document: {
      documentElement: Object.assign(new Element('html'), { lang }),
      createElement: (/** @type {string} */ name) => new Element(name),
      addEventListener: nobody,
    },
    location: { hash: route, href: '' },
    history: { state: null, replaceState: nobody },
    localStorage: { getItem: () => null },
    matchMedia: () => ({ matches: false, addEventListener: nobody }),
    addEventListener: nobody,
    // The next picture never comes.
    requestAnimationFrame: nobody,
    ResizeObserver: class {
      observe() {}
    },
    IntersectionObserver: class {
      observe() {}
    },
  };
  for (const [name, value] of Object.entries(found)) {
    // Some of them are Node's own in its newer versions.
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
  return new Element('div');
}
