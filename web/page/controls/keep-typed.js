/**
 * A text field's value that leaves what is being typed alone: a page that is drawn anew while a
 * network trains would otherwise take it away again.
 */
import { noChange } from 'lit';
import { Directive, directive } from 'lit/directive.js';

class KeepTyped extends Directive {
  /** What the field was last given. @type {string | undefined} */
  given;

  /**
   * @param {string} value
   * @param {boolean} [moves]  it changes by itself all the time, and waits for the field to be left
   */
  // biome-ignore lint/correctness/noUnusedFunctionParameters: lit passes it on to `update`
  render(value, moves) {
    return value;
  }

  /**
   * @override
   * @param {import('lit/directive.js').PropertyPart} part
   * @param {[string, boolean?]} values
   */
  update(part, [value, moves]) {
    const field = /** @type {HTMLInputElement} */ (part.element);
    const typing = (moves || value === this.given) && field.matches(':focus');
    this.given = value;
    // As `live` does it: the field itself is asked, for the person may have changed it.
    if (typing || field.value === value) return noChange;
    field.value = value;
    return noChange;
  }
}

export const keepTyped = directive(KeepTyped);
