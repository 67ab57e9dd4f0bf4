/**
 * Text that a program writes, in blocks between its pictures. Only so many lines stay: the oldest
 * make room, and are counted.
 */
import { make } from '../element.js';

const MOST_LINES = 3_000;

/** @typedef {ReturnType<typeof createTextLog>} TextLog */

export function createTextLog() {
  /** Pieces that are on the screen, the oldest first. @type {{node: Text, lines: number}[]} */
  let pieces = [];
  let lines = 0;
  let left = 0;
  /** @type {HTMLElement | null} */
  let block = null;
  let stream = '';
  /** The line that is not over yet. @type {Text | null} */
  let tail = null;

  /** @param {HTMLElement} parent @param {string} name */
  function open(parent, name) {
    block = make('pre', 'console-text');
    block.dataset.stream = name;
    stream = name;
    tail = null;
    parent.append(block);
    return block;
  }

  function trim() {
    while (lines > MOST_LINES && pieces.length > 1) {
      const oldest = /** @type {{node: Text, lines: number}} */ (pieces.shift());
      const parent = oldest.node.parentElement;
      oldest.node.remove();
      if (parent && parent !== block && !parent.firstChild) parent.remove();
      lines -= oldest.lines;
      left += oldest.lines;
    }
  }

  return {
    /** Lines that are no longer there. */
    get left() {
      return left;
    },
    /**
     * @param {HTMLElement} parent
     * @param {string} name  "out" or "err"
     * @param {string} text
     */
    add(parent, name, text) {
      const place = block && stream === name && block.parentElement ? block : open(parent, name);
      const whole = rewritten((tail?.data ?? '') + text);
      tail?.remove();
      const end = whole.lastIndexOf('\n') + 1;
      tail = null;
      if (end > 0) {
        const node = new Text(whole.slice(0, end));
        const count = node.data.split('\n').length - 1;
        place.append(node);
        pieces.push({ node, lines: count });
        lines += count;
      }
      if (end < whole.length) {
        tail = new Text(whole.slice(end));
        place.append(tail);
      }
      trim();
    },
    /** What comes next stands behind what was put there meanwhile. */
    close() {
      block = null;
      tail = null;
    },
    /** @param {number} count  that never arrived */
    lose(count) {
      left += count;
    },
    clear() {
      pieces = [];
      lines = 0;
      left = 0;
      block = null;
      tail = null;
    },
  };
}

/** A carriage return goes back to the line's beginning, as on a terminal. @param {string} text */
function rewritten(text) {
  if (!text.includes('\r')) return text;
  return text
    .replaceAll('\r\n', '\n')
    .split('\n')
    .map((line) => line.slice(line.lastIndexOf('\r', line.length - 2) + 1))
    .join('\n');
}
