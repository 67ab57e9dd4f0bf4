import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './processes.mjs';

/**
 * A stamp says what a folder was made from. It is written last and lies in the folder itself, so a
 * folder that was half made, removed or moved has no valid stamp.
 * @param {string} folder
 * @param {string[]} files of the project, by their contents
 */
function stampOf(folder, files) {
  const hash = createHash('sha256').update(`${folder} ${process.platform} ${process.arch}\n`);
  for (const file of files) hash.update(readFileSync(path.join(root, file)));
  return hash.digest('hex');
}

const stampFile = (/** @type {string} */ folder) => path.join(folder, '.pynn-stamp');

/**
 * Whether the folder was made completely, here, from these files as they are now.
 * @param {string} folder
 * @param {string[]} files
 */
export function isCurrent(folder, files) {
  const file = stampFile(folder);
  return existsSync(file) && readFileSync(file, 'utf8') === stampOf(folder, files);
}

/**
 * @param {string} folder
 * @param {string[]} files
 */
export function writeStamp(folder, files) {
  writeFileSync(stampFile(folder), stampOf(folder, files));
}
