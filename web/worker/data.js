/**
 * Brings the files that an experiment needs into Python's file system, before the call that reads
 * them. Python deletes what it keeps in another form, and asks again when it needs the file.
 */
import { release, verifiedBytes } from './verified-fetch.js';

/** @typedef {import('../shared/protocol.js').Manifest} Manifest */

const AT_ONCE = 4;

/**
 * @param {object} options
 * @param {string} options.base
 * @param {Manifest} options.manifest
 * @param {string} options.folder   where they are published, such as `mnist/`
 * @param {(name: string, bytes: Uint8Array<ArrayBuffer>) => void} options.write  without a copy
 * @param {(name: string) => boolean} options.isThere  whether Python has not deleted it yet
 */
export function createDataStore({ base, manifest, folder, write, isThere }) {
  /** @type {Map<string, Promise<void>>} downloads under way: two calls may want the same file */
  const underWay = new Map();
  /** @type {Map<string, Uint8Array<ArrayBuffer>>} what Python may still read */
  const written = new Map();

  /**
   * @param {string} name
   * @param {(bytes: number) => void} onBytes
   */
  async function fetchOne(name, onBytes) {
    const bytes = await verifiedBytes(base, manifest, folder + name, onBytes);
    write(name, bytes);
    written.set(name, bytes);
  }

  return {
    /** Gives the memory of deleted files back. */
    tidy() {
      for (const [name, bytes] of written) {
        if (isThere(name)) continue;
        written.delete(name);
        release(bytes);
      }
    },
    /**
     * @param {string[]} names
     * @param {(loaded: number, total: number) => void} onProgress
     * @throws {import('./verified-fetch.js').DownloadError}
     */
    async bring(names, onProgress) {
      const total = names.reduce(
        (sum, name) => sum + (manifest.files[folder + name]?.bytes ?? 0),
        0,
      );
      let loaded = 0;
      const waiting = [...names];
      const fetchInTurn = async () => {
        for (let name = waiting.shift(); name; name = waiting.shift()) {
          let download = underWay.get(name);
          if (!download) {
            download = fetchOne(name, (bytes) => {
              loaded += bytes;
              onProgress(loaded, total);
            });
            underWay.set(name, download);
          }
          try {
            await download;
          } finally {
            underWay.delete(name);
          }
        }
      };
      onProgress(0, total);
      await Promise.all(Array.from({ length: Math.min(AT_ONCE, names.length) }, fetchInTurn));
    },
  };
}
