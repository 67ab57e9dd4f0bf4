/** The frame around the views: the row at the top with the tabs, the one message box, the credits. */
import { html, nothing } from 'lit';
import { button } from './controls/buttons.js';
import { icons } from './controls/icons.js';
import { language, setLanguage, t } from './i18n.js';
import { explain } from './message.js';
import { formatRoute } from './router.js';
import { isLarge, toggleTextSize } from './text-size.js';
import { theme, toggleTheme } from './theme.js';

/** @typedef {import('./app.js').View} View */

/**
 * @param {string} current
 * @param {Record<string, View>} views
 */
export function topRow(current, views) {
  const dark = theme() === 'dark';
  return html`<div class="header">
    <h1 class="wordmark">pynn</h1>
    <nav aria-label=${t('tabs.label')}>
      ${Object.entries(views).map(
        ([name, view]) => html`<a
          href=${formatRoute(name, view.query())}
          data-testid="tab-${name}"
          aria-current=${name === current ? 'page' : nothing}
        >${t(`tabs.${name}`)}</a>`,
      )}
    </nav>
    <div class="header-actions">
      ${button({
        label: t('projector'),
        testid: 'projector',
        icon: icons.large,
        iconOnly: true,
        kind: 'quiet',
        pressed: isLarge(),
        onClick: toggleTextSize,
      })}
      <button
        type="button"
        class="button button-quiet"
        data-testid="language"
        lang=${language() === 'zh' ? 'en' : 'zh-CN'}
        @click=${() => setLanguage(language() === 'zh' ? 'en' : 'zh')}
      >${language() === 'zh' ? 'English' : '中文'}</button>
      ${button({
        label: t(dark ? 'theme.toLight' : 'theme.toDark'),
        testid: 'theme',
        icon: icons.theme,
        iconOnly: true,
        kind: 'quiet',
        onClick: toggleTheme,
      })}
    </div>
  </div>`;
}

/**
 * @param {unknown[]} errors
 * @param {(() => void) | null} retry
 * @param {() => void} dismiss
 */
export function messageBox(errors, retry, dismiss) {
  return html`<div class="message" role="alert" data-testid="error" ?hidden=${errors.length === 0}>
    <div class="message-text">
      ${errors.map((error) => {
        const { text, details } = explain(error);
        return html`<p>${text}</p>
          ${
            details
              ? html`<details><summary>${t('message.details')}</summary><pre tabindex="0">${details}</pre></details>`
              : nothing
          }`;
      })}
    </div>
    ${
      retry
        ? button({ label: t('boot.retry'), testid: 'retry', kind: 'primary', onClick: retry })
        : button({
            label: t('message.dismiss'),
            icon: icons.close,
            iconOnly: true,
            kind: 'quiet',
            onClick: dismiss,
          })
    }
  </div>`;
}

/** @param {import('./session/engine.js').BootState['versions']} [versions]  once Python is there */
export function credits(versions = { python: '3.14', numpy: '2.4', pynn: '', pyodide: '' }) {
  const docs = language() === 'zh' ? './docs/zh/index.html' : './docs/index.html';
  return html`<footer class="credits">
    <p><a href=${docs} data-testid="docs">${t('credits.docs')}</a></p>
    <p>${t('credits.private')} ${t('credits.versions', versions)}</p>
    <p>${t('credits.mnist')}</p>
  </footer>`;
}
