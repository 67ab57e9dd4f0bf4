/**
 * A person's own points: painted on the plane, or read from a CSV file that was chosen, dropped or
 * pasted; and saved as one.
 */
import { fault } from '../../../shared/protocol.js';
import { optionLabel } from '../../controls/labels.js';
import { saveFile } from '../../files.js';
import { formatNumber, t } from '../../i18n.js';
import { pointsText } from '../../session/points-text.js';

/**
 * @typedef {import('../../session/settings.js').Values} Values
 * @typedef {import('../../session/points-text.js').OwnPoint} OwnPoint
 */

const OWN = 'own';
/** Characters: more are not the points of a plane. */
const LONGEST = 1_000_000;

/**
 * @param {object} options
 * @param {() => ReturnType<typeof import('./session.js').createSession>} options.session
 * @param {(settings: Values) => Promise<void>} options.change
 * @param {(empty: boolean) => void} options.paint  they can be painted now
 * @param {(news: string) => void} options.tell
 * @param {(error: unknown) => void} options.onError
 */
export function createOwnPoints({ session, change, paint, tell, onError }) {
  /** Those of before, while another set is looked at. */
  let kept = '';

  const isOwn = () => session().values.dataset === OWN;

  /** @param {string} text */
  async function load(text) {
    try {
      if (text.length > LONGEST) {
        throw fault('FileError', 'too_large', {}, 'The file is too large.');
      }
      const { head } = await session().call('read_csv', { csv: text });
      kept = head.points;
      await change({ dataset: OWN, points: kept });
      paint(false);
      const labels = head.labels.map((/** @type {string} */ label, /** @type {number} */ i) =>
        t('playground:paint.labelled', { label, number: i + 1 }),
      );
      const told = t('playground:paint.loaded', {
        count: formatNumber(head.count),
        labels: labels.join(t('playground:paint.and')),
      });
      tell(head.scaled ? `${told} ${t('playground:paint.scaled')}` : told);
    } catch (error) {
      onError(error);
    }
  }

  return {
    /** The first that is painted trains and tests alike: none is to vanish. @param {OwnPoint[]} points */
    painted(points) {
      tell('');
      kept = pointsText(points);
      if (points.length === 0) return;
      change({ dataset: OWN, points: kept, ...(isOwn() ? {} : { train_share: '1' }) });
    },
    /** Those of before, or an empty plane. */
    async choose() {
      if (!isOwn() && kept) await change({ dataset: OWN, points: kept, train_share: '1' });
      paint(!isOwn());
    },
    /**
     * What the person changes of the settings, and what follows for the share that trains.
     *
     * @param {Values} settings
     * @returns {Values}
     */
    leaving(settings) {
      const { table, values } = session();
      const leaves = isOwn() && settings.dataset && settings.dataset !== OWN;
      if (!leaves) return settings;
      kept = String(values.points);
      const usual = table.find(({ name }) => name === 'train_share')?.default;
      return Number(values.train_share) === 1
        ? { ...settings, points: '', train_share: String(usual) }
        : { ...settings, points: '' };
    },
    /** @param {File} file */
    async take(file) {
      if (!/\.(csv|tsv|txt)$/i.test(file.name) && file.type !== 'text/csv') {
        return onError(fault('FileError', 'kind', {}, 'This is no file of points.'));
      }
      const text =
        file.size > LONGEST ? ' '.repeat(LONGEST + 1) : await file.text().catch(() => null);
      if (text !== null) return load(text);
      onError(fault('FileError', 'unreadable', {}, 'The file cannot be read.'));
    },
    /** @param {ClipboardEvent} event  outside of any field */
    paste(event) {
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (!/[\n\r]/.test(text.trim())) return;
      event.preventDefault();
      load(text);
    },
    async save() {
      try {
        const { blob } = await session().call('write_csv');
        const name = optionLabel('dataset', String(session().values.dataset));
        if (blob) saveFile(`${name}.csv`, blob, 'text/csv');
      } catch (error) {
        onError(error);
      }
    },
  };
}
