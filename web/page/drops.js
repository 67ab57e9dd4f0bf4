/**
 * What is dropped on the page. Left to itself the browser opens a dropped file or link in the page's
 * place, and the training is gone. Text and links still go into fields.
 *
 * @param {(files: File[]) => void} onFiles  one file or several, dropped anywhere
 */
export function onDrop(onFiles) {
  addEventListener('dragover', (event) => {
    if (isForField(event)) return;
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = holdsFiles(event) ? 'copy' : 'none';
  });
  addEventListener('drop', (event) => {
    if (isForField(event)) return;
    event.preventDefault();
    if (holdsFiles(event)) onFiles([...(event.dataTransfer?.files ?? [])]);
  });
}

/**
 * What is pasted outside of any field.
 *
 * @param {(event: ClipboardEvent) => void} take
 */
export function onPaste(take) {
  addEventListener('paste', (event) => {
    const { target } = event;
    if (!(target instanceof Element && target.closest(':read-write'))) take(event);
  });
}

/** @param {DragEvent} event */
function holdsFiles({ dataTransfer }) {
  return dataTransfer?.types.includes('Files') ?? false;
}

/** @param {DragEvent} event */
function isForField(event) {
  const { target } = event;
  return !holdsFiles(event) && target instanceof Element && target.closest(':read-write') !== null;
}
