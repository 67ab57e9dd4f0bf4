// What a server sends compressed: each file once, kept in memory until the file changes.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import zlib from 'node:zlib';

const gzip = promisify(zlib.gzip);
/** Pictures and archives are compressed already. */
const WORTH_IT = new Set('.css .html .js .json .mjs .svg .txt .wasm .webmanifest'.split(' '));

/** @type {Map<string, {etag: string, body: Promise<Buffer>}>} by file */
const kept = new Map();

/** @param {string} file */
export function isCompressible(file) {
  return WORTH_IT.has(path.extname(file));
}

/**
 * Whether a client takes gzip: it names it, or anything, and not with a quality of nought.
 * @param {string | string[] | undefined} header  its Accept-Encoding
 */
export function acceptsGzip(header) {
  const codings = String(header ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.split(';').map((part) => part.trim()));
  const coding =
    codings.find(([name]) => name === 'gzip') ?? codings.find(([name]) => name === '*');
  return coding !== undefined && !coding.some((part) => /^q\s*=\s*0(\.0*)?$/.test(part));
}

/**
 * @param {string} file
 * @param {string} etag  says which content the file has now
 * @returns {Promise<Buffer>}
 */
export function gzipped(file, etag) {
  const known = kept.get(file);
  if (known?.etag === etag) return known.body;
  const body = readFile(file).then((content) => gzip(content));
  body.catch(() => kept.delete(file));
  kept.set(file, { etag, body });
  return body;
}
