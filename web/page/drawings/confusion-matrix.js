// What the network takes for what: a table of counts, a row for each true class, a column for each
// answer. Right answers keep to the background in the positive colour; mistakes stand out.

export const DIGITS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

/**
 * Makes the empty table; relabelConfusion() gives it its words.
 * @param {string[]} classes  a sign for each
 * @param {string} [testid]
 * @returns {HTMLTableElement}
 */
export function createConfusionMatrix(classes, testid = 'confusion-matrix') {
  const table = document.createElement('table');
  table.className = 'confusion';
  table.dataset.testid = testid;
  table.dataset.filled = 'false';
  const caption = table.createCaption();
  caption.className = 'visually-hidden';
  for (const name of [
    'confusion-side',
    'confusion-digit',
    ...classes.map(() => 'confusion-count'),
  ]) {
    table.appendChild(document.createElement('col')).className = name;
  }
  const head = table.createTHead();
  const names = head.insertRow();
  const corner = names.insertCell();
  corner.colSpan = 2;
  corner.rowSpan = 2;
  names.append(axis('confusion-top', { colSpan: classes.length }));
  const answers = head.insertRow();
  for (const sign of classes) answers.append(heading('col', sign));
  const body = table.createTBody();
  for (const [i, sign] of classes.entries()) {
    const row = body.insertRow();
    if (i === 0) row.append(axis('confusion-side', { rowSpan: classes.length }));
    row.append(heading('row', sign));
    for (const answer of classes) {
      const cell = row.insertCell();
      cell.className = answer === sign ? 'confusion-right' : 'confusion-wrong';
    }
  }
  return table;
}

/**
 * @param {HTMLTableElement} table
 * @param {{caption: string, truth: string, answer: string}} words
 */
export function relabelConfusion(table, { caption, truth, answer }) {
  const name = (/** @type {string} */ part, /** @type {string} */ text) => {
    const place = table.querySelector(part);
    if (place) place.textContent = text;
  };
  name('caption', caption);
  name('th.confusion-side > span', truth);
  name('th.confusion-top > span', answer);
}

/**
 * @param {HTMLTableElement} table
 * @param {ArrayLike<number> | null} counts a number for each cell, row by row; null empties the table
 */
export function paintConfusion(table, counts) {
  table.dataset.filled = String(counts !== null);
  const cells = /** @type {NodeListOf<HTMLElement>} */ (table.querySelectorAll('tbody td'));
  const side = table.tBodies[0].rows.length;
  for (let row = 0; row < side; row += 1) {
    let total = 0;
    for (let column = 0; counts && column < side; column += 1) total += counts[side * row + column];
    for (let column = 0; column < side; column += 1) {
      const cell = cells[side * row + column];
      const count = counts ? counts[side * row + column] : 0;
      const text = counts ? String(count) : '';
      // A new text is laid out, even when it is the same as the old one.
      if (cell.textContent !== text) cell.textContent = text;
      cell.dataset.zero = String(count === 0);
      cell.style.setProperty('--strength', strength(count, total, row === column));
    }
  }
}

/**
 * How strongly a cell is coloured, 0 … 1. A mistake made for one in twelve of a digit's images is as
 * strong as it gets; the root lets also the rare ones be seen.
 * @param {number} count
 * @param {number} total of the row
 * @param {boolean} right
 */
function strength(count, total, right) {
  if (total === 0 || count === 0) return '0';
  const share = count / total;
  return (right ? share * share : Math.min(1, Math.sqrt(12 * share))).toFixed(3);
}

/**
 * @param {'row' | 'col'} scope
 * @param {string} sign
 */
function heading(scope, sign) {
  const cell = document.createElement('th');
  cell.scope = scope;
  cell.className = 'confusion-digit';
  cell.textContent = sign;
  return cell;
}

/**
 * The name of all rows, or of all columns.
 * @param {string} className
 * @param {{rowSpan?: number, colSpan?: number}} span
 */
function axis(className, span) {
  const cell = Object.assign(document.createElement('th'), span);
  cell.scope = span.rowSpan ? 'rowgroup' : 'colgroup';
  cell.className = className;
  cell.append(document.createElement('span'));
  return cell;
}
