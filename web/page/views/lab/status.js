// How the run goes, and how it ended: one sentence, the way to the line at fault, written files.
import { html, nothing, render } from 'lit';
import { button } from '../../controls/buttons.js';
import { icons } from '../../controls/icons.js';
import { progressBar } from '../../controls/progress-bar.js';
import { make } from '../../element.js';
import { saveFile } from '../../files.js';
import { formatNumber, hasText, t } from '../../i18n.js';
import { explain } from '../../message.js';

/**
 * @typedef {import('../../../shared/lab-protocol.js').Outcome} Outcome
 *
 * @typedef {object} State
 * @property {import('../../session/lab.js').LabState} lab
 * @property {Outcome | null} outcome
 * @property {unknown} trouble  why there is none
 */

/**
 * @param {object} options
 * @param {() => State} options.state
 * @param {(line: number) => void} options.onLine
 * @param {(name: string) => Promise<Uint8Array | undefined>} options.onFile
 * @param {(error: unknown) => void} options.onError
 */
export function createStatus({ state, onLine, onFile, onError }) {
  const element = make('div', 'lab-status');
  let share = 0;

  /** @param {string} name */
  async function save(name) {
    try {
      const content = await onFile(name);
      if (content) saveFile(name, content, 'application/octet-stream');
    } catch (error) {
      onError(error);
    }
  }

  /** @param {State} now */
  function sentence({ lab, outcome, trouble }) {
    if (lab === 'running') return t('lab:status.running');
    if (trouble) return explain(trouble).text;
    if (outcome?.error) return t('lab:status.failed', { seconds: seconds(outcome) });
    if (outcome) return t('lab:status.finished', { seconds: seconds(outcome) });
    return t(`lab:status.${lab}`);
  }

  /** @param {State} now */
  function kind({ lab, outcome, trouble }) {
    if (lab === 'running') return 'running';
    const { code } = /** @type {{code?: string}} */ (trouble ?? {});
    return trouble ? (code ?? 'failed') : (outcome?.status ?? lab);
  }

  function draw() {
    const now = state();
    if (now.lab !== 'running') share = 0;
    const { error, written = [] } = now.outcome ?? {};
    render(
      html`<p class="lab-sentence" role="status" data-testid="code-status" data-status=${kind(now)} data-damage=${now.outcome?.damage ?? nothing}>${sentence(now)}</p>
        ${now.lab === 'running' && share > 0 ? progressBar(share) : nothing}
        ${error && now.lab !== 'running' ? problem(error, onLine) : nothing}
        ${
          written.length > 0 && now.lab === 'ready'
            ? html`<p class="lab-written">${t('lab:files.written')} ${written.map(([name]) =>
                button({
                  label: name,
                  name: t('lab:output.file', { name }),
                  icon: icons.save,
                  kind: 'quiet',
                  testid: 'written-file',
                  onClick: () => void save(name),
                }),
              )}</p>`
            : nothing
        }`,
      element,
    );
  }

  return {
    element,
    draw,
    /** @param {number} next */
    progress(next) {
      share = next;
      draw();
    },
  };
}

/**
 * @param {import('../../../shared/lab-protocol.js').ProgramError} error
 * @param {(line: number) => void} onLine
 */
export function problem({ type, message, line, trace, hint, changed }, onLine) {
  return html`<div class="lab-error" role="alert" data-testid="code-error" data-type=${type}>
      <p>
        ${changed ? html`<code>pynn/${changed}</code> ` : nothing}<b>${type}</b>${message ? html`: ${message}` : nothing}
        ${
          line
            ? html` <button type="button" class="link" data-testid="error-line" @click=${() => onLine(line)}>
                ${t('lab:status.line', { line })}</button>`
            : nothing
        }
      </p>
      ${hint && hasText(`lab:hint.${hint}`) ? html`<p>${t(`lab:hint.${hint}`)}</p>` : nothing}
      <details><summary>${t('lab:status.trace')}</summary><pre tabindex="0" lang="en">${trace}</pre></details>
    </div>`;
}

/** @param {Outcome} outcome */
const seconds = ({ seconds: value }) =>
  formatNumber(value, { maximumSignificantDigits: value < 10 ? 2 : 3 });
