/**
 * The files of Python's runtime that are not only read: scripts, which import() asks for once more,
 * and WebAssembly, which is compiled as it arrives. They too are counted and checked.
 */
import {
  checkedBytes,
  DownloadError,
  fetchFromNetwork,
  nameOf,
  newest,
  release,
  request,
  verifiedBytes,
  wasChecked,
} from './verified-fetch.js';

/** @typedef {import('../shared/protocol.js').Manifest} Manifest */

/**
 * Checks a script that import() asks for too, which cannot check it.
 *
 * @param {string} base
 * @param {Manifest} manifest
 * @param {string} path  a key of the manifest
 * @param {(bytes: number) => void} onBytes  told how many more have arrived
 * @throws {DownloadError}
 */
export async function verifyScript(base, manifest, path, onBytes) {
  await newest(path, onBytes, async (cache, count) => {
    const response = await request(base, manifest, path, cache);
    const entry = manifest.files[path];
    if (wasChecked(response, entry)) {
      count(entry.bytes);
      // To its end, which nobody waits for: a browser takes what is broken off for a failure.
      response.arrayBuffer().catch(() => {});
    } else {
      release(await checkedBytes(response, manifest, path, count));
    }
  });
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
    const entry = manifest.files[path];
    if (wasChecked(response, entry)) {
      const again = () => verifiedBytes(base, manifest, path, () => {});
      const module = await compiled(response, again);
      count(entry.bytes);
      return module;
    }
    const copy = checkedBytes(response.clone(), manifest, path, count);
    const module = compiled(response, () => copy);
    module.catch(() => {});
    const bytes = await copy;
    const result = await module;
    release(bytes);
    return result;
  });
}

/**
 * @param {Response} response
 * @param {() => Promise<BufferSource>} bytes  the same, for a server that does not know the type of
 *   WebAssembly, which is no reason to fail
 */
function compiled(response, bytes) {
  return WebAssembly.compileStreaming(response).catch(async () =>
    WebAssembly.compile(await bytes()),
  );
}
