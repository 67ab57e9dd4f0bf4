/**
 * The line under the header. While Python starts it names the step and counts the bytes; after
 * that it says what there is to do. Both texts share one place, so that nothing moves.
 */
import { html } from 'lit';
import { BOOT_STEPS } from '../shared/protocol.js';
import { formatMegabytes, t } from './i18n.js';

/**
 * @param {import('./session/engine.js').BootState} boot
 * @param {string} view
 * @param {unknown} [advice]  what it says instead of what there is to do
 */
export function bootStatus(boot, view, advice) {
  const { loaded, total, step } = summary(boot);
  const share = boot.state === 'ready' ? 1 : total ? loaded / total : 0;
  const text = sentence(boot, step, loaded, total);
  return html`<div class="status" data-state=${boot.state}>
    <div
      class="status-boot"
      data-testid="boot-progress"
      role="progressbar"
      aria-label=${t('boot.label')}
      aria-valuemin="0"
      aria-valuemax="100"
      aria-valuenow=${Math.round(share * 100)}
      aria-valuetext=${text}
      ?hidden=${boot.state === 'ready'}
    >
      <svg class="status-bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
        <rect width=${share * 100} height="1" />
      </svg>
      <p class="numbers">${text}</p>
    </div>
    <div class="status-ready" role="status" ?data-hidden=${boot.state !== 'ready'}>
      ${advice ?? t(`boot.todo.${view}`)}
    </div>
  </div>`;
}

/**
 * @param {import('./session/engine.js').BootState} boot
 * @param {string} step
 * @param {number} loaded
 * @param {number} total
 */
function sentence(boot, step, loaded, total) {
  if (boot.state === 'failed') return t('boot.failed');
  const text = t(`boot.${step}`, {
    loaded: formatMegabytes(loaded),
    total: formatMegabytes(total),
  });
  return boot.slow ? `${text} ${t('boot.slow')}` : text;
}

/** @param {import('./session/engine.js').BootState} boot */
function summary({ progress }) {
  let loaded = 0;
  let total = 0;
  for (const step of progress.values()) {
    loaded += step.loaded;
    total += step.total;
  }
  if (progress.size === 0) return { loaded, total, step: 'contact' };
  const unfinished = BOOT_STEPS.find((name) => {
    const step = progress.get(name);
    return step && step.loaded < step.total;
  });
  return { loaded, total, step: unfinished ?? 'start' };
}
