// The heart of the tab: the pad, the image that the network makes of a digit, the ten probabilities
// and the answer.
import { html, render } from 'lit';
import { createDrawingPad } from '../../controls/drawing-pad.js';
import { pictureFrom } from '../../controls/pad-picture.js';
import { createProbabilityBars } from '../../drawings/probability-bars.js';
import { paintEvidence, paintInk } from '../../drawings/raster.js';
import { onPaste } from '../../drops.js';
import { make } from '../../element.js';
import { onLanguageChange, t } from '../../i18n.js';
import { clothesName, hasClothes } from '../../session/clothes.js';
import { onThemeChange } from '../../theme.js';
import { answererChoice, answerOf, digitsOf, inputOf, notesOf, remarks } from './answer.js';
import { createAnswerer } from './answerer.js';
import { createEvidence } from './evidence.js';
import { padHead, padTools, padWords } from './pad-head.js';
import { createPreparing } from './preparing.js';
import { createRecogniser } from './recogniser.js';
import './reading.css';

/** @typedef {import('../../../shared/protocol.js').Reply} Reply */

const PIXELS = 28 * 28;
const BLANK = new Float32Array(PIXELS);

/**
 * @param {object} options
 * @param {import('../../session/engine.js').Engine} options.engine
 * @param {() => import('./session.js').Head | null} options.head
 * @param {() => boolean} options.hand  the person's hand has been learned
 * @param {() => void} options.onDrawn
 * @param {() => void} options.onRead  there is another image of what was drawn
 * @param {() => void} options.onOpen  a step is to be opened up
 * @param {() => void} options.onAnswerer  another network answers than before
 * @param {(error: unknown) => void} options.onError
 */
export function createPadPanel({
  engine,
  head,
  hand,
  onAnswerer,
  onDrawn,
  onRead,
  onOpen,
  onError,
}) {
  const element = make('section', 'digits-pad');
  element.setAttribute('aria-labelledby', 'digits-pad-title');
  const pad = createDrawingPad({
    onChange() {
      recogniser.drawn();
      onDrawn();
    },
  });
  const bars = createProbabilityBars();
  const input = make('canvas', 'network-input', { testid: 'network-input', role: 'img' });
  const answerer = createAnswerer({ engine, head, hand });

  /** @type {Reply | null} */
  let shown = null;
  let busy = false;
  let erasing = false;
  let threshold = 0;
  /** The digit that is looked at; null: the last one. @type {number | null} */
  let looked = null;

  const recogniser = createRecogniser({
    read: (content) => answerer.read(content),
    pad,
    show(reply, isBusy) {
      busy = isBusy;
      if (shown !== reply) {
        if (digitsOf(reply).length !== digitsOf(shown).length) looked = null;
        shown = reply;
        paint();
        onRead();
        void preparing.look();
      }
      update();
    },
    onError,
  });

  const preparing = createPreparing({ ask: (question) => answerer.read(question), pad });

  const place = () => looked ?? Math.max(0, digitsOf(shown).length - 1);

  /** @param {string} name of an array with a row for each digit @param {number} size of a row */
  function rowOf(name, size) {
    const data = digitsOf(shown).length ? shown?.arrays[name].data : undefined;
    return data?.subarray(place() * size, (place() + 1) * size) ?? null;
  }

  const probabilities = () => rowOf('probabilities', shown?.head.names.length ?? 0);

  const evidence = createEvidence({
    ask: (question) => answerer.read(question),
    onChange() {
      paint();
      update();
    },
  });
  function paint() {
    const seen = rowOf('images', PIXELS);
    void evidence.follow(shown, place(), seen);
    if (seen && evidence.speaks) paintEvidence(input, evidence.speaks, seen, 28);
    else paintInk(input, seen ?? BLANK, 28, 28);
    bars.paint(shown?.head.names, probabilities());
    pad.annotate(notesOf(digitsOf(shown)));
  }

  function update() {
    const digits = digitsOf(shown);
    const own = answerer.present === 'own';
    const clothes = own && hasClothes(head());
    preparing.element.hidden = clothes;
    render(
      html`${padHead({
        canUndo: pad.canUndo(),
        onPhoto: showPicture,
        onUndo: () => pad.undo(),
        onClear: () => pad.clear(),
      })}
        ${pad.element}
        ${padTools({
          pad,
          erasing,
          onTool(next) {
            erasing = next;
            update();
          },
        })}
        <div class="seen">
          ${inputOf({
            image: input,
            coloured: evidence.wanted,
            onColour: () => evidence.toggle(),
            ready: digits.length > 0 || head() !== null,
            onOpen,
          })}
          <div class="seen-answer">
            <div class="seen-head">
              <span class="seen-label" id="answer-label">${t('digits:pad.answer')}</span>
              ${answererChoice({
                present: answerer.present,
                all: answerer.all,
                onChange: choose,
              })}
            </div>
            ${answerOf({
              digits,
              text: shown?.head.text ?? '',
              looked: place(),
              busy,
              onLook(index) {
                looked = index;
                paint();
                update();
              },
            })}
            ${remarks({
              digits,
              stray: shown?.head.stray.length ?? 0,
              blank: pad.blank(),
              unknown: Math.max(0, ...(probabilities() ?? [1])) < threshold,
              guess: own && !answerer.learned(),
              signs: answerer.present === 'hand',
              word: clothes && digits.length ? clothesName(digits[0].name) : '',
            })}
          </div>
        </div>
        <figure>
          ${bars.element}
          <figcaption>
            <b>${t('digits:pad.figure')}.</b> ${t(`digits:${clothes ? 'clothes' : 'pad'}.caption`)}
          </figcaption>
        </figure>
        ${preparing.element}`,
      element,
    );
  }

  /** @param {Blob} file  a photo of digits */
  async function showPicture(file) {
    try {
      pad.show(await pictureFrom(file));
    } catch (error) {
      onError(error);
    }
  }

  /** @param {import('./answerer.js').Answerer} next */
  function choose(next) {
    answerer.choose(next);
    recogniser.renewed();
    update();
    onAnswerer();
  }

  function relabel() {
    pad.relabel(padWords());
    bars.relabel({
      group: t('digits:pad.probabilities'),
      bar: (digit) => t('digits:pad.probability', { digit }),
    });
    input.setAttribute('aria-label', t('digits:pad.inputLabel'));
    preparing.draw();
    update();
  }

  onPaste((event) => {
    const file = [...(event.clipboardData?.files ?? [])].find(({ type }) => /^image\//.test(type));
    if (!file || element.closest('[hidden]')) return;
    event.preventDefault();
    void showPicture(file);
  });
  onLanguageChange(relabel);
  onThemeChange(() => {
    pad.repaint();
    preparing.paint();
    paint();
  });
  paint();
  relabel();

  return {
    element,
    update,
    recogniser,
    showPicture,
    /** @param {number} least  certainty of an answer that counts, 0 to 1 */
    setThreshold(least) {
      threshold = least;
      update();
    },
    /** The own network answers again as soon as it has learned something. */
    forgetChoice: () => answerer.choose(null),
    choose,
    /** The digit that is looked at, as the network sees it. */
    drawn() {
      const image = rowOf('images', PIXELS);
      return image && { image, answer: digitsOf(shown)[place()].answer };
    },
    /** Of which there are tests on MNIST's images. */
    measured: () => answerer.measured,
    drawing: pad,
  };
}
