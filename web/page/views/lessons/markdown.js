// A lesson's text: Markdown with formulas between dollar signs. HTML in it stays text, and links
// lead to places of this page or to the web.
import { Marked } from 'marked';
import temml from 'temml';

const FORMULA = /^\$\$([\s\S]+?)\$\$|^\$(?!\s)([^$\n]+?)(?<!\s)\$/;

/** @param {string} text */
const escaped = (text) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const markdown = new Marked({
  renderer: {
    html: ({ text }) => escaped(text),
    link({ href, tokens }) {
      const text = this.parser.parseInline(tokens);
      if (href.startsWith('#/')) return `<a href="${escaped(href)}">${text}</a>`;
      if (!/^https?:/.test(href)) return text;
      return `<a href="${escaped(href)}" rel="noopener noreferrer" target="_blank">${text}</a>`;
    },
    image: ({ text }) => escaped(text),
  },
  extensions: [
    {
      name: 'formula',
      level: 'inline',
      start: (source) => source.indexOf('$'),
      tokenizer(source) {
        const found = FORMULA.exec(source);
        if (!found) return undefined;
        return { type: 'formula', raw: found[0], tex: found[1] ?? found[2], display: !!found[1] };
      },
      renderer: ({ tex, display }) => formula(tex, display),
    },
  ],
});

/** @param {string} text @returns {DocumentFragment} */
export function fromMarkdown(text) {
  const html = /** @type {string} */ (markdown.parse(text, { async: false }));
  return document.createRange().createContextualFragment(html);
}

/** As MathML, which browsers set by themselves. @param {string} tex @param {boolean} display */
function formula(tex, display) {
  const set = temml.renderToString(tex.trim(), { displayMode: display, throwOnError: false });
  // The page's policy allows no styles there; `display` has an attribute that does the same.
  const plain = set.replace(/ style="[^"]*"/g, '');
  if (!display) return plain;
  return `<span class="formula" tabindex="0">${plain.replace('<math', '<math display="block"')}</span>`;
}
