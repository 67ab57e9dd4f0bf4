import { html, nothing } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { copyText } from '../clipboard.js';
import { t } from '../i18n.js';
import { button } from './buttons.js';
import { icons } from './icons.js';

/** For so long the button says that it has copied. */
const NOTE_TIME = 3000;

/**
 * A button that copies the page's address, in which the settings live. Where the browser does not
 * let it, the address is shown, selected, to be copied by hand.
 *
 * @param {() => void} onChange  it has to be drawn anew
 * @returns {() => unknown} its template
 */
export function createShareButton(onChange) {
  /** @type {'copied' | 'refused' | null} */
  let outcome = null;
  /** @type {import('lit/directives/ref.js').Ref<HTMLDialogElement>} */
  const dialog = createRef();

  const close = () => dialog.value?.close();

  /** @param {typeof outcome} now */
  function say(now) {
    outcome = now;
    onChange();
  }

  async function share() {
    if (await copyText(location.href)) {
      say('copied');
      setTimeout(() => outcome === 'copied' && say(null), NOTE_TIME);
    } else {
      say('refused');
      const shown = /** @type {HTMLDialogElement} */ (dialog.value);
      shown.showModal();
      const address = /** @type {HTMLInputElement} */ (shown.querySelector('input'));
      address.focus();
      address.select();
    }
  }

  const byHand = () => html`<dialog
    class="dialog"
    aria-labelledby="share-title"
    @close=${() => say(null)}
    ${ref(dialog)}
  >
    <div class="dialog-head">
      <h2 id="share-title">${t('share.byHand')}</h2>
      ${button({
        label: t('script.close'),
        icon: icons.close,
        iconOnly: true,
        kind: 'quiet',
        onClick: close,
      })}
    </div>
    <p class="dialog-text">${t('share.refused')}</p>
    <input
      class="input"
      readonly
      data-testid="share-address"
      aria-labelledby="share-title"
      .value=${location.href}
    />
  </dialog>`;

  return () =>
    html`${button({
      label: t(outcome === 'copied' ? 'share.copied' : 'share.copy'),
      title: t(outcome === 'copied' ? 'share.copied' : 'share.copy'),
      icon: outcome === 'copied' ? icons.check : icons.share,
      testid: 'share',
      kind: 'quiet',
      onClick: share,
    })}${outcome === 'refused' ? byHand() : nothing}`;
}
