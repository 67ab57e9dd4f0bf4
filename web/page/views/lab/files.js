// The person's files beside the program: `open("points.csv")` reads them.
import { html, render } from 'lit';
import { fileButton } from '../../controls/file-button.js';
import { icons } from '../../controls/icons.js';
import { make } from '../../element.js';
import { formatNumber, t } from '../../i18n.js';
import { labFault } from '../../session/errors.js';

/** Bytes of a file, and of all together: they go to Python with every run. */
const LARGEST = 2 ** 26;

/**
 * @param {object} options
 * @param {import('../../session/kept-programs.js').Programs} options.programs
 * @param {(error: unknown) => void} options.onError
 */
export function createFiles({ programs, onError }) {
  const element = make('div', 'lab-files', { testid: 'program-files' });

  function draw() {
    const files = Object.entries(programs.files);
    render(
      html`<span class="lab-files-label">${t('lab:files.label')}</span>
        ${files.map(
          ([name, content]) => html`<span class="lab-file" data-testid="program-file"
            ><code>${name}</code> <small>${t('lab:files.size', { size: formatNumber(Math.ceil(content.length / 1000)) })}</small
            ><button
              type="button"
              class="lab-file-remove"
              aria-label=${t('lab:files.remove', { name })}
              title=${t('lab:files.remove', { name })}
              @click=${() => {
                programs.removeFile(name);
                draw();
              }}
            >${icons.close}</button></span>`,
        )}
        ${fileButton({
          label: t('lab:files.add'),
          accept: '',
          testid: 'add-file',
          kind: 'quiet',
          onFile: (file) => void add(file),
        })}`,
      element,
    );
  }

  /** @param {File} file */
  async function add(file) {
    const others = Object.entries(programs.files).filter(([name]) => name !== file.name);
    const size = others.reduce((sum, [, content]) => sum + content.length, file.size);
    if (size > LARGEST) {
      const values = { name: file.name, megabytes: LARGEST / 2 ** 20 };
      onError(labFault('file_large', values));
      return;
    }
    try {
      programs.putFile(file.name, new Uint8Array(await file.arrayBuffer()));
    } catch {
      onError(labFault('file', { name: file.name }));
    }
    draw();
  }

  return { element, draw, add };
}
