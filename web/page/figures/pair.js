/** Two networks beside one another: the second's plane, and both in one chart. */
import { html, render } from 'lit';
import { segments } from '../controls/buttons.js';
import { checkbox } from '../controls/fields.js';
import { createJoinedCurves } from '../drawings/joined-curves.js';
import { make } from '../element.js';
import { formatNumber, formatPercent, t } from '../i18n.js';
import { onThemeChange } from '../theme.js';
import { formatLoss } from './losses.js';
import { createPlanePicture } from './plane-picture.js';
import './small-plane.css';
import './pair.css';

/**
 * @typedef {import('../../shared/protocol.js').Reply} Reply
 * @typedef {{train: number[], test: number[], steps: number[], seconds: number[]}} Run
 */

/** Numbers of a point: epoch, two losses, two accuracies, mini-batches, seconds. */
const WIDTH = 7;

/** @returns {Run} */
const newRun = () => ({ train: [], test: [], steps: [], seconds: [] });

export function createPairFigure() {
  const element = make('div', 'pair');
  const picture = createPlanePicture();
  const place = make('div', 'chart', { testid: 'pair-chart', role: 'img' });
  /** @type {'steps' | 'seconds'} */
  let along = 'steps';
  let log = false;
  const curves = createJoinedCurves(place, {
    xLabel: () => t(`playground:compare.${along}`),
    yLabel: () => t('playground:loss'),
  });
  const runs = [newRun(), newRun()];
  /** @type {(Record<string, any> | null)[]} */
  const heads = [null, null];
  let classes = 2;

  function draw() {
    render(
      html`<figure>
          <div
            class="small-plane"
            data-testid="second-map"
            role="img"
            aria-label=${t('playground:compare.map')}
          >${picture.layers()}</div>
          <figcaption>${t('playground:compare.map')}</figcaption>
        </figure>
        <figure>
          <table class="pair-numbers numbers" data-testid="pair-numbers">
            <tr><td></td>${['epoch', 'loss', classes === 0 ? 'explained' : 'accuracy'].map(
              (name) =>
                html`<th scope="col">${t(`playground:${name === 'loss' ? 'testLoss' : name}`)}</th>`,
            )}</tr>
            ${heads.map(
              (head, i) => html`<tr>
                <th scope="row"><span class="swatch swatch-${i === 0 ? 'train' : 'second'}" aria-hidden="true"></span>
                  ${t(`playground:compare.run${i + 1}`)}</th>
                <td>${head ? formatNumber(head.epoch) : '–'}</td>
                <td data-testid="pair-loss-${i + 1}" data-value=${head?.test_loss ?? ''}>${head ? formatLoss(head.test_loss) : '–'}</td>
                <td>${head ? (classes === 0 ? formatNumber(head.accuracy, { maximumFractionDigits: 3 }) : formatPercent(head.accuracy)) : '–'}</td>
              </tr>`,
            )}
          </table>
          ${place}
          <figcaption>
            ${t('playground:compare.chart')}
            <span class="chart-choices">
              ${segments({
                label: t('playground:compare.axis'),
                value: along,
                choices: /** @type {const} */ (['steps', 'seconds']).map((value) => ({
                  value,
                  label: t(`playground:compare.${value}`),
                })),
                onChange(next) {
                  along = next;
                  draw();
                  curves.relabel();
                },
                testid: 'pair-axis',
              })}
              ${checkbox({
                label: t('playground:chart.log'),
                testid: 'pair-log',
                checked: log,
                onChange(on) {
                  log = on;
                  curves.scale(log);
                },
              })}
            </span>
          </figcaption>
        </figure>`,
      element,
    );
    plot();
  }

  function plot() {
    const losses = heads.map((head) => formatLoss(head?.test_loss));
    place.setAttribute('aria-label', `${t('playground:compare.chart')} ${losses.join(' / ')}`);
    curves.show({
      curves: runs.flatMap((run, i) => {
        const colour = i === 0 ? '--ink' : '--negative-strong';
        const x = run[along];
        return [
          { label: `${i + 1}`, colour, x, y: run.train },
          { label: `${i + 1} test`, colour, x, y: run.test, dash: [5, 4] },
        ];
      }),
    });
  }

  onThemeChange(() => {
    picture.paintMap();
    picture.paintScene();
  });

  return {
    element,
    draw,
    /** @param {0 | 1} which @param {Reply} reply  of another run, or one gone back */
    begin(which, { head, arrays }) {
      runs[which] = newRun();
      heads[which] = head;
      if (which === 0) return;
      classes = head.classes ?? classes;
      const none = { x: [], y: [] };
      if (head.extent) {
        const outputs = head.layers.length - 1;
        picture.scene = { train: none, test: none, extent: head.extent, classes, outputs };
      }
      picture.take(arrays);
      if (arrays.map) picture.show(arrays.map, false);
      draw();
    },
    /** Every reply. @param {0 | 1} which @param {Reply} reply @param {boolean} whole  from the start */
    note(which, { head, arrays }, whole) {
      heads[which] = { ...heads[which], ...head };
      if (whole) runs[which] = newRun();
      const data = arrays.timed?.data ?? [];
      const run = runs[which];
      for (let row = 0; row + WIDTH <= data.length; row += WIDTH) {
        run.train.push(data[row + 1]);
        run.test.push(data[row + 2]);
        run.steps.push(data[row + 5]);
        run.seconds.push(data[row + 6]);
      }
    },
    /** In an animation frame. @param {Reply['arrays']} arrays  of the second @param {boolean} moving */
    show(arrays, moving) {
      picture.take(arrays);
      if (arrays.map) picture.show(arrays.map, moving);
      draw();
    },
  };
}
