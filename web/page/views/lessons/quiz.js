// A question to be answered before the next code is run: the first answer counts.
import { html, nothing, render } from 'lit';
import { button } from '../../controls/buttons.js';
import { make } from '../../element.js';
import { t } from '../../i18n.js';
import { fromMarkdown } from './markdown.js';

/**
 * @param {object} options
 * @param {{question: string, answers: [string, boolean][], why: string}} options.step
 * @param {string} options.id  unique in the document
 * @param {import('../../session/kept-progress.js').StepDone | undefined} options.done
 * @param {(answer: number, right: boolean) => void} options.onAnswer
 */
export function createQuiz({ step, id, done, onAnswer }) {
  const element = make('form', 'lesson-quiz', { testid: 'lesson-quiz' });
  const question = make('div', 'quiz-question');
  question.id = `${id}-question`;
  question.append(fromMarkdown(step.question));
  const why = make('div', 'quiz-why');
  why.append(fromMarkdown(step.why));
  const answers = step.answers.map(([text]) => fromMarkdown(text));
  let chosen = done?.answer ?? -1;
  let given = done?.answer ?? -1;

  element.addEventListener('submit', (event) => {
    event.preventDefault();
    give();
  });

  function give() {
    if (chosen < 0) return;
    const first = given < 0;
    given = chosen;
    if (first) onAnswer(given, step.answers[given][1]);
    draw();
  }

  function draw() {
    const right = given >= 0 && step.answers[given][1];
    render(
      html`<fieldset aria-labelledby=${question.id}>
          ${question}
          ${step.answers.map(
            ([, isRight], index) => html`<label
              class="quiz-answer"
              data-state=${given !== index ? nothing : isRight ? 'right' : 'wrong'}
              ><input
                type="radio"
                name=${id}
                .checked=${chosen === index}
                @change=${() => {
                  chosen = index;
                }}
              /><span>${answers[index]}</span></label>`,
          )}
        </fieldset>
        <div class="quiz-end" role="status">
          ${button({ label: t('lessons:quiz.answer'), testid: 'quiz-answer', onClick: give })}
          ${given >= 0 ? html`<b data-testid="quiz-result" data-right=${String(right)}>${t(right ? 'lessons:quiz.right' : 'lessons:quiz.wrong')}</b>` : nothing}
        </div>
        ${right ? why : nothing}`,
      element,
    );
  }

  draw();
  return { element, draw };
}
