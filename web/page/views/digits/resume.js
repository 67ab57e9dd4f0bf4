// The training that another visit left, or a tab that was closed or crashed: it can go on.
import { html, nothing } from 'lit';
import { button } from '../../controls/buttons.js';
import { icons } from '../../controls/icons.js';
import { formatFixed, formatPercent, formatTime, t } from '../../i18n.js';
import { forgetRun, keptRun } from '../../session/kept-runs.js';

/** @typedef {import('../../session/kept-runs.js').KeptRun} KeptRun */

/**
 * @param {object} options
 * @param {(kept: KeptRun) => void} options.onResume
 * @param {() => void} options.onChange  there is something to offer, or no more
 */
export function createResumeOffer({ onResume, onChange }) {
  /** @type {KeptRun | null} */
  let kept = null;
  keptRun('digits').then((found) => {
    if (!found?.head?.step) return;
    kept = found;
    onChange();
  });

  return {
    /** @param {boolean} begun  another training is under way, and will take its place */
    shown(begun) {
      if (!kept || begun) return nothing;
      const { head, at } = kept;
      const accuracy = head.test_accuracy;
      return html`<div class="digits-resume" role="group" aria-label=${t('digits:resume.title')}>
        <p>
          ${t(`digits:resume.${accuracy === null ? 'from' : 'fromTested'}`, {
            time: formatTime(at),
            epoch: formatFixed(head.epoch, 1),
            accuracy: accuracy === null ? '' : formatPercent(accuracy, 1),
          })}
        </p>
        ${button({
          label: t('digits:resume.goOn'),
          icon: icons.play,
          testid: 'resume-run',
          onClick: () => {
            if (kept) onResume(kept);
            kept = null;
          },
        })}
        ${button({
          label: t('digits:resume.forget'),
          kind: 'quiet',
          testid: 'forget-run',
          onClick: () => {
            void forgetRun('digits');
            kept = null;
            onChange();
          },
        })}
      </div>`;
    },
  };
}
