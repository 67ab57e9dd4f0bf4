/** Many runs at once: a small map of each, and all curves in one chart, or a band of them. */
import { html, nothing, render } from 'lit';
import { checkbox } from '../controls/fields.js';
import { optionLabel } from '../controls/labels.js';
import { paintField } from '../drawings/decision-map.js';
import { createJoinedCurves } from '../drawings/joined-curves.js';
import { make } from '../element.js';
import { formatNumber, t } from '../i18n.js';
import { onThemeChange } from '../theme.js';
import { formatLoss } from './losses.js';
import { bandOf } from './runs-band.js';
import './runs.css';

/**
 * @typedef {import('../../shared/protocol.js').Reply} Reply
 * @typedef {{epochs: number[], train: number[], test: number[]}} Run
 */

/** Numbers of a point: the run, its epoch, losses, accuracies. */
const WIDTH = 6;
/** More curves than these cannot be told apart. */
const MOST_CURVES = 6;
const COLOURS = [
  '--ink',
  '--accent',
  '--negative-strong',
  '--class-2-strong',
  '--class-3-strong',
  '--muted',
];

export function createRunsFigure() {
  const element = make('div', 'runs');
  const place = make('div', 'chart', { testid: 'runs-chart', role: 'img' });
  const curves = createJoinedCurves(place, {
    xLabel: () => t('playground:epoch'),
    yLabel: () => t('playground:testLoss'),
  });
  /** @type {Run[]} */
  let runs = [];
  /** What Python tells of each. @type {Record<string, any>[]} */
  let told = [];
  /** @type {string[]} */
  let values = [];
  let vary = 'seed';
  let log = false;
  /** @type {Reply['arrays']} */
  let arrays = {};
  let scheduled = false;

  /** How it is written below its map. @param {number} i */
  const nameOf = (i) => optionLabel(vary, values[i]);

  function draw() {
    if (runs.length === 0) {
      render(nothing, element);
      return;
    }
    const band = runs.length > MOST_CURVES;
    render(
      html`<div class="runs-maps">
          ${runs.map(
            (_, i) => html`<figure>
              <canvas class="runs-map" data-testid="run-map"></canvas>
              <figcaption class="numbers">
                ${band ? nothing : html`<i class="runs-mark run-${i}" aria-hidden="true"></i>`}
                <span>${nameOf(i)}</span>
                <span data-testid="run-loss" data-value=${told[i]?.test_loss ?? ''}>${
                  told[i]?.status === 'diverged'
                    ? t('playground:sweep.diverged')
                    : formatLoss(told[i]?.test_loss)
                }</span>
              </figcaption>
            </figure>`,
          )}
        </div>
        <figure>
          ${place}
          <figcaption>
            ${t(`playground:sweep.${band ? 'band' : 'curves'}`, { count: formatNumber(runs.length) })}
            <span class="chart-choices">${checkbox({
              label: t('playground:chart.log'),
              testid: 'runs-log',
              checked: log,
              onChange(on) {
                log = on;
                curves.scale(log);
              },
            })}</span>
          </figcaption>
        </figure>`,
      element,
    );
    const losses = told.map(({ test_loss: loss }) => formatLoss(loss));
    place.setAttribute('aria-label', `${t('playground:testLoss')}: ${losses.join(', ')}`);
    paint();
    plot(band);
  }

  function paint() {
    for (const [i, canvas] of element.querySelectorAll('canvas.runs-map').entries()) {
      const map = arrays[`maps/${i}`];
      if (map) paintField(/** @type {HTMLCanvasElement} */ (canvas), map);
    }
  }

  /** @param {boolean} band */
  function plot(band) {
    if (band) return curves.show(bandOf(runs));
    curves.show({
      curves: runs.map(({ epochs, test }, i) => ({
        label: values[i],
        colour: COLOURS[i % COLOURS.length],
        x: epochs,
        y: test,
      })),
    });
  }

  function drawSoon() {
    if (scheduled) return;
    scheduled = true;
    requestAnimationFrame(() => {
      scheduled = false;
      draw();
    });
  }

  /** @param {Reply} reply */
  function take({ head, arrays: next }) {
    told = head.runs;
    arrays = next;
    const { data } = next.curves;
    for (let row = 0; row + WIDTH <= data.length; row += WIDTH) {
      const run = runs[data[row]];
      run.epochs.push(data[row + 1]);
      run.train.push(data[row + 2]);
      run.test.push(data[row + 3]);
    }
    drawSoon();
  }

  onThemeChange(paint);

  return {
    element,
    draw,
    get any() {
      return runs.length > 0;
    },
    /** @param {Reply} reply  the first of a sweep @param {string} name  of what is varied */
    begin(reply, name) {
      vary = name;
      ({ values } = reply.head);
      runs = values.map(() => ({ epochs: [], train: [], test: [] }));
      take(reply);
    },
    note: take,
  };
}
