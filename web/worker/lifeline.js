/** A sign of life that needs no answer: the name of a lock that this worker holds until it ends. */

/** @returns {Promise<string | null>} null where there are no locks */
export function holdLifeline() {
  return new Promise((resolve) => {
    if (!navigator.locks) return resolve(null);
    const name = `pynn-worker-${crypto.randomUUID()}`;
    const hold = () => {
      resolve(name);
      return new Promise(() => {});
    };
    navigator.locks.request(name, hold).catch(() => resolve(null));
  });
}

/**
 * After a fatal error of its runtime Python answers nothing any more: the worker ends, so that the
 * page starts another. Pyodide has no public word for it (0.29 to 314: `API.on_fatal`).
 *
 * @param {import('pyodide').PyodideAPI} pyodide
 * @param {() => void} end
 */
export function onFatal(pyodide, end) {
  /** @type {any} */ (pyodide)._api.on_fatal = end;
}
