/**
 * A text field's value that leaves what is being typed alone: a page that is drawn anew while a
 * network trains would otherwise take it away again.
 */
import { noChange } from 'lit';
import { Directive, directive } from 'lit/directive.js';

class KeepTyped extends Directive {
  /** What the field was last given. @type {string | undefined} */
  given;

  /** @param {string} value */
  render(value) {
    return value;
  }

  /**
   * @override
   * @param {import('lit/directive.js').PropertyPart} part
   * @param {[string]} values
   */
  update(part, [value]) {
    const field = /** @type {HTMLInputElement} */ (part.element);
    const typing = value === this.given && field.matches(':focus');
    this.given = value;
    // As `live` does it: the field itself is asked, for the person may have changed it.
    if (typing || field.value === value) return noChange;
    field.value = value;
    return noChange;
  }
}

export const keepTyped = directive(KeepTyped);
