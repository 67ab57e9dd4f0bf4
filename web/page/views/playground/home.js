/** What is taken home of a run, as files of the usual kinds; and a run that is brought back. */
import { createMenu } from '../../controls/menu.js';
import { planeSVG, svgAsPNG } from '../../drawings/plane-svg.js';
import { lossTexts } from '../../figures/losses.js';
import { bytesOf, saveFile } from '../../files.js';
import { t } from '../../i18n.js';

/** @typedef {import('../../../shared/protocol.js').Reply} Reply */

const NPZ = 'application/zip';

/**
 * @param {object} options
 * @param {() => ReturnType<typeof import('./session.js').createSession>} options.session
 * @param {() => Reply | null} options.frame  that is shown
 * @param {() => import('../../figures/plane-picture.js').Seen} options.plane
 * @param {() => void} options.onPoints  into a file
 * @param {(bytes: Uint8Array) => Promise<void>} options.onRun  a run was brought
 * @param {() => void} options.onEmbed
 * @param {() => void} options.onLesson
 * @param {(error: unknown) => void} options.onError
 */
export function createHome({ session, frame, plane, onPoints, onRun, onEmbed, onLesson, onError }) {
  const menu = createMenu('take-home');

  /** What is inside, for a name among other files. */
  function name() {
    const { dataset } = session().settings;
    return `${dataset}-epoch-${frame()?.head.epoch ?? 0}`;
  }

  /** @param {string} method @param {string} ending @param {string} type */
  const saveBlob = (method, ending, type) => async () => {
    const { blob } = await session().call(method);
    if (blob) saveFile(`${name()}${ending}`, blob, type);
  };

  async function saveNotebook() {
    const { head } = await session().call('notebook');
    const page = new URL('.', document.baseURI).href;
    const text = head.notebook.replaceAll('ADDRESS-OF-THE-PAGE/', page);
    saveFile(`${name()}.ipynb`, text, 'application/x-ipynb+json');
  }

  function drawing() {
    const head = frame()?.head ?? {};
    return planeSVG({
      ...plane(),
      caption: t('playground:home.caption', lossTexts(/** @type {any} */ (head))),
    });
  }

  const saveSVG = async () => saveFile(`${name()}.svg`, drawing(), 'image/svg+xml');
  const savePNG = async () => saveFile(`${name()}.png`, await svgAsPNG(drawing()), 'image/png');

  /** @param {File} file */
  async function bring(file) {
    try {
      await onRun(await bytesOf(file));
    } catch (error) {
      onError(error);
    }
  }

  /** @param {string} key @param {() => Promise<void>} act */
  const item = (key, act) => ({
    label: t(`playground:home.${key}`),
    testid: `home-${key}`,
    onClick: () => act().catch(onError),
  });

  return {
    bring,
    notebook: () => saveNotebook().catch(onError),
    button: () =>
      menu({
        label: t('playground:home.title'),
        disabled: frame() === null,
        items: () => [
          item('notebook', saveNotebook),
          item('model', saveBlob('model', '.npz', NPZ)),
          item('curves', saveBlob('curves', '-curves.csv', 'text/csv')),
          item('points', async () => onPoints()),
          item('png', savePNG),
          item('svg', saveSVG),
          null,
          item('lesson', async () => onLesson()),
          item('embed', async () => onEmbed()),
          null,
          item('run', saveBlob('keep', '-run.npz', NPZ)),
          {
            label: t('playground:home.bring'),
            testid: 'home-bring',
            file: { accept: '.npz', onFile: bring },
          },
        ],
      }),
  };
}
