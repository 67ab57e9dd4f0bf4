/**
 * Downloads that are counted and checked. The manifest says how many bytes a file has and what
 * its SHA-256 is; a response that is anything else never reaches Python.
 */

/** @typedef {import('../shared/protocol.js').Manifest} Manifest */

/** A file that did not arrive, or not as it was published. */
export class DownloadError extends Error {
  /**
   * @param {'fetch' | 'integrity'} code
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
 * The `integrity` option of fetch would hold the whole body back until it is checked: no byte
 * could be counted and WebAssembly could not be compiled as it arrives. So the body streams
 * through, and its end is withheld until the hash is right. Pages without a secure address have
 * no `crypto.subtle`; there the option is used and the bytes are counted in one piece.
 *
 * @param {string} base
 * @param {Manifest} manifest
 * @param {string} path  a key of the manifest
 * @param {(bytes: number) => void} onBytes  told how many more have arrived
 * @returns {Promise<{response: Response, done: Promise<void>}>} `done` says why a body broke off,
 *   which reading the response does not
 * @throws {DownloadError}
 */
export async function verifiedFetch(base, manifest, path, onBytes) {
  const file = path.slice(path.lastIndexOf('/') + 1);
  const entry = manifest.files[path];
  if (!entry) throw new DownloadError('fetch', file, 'not in the list of files');
  const streams = Boolean(globalThis.crypto?.subtle);
  const { status, headers, body } = await request(
    new URL(path, base),
    file,
    streams ? '' : entry.sha256,
  );
  const { readable, writable } = counted(file, entry, streams, onBytes);
  const source = /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */ (body);
  const done = source.pipeTo(writable).catch((error) => {
    throw error instanceof DownloadError ? error : new DownloadError('fetch', file, String(error));
  });
  const type = headers.get('Content-Type') ?? '';
  return { response: new Response(readable, { status, headers: { 'Content-Type': type } }), done };
}

/**
 * @param {Parameters<typeof verifiedFetch>} where
 * @returns {Promise<{bytes: ArrayBuffer, type: string}>}
 * @throws {DownloadError}
 */
export async function verifiedBytes(...where) {
  const { response, done } = await verifiedFetch(...where);
  const bytes = response.arrayBuffer();
  bytes.catch(() => {});
  await done;
  return { bytes: await bytes, type: response.headers.get('Content-Type') ?? '' };
}

/**
 * @param {URL} address
 * @param {string} file
 * @param {string} sha256  empty: checked later
 */
async function request(address, file, sha256) {
  /** @type {Response} */
  let response;
  try {
    response = await fetchFromNetwork(address, sha256 ? { integrity: `sha256-${sha256}` } : {});
  } catch (error) {
    throw new DownloadError('fetch', file, String(error));
  }
  if (!response.ok) throw new DownloadError('fetch', file, `status ${response.status}`);
  return response;
}

/**
 * @param {string} file
 * @param {{bytes: number, sha256: string}} entry
 * @param {boolean} check
 * @param {(bytes: number) => void} onBytes
 * @returns {TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>}
 */
function counted(file, entry, check, onBytes) {
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const chunks = [];
  return new TransformStream({
    transform(chunk, controller) {
      // Copied: whoever reads the stream may transfer the chunk away.
      if (check) chunks.push(chunk.slice());
      onBytes(chunk.length);
      controller.enqueue(chunk);
    },
    async flush() {
      if (!check) return;
      const hash = await crypto.subtle.digest('SHA-256', await new Blob(chunks).arrayBuffer());
      if (base64(hash) !== entry.sha256) {
        throw new DownloadError('integrity', file, 'its SHA-256 is not the published one');
      }
    },
  });
}

/** @param {ArrayBuffer} buffer */
function base64(buffer) {
  return btoa(String.fromCharCode(...new Uint8Array(buffer)));
}
