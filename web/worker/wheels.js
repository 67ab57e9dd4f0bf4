/**
 * Wheels as the site publishes them: zips that store their files as they are, each in one stream of
 * gzip. The browser unpacks that sooner than Python unpacks a wheel, and Python's files are then
 * pieces of what was unpacked, not copies.
 */

/** @typedef {Map<string, Uint8Array>} Files  by their place below site-packages */

// A zip's numbers are little-endian; each file follows a header of its own.
const HEADER = 0x04034b50;
const HEADER_BYTES = 30;

/**
 * @param {Uint8Array<ArrayBuffer>} packed
 * @returns {Promise<Files>} which share one buffer
 */
export async function unpackWheel(packed) {
  return storedFiles(await inflate(packed));
}

/**
 * Into one piece: a stream of gzip ends with the length of what is in it.
 *
 * @param {Uint8Array<ArrayBuffer>} packed
 */
async function inflate(packed) {
  const { readable, writable } = new DecompressionStream('gzip');
  const writer = writable.getWriter();
  // What is wrong with the stream, its reader says too.
  writer.write(packed).catch(() => {});
  writer.close().catch(() => {});
  const size = new DataView(packed.buffer).getUint32(packed.length - 4, true);
  const bytes = new Uint8Array(size);
  let length = 0;
  const reader = readable.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    bytes.set(part.value, length);
    length += part.value.length;
  }
  return bytes;
}

/**
 * @param {Uint8Array<ArrayBuffer>} zip
 * @returns {Files}
 */
function storedFiles(zip) {
  const view = new DataView(zip.buffer);
  const text = new TextDecoder();
  /** @type {Files} */
  const files = new Map();
  let at = 0;
  while (view.getUint32(at, true) === HEADER) {
    const size = view.getUint32(at + 18, true);
    const [nameBytes, extraBytes] = [26, 28].map((place) => view.getUint16(at + place, true));
    const name = at + HEADER_BYTES;
    const start = name + nameBytes + extraBytes;
    files.set(text.decode(zip.subarray(name, name + nameBytes)), zip.subarray(start, start + size));
    at = start + size;
  }
  return files;
}

/**
 * What Pyodide's own `loadPackage` does, but for the libraries in a wheel: Python loads those that
 * it imports.
 *
 * @param {import('pyodide').PyodideAPI} pyodide
 * @param {Files[]} wheels
 */
export function installWheels(pyodide, wheels) {
  const { FS } = pyodide;
  const place = pyodide.runPython('import site; site.getsitepackages()[0]');
  const folders = new Set();
  for (const [path, content] of wheels.flatMap((files) => [...files])) {
    const file = `${place}/${path}`;
    const folder = file.slice(0, file.lastIndexOf('/'));
    if (!folders.has(folder)) FS.mkdirTree(folder);
    folders.add(folder);
    FS.writeFile(file, content, { canOwn: true });
  }
  pyodide.runPython('import importlib; importlib.invalidate_caches()');
}
