// Cells of a confusion matrix that can be pressed: with a pointer, and by keys as a grid is walked.

/** @type {Record<string, [number, number]>} */
const ARROWS = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};

/**
 * One cell is a stop of the Tab key; the arrows lead to the others.
 *
 * @param {HTMLTableElement} table
 * @param {(row: number, column: number) => void} onPress
 */
export function pressableCells(table, onPress) {
  const rows = [...table.tBodies[0].rows].map((row) => [...row.querySelectorAll('td')]);
  table.setAttribute('role', 'grid');
  for (const cell of rows.flat()) cell.tabIndex = -1;
  rows[0][0].tabIndex = 0;
  const placeOf = (/** @type {EventTarget | null} */ target) => {
    const cell = target instanceof Element ? target.closest('td') : null;
    if (!cell) return null;
    const row = rows.findIndex((cells) => cells.includes(cell));
    return row < 0 ? null : { row, column: rows[row].indexOf(cell) };
  };

  table.addEventListener('click', ({ target }) => {
    const place = placeOf(target);
    if (place) onPress(place.row, place.column);
  });
  table.addEventListener('keydown', (event) => {
    const place = placeOf(event.target);
    if (!place) return;
    const arrow = ARROWS[event.key];
    if (arrow) {
      const next = rows[place.row + arrow[0]]?.[place.column + arrow[1]];
      if (!next) return;
      rows[place.row][place.column].tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
    } else if (event.key === 'Enter' || event.key === ' ') onPress(place.row, place.column);
    else return;
    event.preventDefault();
  });
}
