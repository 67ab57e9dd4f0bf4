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
const fetchFromNetwork = globalThis.fetch.bind(globalThis);

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
 * Compiles WebAssembly as it arrives. The compiler gets the response itself: only what was compiled
 * from one of these does a browser keep for the next visit, which then starts in half the time. The
 * copy is what is checked, before the module is handed out.
 *
 * @param {string} base
 * @param {Manifest} manifest
 * @param {string} path  a key of the manifest
 * @param {(bytes: number) => void} onBytes  told how many more have arrived
 * @returns {Promise<WebAssembly.Module>}
 * @throws {DownloadError | WebAssembly.CompileError}
 */
export async function verifiedModule(base, manifest, path, onBytes) {
  return newest(path, onBytes, async (cache, count) => {
    const response = await request(base, manifest, path, cache);
    return compiled(response, checkedBytes(response.clone(), manifest, path, count));
  });
}

/**
 * @param {Response} response
 * @param {Promise<Uint8Array<ArrayBuffer>>} copy  its bytes, checked
 */
async function compiled(response, copy) {
  // A server that does not know the type of WebAssembly is no reason to fail.
  const module = WebAssembly.compileStreaming(response).catch(async () =>
    WebAssembly.compile(await copy),
  );
  module.catch(() => {});
  const bytes = await copy;
  const result = await module;
  release(bytes);
  return result;
}

/**
 * Why a script that had arrived did not run. Older servers do not know the ending `.mjs`, and
 * browsers take a module under no other type than JavaScript's.
 *
 * @param {string} base
 * @param {string} path
 * @param {unknown} error  what import() said
 * @returns {Promise<DownloadError>}
 */
export async function importError(base, path, error) {
  try {
    const { ok, headers } = await fetchFromNetwork(new URL(path, base), { method: 'HEAD' });
    const type = headers.get('content-type') ?? '';
    if (ok && !/^(text|application)\/(x-)?(java|ecma)script\b/i.test(type)) {
      return new DownloadError('type', nameOf(path), `sent as “${type}”`);
    }
  } catch {
    // Not even that arrives: the first error says it.
  }
  return new DownloadError('fetch', nameOf(path), String(error));
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
async function newest(path, onBytes, get) {
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
async function request(base, manifest, path, cache) {
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
async function checkedBytes(response, manifest, path, onBytes) {
  const entry = manifest.files[path];
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

/** @param {string} path */
function nameOf(path) {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** @param {ArrayBuffer} buffer */
function base64(buffer) {
  return btoa(String.fromCharCode(...new Uint8Array(buffer)));
}
