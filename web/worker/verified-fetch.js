/**
 * Downloads that are counted and checked. The manifest says how many bytes a file has and what
 * its SHA-256 is; what is anything else never reaches Python.
 */

/**
 * @typedef {import('../shared/protocol.js').Manifest} Manifest
 * @typedef {import('../shared/protocol.js').ManifestEntry} ManifestEntry
 */

/** A file that did not arrive, or not as it was published. */
export class DownloadError extends Error {
  /**
   * @param {'fetch' | 'integrity' | 'type'} code
   * @param {string} file
   * @param {string} reason
   */
  constructor(code, file, reason) {
    super(`${file}: ${reason}`);
    this.name = 'DownloadError';
    this.code = code;
    this.file = file;
  }
}

/** The real one: `boot.js` puts a wrapper in its place while Python starts. */
export const fetchFromNetwork = globalThis.fetch.bind(globalThis);

/**
 * @param {string} base
 * @param {Manifest} manifest
 * @param {string} path  a key of the manifest
 * @param {(bytes: number) => void} onBytes  told how many more have arrived
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 * @throws {DownloadError}
 */
export async function verifiedBytes(base, manifest, path, onBytes) {
  return newest(path, onBytes, async (cache, count) =>
    checkedBytes(await request(base, manifest, path, cache), manifest, path, count),
  );
}

/**
 * What a browser has kept may be of an older release than the manifest: a file that is not the
 * published one is asked for once more, past every cache. A script has already run as it was kept;
 * for it this is the next start's gain.
 *
 * @template T
 * @param {string} path
 * @param {(bytes: number) => void} onBytes
 * @param {(cache: RequestCache, onBytes: (bytes: number) => void) => Promise<T>} get
 * @returns {Promise<T>}
 */
export async function newest(path, onBytes, get) {
  let counted = 0;
  try {
    return await get('default', (bytes) => {
      counted += bytes;
      onBytes(bytes);
    });
  } catch (error) {
    // Where fetch itself checks, its error does not say what was wrong.
    const other = error instanceof DownloadError && error.code === 'integrity';
    if (!other && globalThis.crypto?.subtle) throw error;
    onBytes(-counted);
    const result = await get('reload', onBytes);
    if (path.endsWith('.mjs')) throw error;
    return result;
  }
}

/**
 * Gives memory back now. A worker that computes without making objects is never asked to collect
 * what it has dropped.
 *
 * @param {Uint8Array<ArrayBuffer>} bytes  empty from now on, where the browser can do that
 */
export function release(bytes) {
  /** @type {any} */ (bytes.buffer).transfer?.(0);
}

/**
 * The `integrity` option of fetch would hold the whole body back until it is checked: no byte
 * could be counted and WebAssembly could not be compiled as it arrives. Pages without a secure
 * address have no `crypto.subtle`; there the option is used.
 *
 * @param {string} base
 * @param {Manifest} manifest
 * @param {string} path
 * @param {RequestCache} cache
 */
export async function request(base, manifest, path, cache) {
  const file = nameOf(path);
  const entry = manifest.files[path];
  if (!entry) throw new DownloadError('fetch', file, 'not in the list of files');
  /** @type {Response} */
  let response;
  try {
    const check = globalThis.crypto?.subtle ? {} : { integrity: `sha256-${entry.sha256}` };
    response = await fetchFromNetwork(new URL(path, base), { cache, ...check });
  } catch (error) {
    throw new DownloadError('fetch', file, String(error));
  }
  if (!response.ok) throw new DownloadError('fetch', file, `status ${response.status}`);
  return response;
}

/**
 * @param {Response} response
 * @param {Manifest} manifest
 * @param {string} path
 * @param {(bytes: number) => void} onBytes
 */
export async function checkedBytes(response, manifest, path, onBytes) {
  const entry = manifest.files[path];
  if (wasChecked(response, entry)) {
    const bytes = new Uint8Array(await response.arrayBuffer());
    onBytes(bytes.length);
    return bytes;
  }
  const bytes = await read(response, entry, nameOf(path), onBytes);
  if (globalThis.crypto?.subtle) {
    const hash = await crypto.subtle.digest('SHA-256', bytes);
    if (base64(hash) !== entry.sha256) {
      throw new DownloadError('integrity', nameOf(path), 'its SHA-256 is not the published one');
    }
  }
  return bytes;
}

/**
 * Into one piece of the published size, so that nothing is held twice.
 *
 * @param {Response} response
 * @param {ManifestEntry} entry
 * @param {string} file
 * @param {(bytes: number) => void} onBytes
 */
async function read(response, entry, file, onBytes) {
  const bytes = new Uint8Array(entry.bytes);
  let length = 0;
  try {
    const body = /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */ (response.body);
    const reader = body.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const { value } = part;
      bytes.set(value, length);
      length += value.length;
      onBytes(value.length);
      release(value);
    }
  } catch (error) {
    // More bytes than were published, or the network broke off. Fewer have another hash.
    const code = error instanceof RangeError ? 'integrity' : 'fetch';
    throw new DownloadError(code, file, String(error));
  }
  return bytes;
}

/**
 * Whether the service worker has kept this file, which it does only with what it has checked.
 *
 * @param {Response} response
 * @param {ManifestEntry} entry
 */
export function wasChecked(response, { sha256 }) {
  return response.headers.get('x-pynn-sha256') === sha256;
}

/** @param {string} path */
export function nameOf(path) {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** @param {ArrayBuffer} buffer */
function base64(buffer) {
  return btoa(String.fromCharCode(...new Uint8Array(buffer)));
}
