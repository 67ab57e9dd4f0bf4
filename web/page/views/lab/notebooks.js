/** Programs as Jupyter notebooks and back. `# %%` begins a cell, as in many editors. */

const CELL = /^# %%.*$/m;
const TEXT = '# %% [markdown]';

/**
 * @param {string} json
 * @returns {string | null} the program; null for what is no notebook
 */
export function fromNotebook(json) {
  try {
    const { cells } = JSON.parse(json);
    return cells
      .map((/** @type {any} */ { cell_type: kind, source }) => {
        const text = Array.isArray(source) ? source.join('') : String(source);
        if (kind === 'code') return `# %%\n${text.trimEnd()}\n`;
        return `${TEXT}\n${text.trimEnd().replace(/^/gm, '# ').replace(/ +$/gm, '')}\n`;
      })
      .join('\n');
  } catch {
    return null;
  }
}

/** @param {string} program @returns {string} */
export function toNotebook(program) {
  const heads = program.match(new RegExp(CELL, 'gm')) ?? [];
  const [first, ...rest] = program.split(CELL);
  const parts = [
    ...(first.trim() ? [{ head: '# %%', text: first }] : []),
    ...rest.map((text, index) => ({ head: heads[index], text })),
  ];
  const cells = parts.map(({ head, text }, index) => {
    const isText = head.startsWith(TEXT);
    const body = text.replace(/^\n/, '').trimEnd();
    const source = linesOf(isText ? body.replace(/^# ?/gm, '') : body);
    const common = { id: `cell-${index + 1}`, metadata: {}, source };
    return isText
      ? { cell_type: 'markdown', ...common }
      : { cell_type: 'code', execution_count: null, outputs: [], ...common };
  });
  const kernelspec = { display_name: 'Python 3', language: 'python', name: 'python3' };
  const metadata = { kernelspec, language_info: { name: 'python' } };
  return `${JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`;
}

/** @param {string} text */
const linesOf = (text) => text.split(/(?<=\n)/);
