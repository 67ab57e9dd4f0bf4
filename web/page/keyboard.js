/**
 * The space key plays and pauses, wherever it has no meaning of its own.
 *
 * @param {() => boolean} toggle  false: it was not for us
 */
export function onSpace(toggle) {
  addEventListener('keydown', (event) => {
    if (event.key !== ' ' || event.repeat || takesSpace(event.target)) return;
    if (toggle()) event.preventDefault();
  });
}

/** @param {EventTarget | null} target */
function takesSpace(target) {
  const own = 'input, select, textarea, button, a, summary, dialog, pre, [contenteditable]';
  return target instanceof Element && target.closest(own) !== null;
}
