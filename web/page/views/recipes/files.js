// A file for the person to keep.

/** How long its address is kept: the browser reads it only after the click. */
const KEEP = 10_000;

/**
 * @param {string} name
 * @param {string | Uint8Array} content
 * @param {string} type  a media type
 */
export function saveFile(name, content, type) {
  const part = /** @type {BlobPart} */ (content);
  const address = URL.createObjectURL(new Blob([part], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), KEEP);
}
