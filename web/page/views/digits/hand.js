// The person's own hand: what they drew is given a name and kept, is learned beside MNIST's digits or
// alone, and read from then on.
import { html, nothing, render } from 'lit';
import { button, segments } from '../../controls/buttons.js';
import { fileButton } from '../../controls/file-button.js';
import { icons } from '../../controls/icons.js';
import { make } from '../../element.js';
import { bytesOf, saveFile } from '../../files.js';
import { onLanguageChange, t } from '../../i18n.js';
import { EngineError } from '../../session/errors.js';
import { onThemeChange } from '../../theme.js';
import { examples, paintExamples } from './hand-examples.js';
import { results } from './hand-results.js';
import { createHandSession } from './hand-session.js';
import './hand.css';

/**
 * @param {object} options
 * @param {import('../../session/engine.js').Engine} options.engine
 * @param {() => {blank: () => boolean, clear: () => void, undo: () => void, content: () => [string, object]}} options.drawing
 *   the pad
 * @param {() => boolean} options.digits  MNIST's images are there
 * @param {() => void} options.onLearned  it answers now
 * @param {() => void} options.onRelearned  the same, in another Python than before
 * @param {(error: unknown) => void} options.onError
 */
export function createHand({ engine, drawing, digits, onLearned, onRelearned, onError }) {
  const element = make('section', 'digits-hand');
  element.setAttribute('aria-labelledby', 'digits-hand-title');
  let label = '';
  let mixed = true;

  const session = createHandSession({
    engine,
    onChange: update,
    onLearned() {
      update();
      onLearned();
    },
    onRelearned,
    onError,
  });

  /** @param {() => Promise<unknown>} action */
  async function attempt(action) {
    try {
      await action();
    } catch (error) {
      onError(error);
    }
    update();
  }

  const add = () =>
    attempt(async () => {
      const content = drawing().content();
      // The next one may be begun at once; what is refused comes back.
      const written = content[0] === 'read';
      if (written) drawing().clear();
      try {
        await session.add(label, content);
      } catch (error) {
        if (written) drawing().undo();
        throw error;
      }
      if (!written) drawing().clear();
    });

  const paint = () => paintExamples(element, session.arrays.images);
  /** What the examples were painted from. */
  let painted = session.arrays.images;
  /** The pad was so when it was last looked at. */
  let blank = true;

  function update() {
    const { head } = session;
    const busy = head.status === 'learning';
    const count = head.names.length;
    const few = count === 0 || (!mixed && head.signs.length < 2);
    render(
      html`<h2 id="digits-hand-title" class="digits-head">${t('digits:hand.title')}</h2>
        <p class="digits-note">${t('digits:hand.note')}</p>
        <form
          class="hand-add"
          @submit=${(/** @type {Event} */ event) => {
            event.preventDefault();
            if (label.trim() && !drawing().blank()) void add();
          }}
        >
          <label for="own-label">${t('digits:hand.label')}</label>
          <input
            id="own-label"
            class="input"
            data-testid="own-label"
            type="text"
            maxlength="12"
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            placeholder=${t('digits:hand.placeholder')}
            .value=${label}
            @input=${(/** @type {Event} */ event) => {
              label = /** @type {HTMLInputElement} */ (event.target).value;
              update();
            }}
          />
          <button
            class="button button-plain"
            data-testid="own-add"
            ?disabled=${!label.trim() || drawing().blank()}
            >${icons.plus}<span>${t('digits:hand.add')}</span></button
          >
        </form>
        <div class="hand-set" data-testid="own-examples" data-count=${count} data-signs=${head.signs.length}>
          ${examples({
            head,
            onSign(sign) {
              label = sign;
              update();
            },
            onRemove: (place) => attempt(() => session.remove(place)),
          })}
        </div>
        ${tools(count)}
        ${count ? learning({ busy, few }) : nothing} ${results(session.arrays.results, head.epochs)}`,
      element,
    );
    if (painted !== session.arrays.images) paint();
    painted = session.arrays.images;
  }

  /** The pad is another one; it may come with every move of the pen. */
  function drawnOn() {
    if (blank === drawing().blank()) return;
    blank = drawing().blank();
    update();
  }

  /** @param {number} count */
  function tools(count) {
    return html`<div class="hand-tools">
      ${button({
        label: t('digits:hand.undo'),
        icon: icons.undo,
        kind: 'quiet',
        testid: 'own-undo',
        disabled: !session.head.can_undo,
        onClick: () => attempt(() => session.undo()),
      })}
      ${button({
        label: t('digits:hand.clear'),
        icon: icons.close,
        kind: 'quiet',
        testid: 'own-clear',
        disabled: count === 0,
        onClick: () => attempt(() => session.clear()),
      })}
      ${button({
        label: t('digits:hand.save'),
        icon: icons.save,
        kind: 'quiet',
        testid: 'own-save',
        disabled: count === 0,
        onClick: () => attempt(save),
      })}
      ${load()}
    </div>`;
  }

  const load = () =>
    fileButton({
      label: t('digits:hand.load'),
      accept: '.npz',
      kind: 'quiet',
      testid: 'own-load',
      onFile: (file) => attempt(async () => session.take(await bytesOf(file))),
    });

  /** @param {{busy: boolean, few: boolean}} state */
  function learning({ busy, few }) {
    const { head } = session;
    return html`<div class="hand-learn">
      ${segments({
        testid: 'own-mixed',
        label: t('digits:hand.with'),
        value: mixed,
        choices: [
          { value: true, label: t('digits:hand.mixed') },
          { value: false, label: t('digits:hand.alone') },
        ],
        onChange(next) {
          mixed = next;
          update();
        },
      })}
      ${button({
        label: t(busy ? 'digits:hand.learning' : 'digits:hand.learn'),
        icon: icons.play,
        kind: 'primary',
        testid: 'own-learn',
        disabled: busy || few || (mixed && !digits()),
        onClick: () => attempt(() => session.learn(mixed)),
      })}
      <span class="digits-note" data-testid="own-status" role="status">${
        few
          ? t('digits:hand.few')
          : mixed && !digits()
            ? t('digits:hand.waiting')
            : head.stale && session.learned
              ? t('digits:hand.stale')
              : nothing
      }</span>
    </div>`;
  }

  async function save() {
    const blob = await session.file();
    if (blob) saveFile('hand.npz', blob, 'application/zip');
  }

  onLanguageChange(update);
  onThemeChange(paint);

  return {
    element,
    update,
    drawnOn,
    renewed: () => session.renewed(digits()),
    lost: () => session.lost(),
    learned: () => session.learned,
    /**
     * A file that may be one of examples.
     * @param {File} file
     * @returns {Promise<boolean>} whether it was
     */
    async takes(file) {
      try {
        await session.take(await bytesOf(file));
        return true;
      } catch (error) {
        if (error instanceof EngineError && error.code === 'file') return false;
        throw error;
      }
    },
  };
}
