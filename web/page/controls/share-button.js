import { copyText } from '../clipboard.js';
import { t } from '../i18n.js';
import { button } from './buttons.js';
import { icons } from './icons.js';

/** For so long the button says that it has copied. */
const NOTE_TIME = 3000;

/**
 * A button that copies the page's address, in which the settings live.
 *
 * @param {() => void} onChange  it has to be drawn anew
 * @returns {() => unknown} its template
 */
export function createShareButton(onChange) {
  let copied = false;

  /** @param {boolean} done */
  function say(done) {
    copied = done;
    onChange();
  }

  async function share() {
    say(await copyText(location.href));
    setTimeout(() => say(false), NOTE_TIME);
  }

  return () =>
    button({
      label: t(copied ? 'share.copied' : 'share.copy'),
      icon: icons.share,
      testid: 'share',
      kind: 'quiet',
      onClick: share,
    });
}
