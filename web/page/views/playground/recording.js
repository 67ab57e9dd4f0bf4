/**
 * What the playground shows while Python takes its time: a recorded run of the network that will be
 * there, said to be a recording. It is fetched only where the wait is long, and ends when the
 * network lives.
 */
import { html, nothing, render } from 'lit';
import { button } from '../../controls/buttons.js';
import { icons } from '../../controls/icons.js';
import { make } from '../../element.js';
import { isEmbedded } from '../../embed.js';
import { t } from '../../i18n.js';
import { fetchRecording, frameAt, readFrames } from '../../recorded-run.js';
import './recording.css';

/** Milliseconds after the navigation: a start that is quicker needs no recording. */
const PATIENCE = 1000;
/** Milliseconds: of one run, of the look at its end, and of one picture. */
const RUN = 7000;
const REST = 2500;
const PICTURE = 40;

/**
 * @param {object} options
 * @param {import('../../session/engine.js').Engine} options.engine
 * @param {ReturnType<typeof import('../../figures/figure.js').together>} options.figures
 * @param {Element} options.diagram  of the network
 */
export function createRecording({ engine, figures, diagram }) {
  const element = make('div', 'recording');
  const label = make('p', 'recording-label');
  /** Counts starts and stops: what was begun for an older one comes too late. */
  let turn = 0;
  /** @type {import('../../../shared/protocol.js').Reply[]} */
  let frames = [];
  let playing = false;
  /** Of the run and the rest after it that have been shown, in milliseconds. */
  let shown = 0;
  let over = false;

  async function start() {
    stop();
    // A frame in another page leaves that page its time.
    if (over || isEmbedded()) return;
    const mine = turn;
    // A page that nobody looks at draws nothing, and fetches nothing for it.
    await new Promise(requestAnimationFrame);
    await new Promise((resolve) => setTimeout(resolve, PATIENCE - performance.now()));
    if (mine !== turn || isNear(engine.state)) return;
    // The page is the same without it: nobody is told that it did not come.
    const recording = await fetchRecording(document.baseURI).catch(() => null);
    if (mine !== turn || !recording) return;
    frames = readFrames(recording);
    figures.begin({ head: frames[0].head, arrays: { ...frames[0].arrays, ...points(recording) } });
    reach(false);
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) shown = RUN;
    else play();
    drawPicture();
    draw();
  }

  function play() {
    const mine = turn;
    let last = performance.now();
    playing = true;
    requestAnimationFrame(function next(now) {
      if (mine !== turn || !playing) return;
      if (now - last >= PICTURE) {
        // After a while in the background it goes on where it was.
        shown = (shown + Math.min(now - last, 4 * PICTURE)) % (RUN + REST);
        last = now;
        drawPicture();
      }
      requestAnimationFrame(next);
    });
  }

  function drawPicture() {
    const { arrays, head } = frameAt(frames, shown / RUN);
    figures.update(arrays, head);
  }

  function stop() {
    turn += 1;
    if (frames.length === 0) return;
    frames = [];
    playing = false;
    shown = 0;
    figures.clear();
    reach(true);
    draw();
  }

  /** Whether the diagram can be used: what is recorded has no numbers and takes no changes. */
  function reach(/** @type {boolean} */ on) {
    for (const part of diagram.querySelectorAll('.network-heads, .network-stage')) {
      /** @type {HTMLElement} */ (part).inert = !on;
    }
    if (on) label.remove();
    else diagram.querySelector('.network-stage')?.append(label);
  }

  function draw() {
    label.textContent = t('playground:recording.name');
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const toggle = () => {
      if (playing) playing = false;
      else play();
      draw();
    };
    render(
      frames.length === 0
        ? nothing
        : html`<p data-testid="recording">
            <span>${t(`playground:recording.${still ? 'still' : 'text'}`)}</span>
            ${
              still
                ? nothing
                : button({
                    label: t(`playground:recording.${playing ? 'pause' : 'resume'}`),
                    icon: playing ? icons.pause : icons.play,
                    iconOnly: true,
                    kind: 'quiet',
                    testid: 'recording-toggle',
                    onClick: toggle,
                  })
            }
          </p>`,
      element,
    );
  }

  return {
    element,
    start,
    stop,
    draw,
    /** The network lives; when its worker ends, its last picture stays until it lives again. */
    end() {
      over = true;
      stop();
    },
  };
}

/**
 * Whether nothing is left to wait for but a moment.
 *
 * @param {import('../../session/engine.js').BootState} boot
 */
function isNear({ state, progress }) {
  const steps = [...progress.values()];
  const here = steps.length > 0 && steps.every(({ loaded, total }) => loaded >= total);
  return state !== 'booting' || here;
}

/**
 * Those that are learned, which here test as well.
 *
 * @param {import('../../recorded-run.js').Recording} recording
 * @returns {import('../../../shared/protocol.js').Reply['arrays']}
 */
function points({ points: { x, y } }) {
  const [places, classes] = [x, y].map((numbers) => ({
    data: Float32Array.from(numbers),
    shape: [numbers.length],
  }));
  return { train_x: places, train_y: classes, test_x: places, test_y: classes };
}
