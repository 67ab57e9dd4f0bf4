/** Files of the person's: one to keep, and one that was brought. */
import { fault } from '../shared/protocol.js';

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

/** Bytes; Python itself takes no more. */
const LARGEST = 2 ** 28;

/**
 * @param {File} file
 * @throws a fault for a file of a size that no model has, before it is read into memory, and for
 *   one that cannot be read, such as a folder
 */
export async function bytesOf(file) {
  if (file.size > LARGEST) throw fault('ModelFileError', 'too_large', {}, 'The file is too large.');
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    throw fault('ModelFileError', 'unreadable', {}, 'The file cannot be read.');
  }
}
