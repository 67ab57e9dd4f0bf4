/**
 * What a program of the lab cannot reach. It runs in a thread of the page's own origin, and Python
 * there could speak JavaScript: so the ways to the network, to what the browser keeps and to other
 * threads are taken out of that thread before the first program runs. What our own scripts need
 * they hold already.
 */

/** 1 GiB, in WebAssembly's pages of 64 KiB: beyond it Python says MemoryError. */
const MOST_PAGES = 16_384;

const WAYS_OUT = [
  ...['fetch', 'fetchLater', 'XMLHttpRequest', 'WebSocket', 'WebSocketStream', 'WebTransport'],
  ...['EventSource', 'Worker', 'SharedWorker', 'BroadcastChannel', 'importScripts', 'Request'],
  ...[
    'indexedDB',
    'IDBFactory',
    'caches',
    'CacheStorage',
    'cookieStore',
    'navigator',
    'Notification',
  ],
  ...['postMessage', 'close', 'RTCPeerConnection', 'RTCDataChannel', 'FileSystemHandle'],
  ...['webkitRequestFileSystem', 'webkitRequestFileSystemSync', 'webkitResolveLocalFileSystemURL'],
  ...['FontFace', 'fonts', 'trustedTypes'],
];

/** Before Python starts, so that it holds none of it: text never becomes JavaScript. */
export function closeEval() {
  const refuse = function refuse() {
    throw new Error('Programs of the lab run Python, no JavaScript.');
  };
  // Pyodide asks `Function.prototype` for what it has.
  refuse.prototype = Function.prototype;
  take(self, 'eval', refuse);
  take(self, 'Function', refuse);
  const functions = [() => {}, async () => {}, function* () {}, async function* () {}];
  for (const one of functions) {
    Object.defineProperty(Object.getPrototypeOf(one), 'constructor', { value: refuse });
  }
  for (const name of /** @type {const} */ (['setTimeout', 'setInterval'])) {
    const usual = self[name].bind(self);
    take(self, name, (/** @type {unknown} */ run, /** @type {any[]} */ ...rest) =>
      typeof run === 'function' ? usual(run, ...rest) : refuse(),
    );
  }
}

/** Python takes memory and never gives it back: what one program takes must leave the page alive. */
export function limitMemory() {
  const { grow } = WebAssembly.Memory.prototype;
  WebAssembly.Memory.prototype.grow = function limited(pages) {
    if (this.buffer.byteLength / 65_536 + pages > MOST_PAGES) throw new RangeError('out of memory');
    return grow.call(this, pages);
  };
}

/** Once Python has started. */
export function closeWaysOut() {
  for (const name of WAYS_OUT) take(self, name, undefined);
}

/**
 * Wherever a name stands on the way to it, another value stands there for good.
 *
 * @param {object} owner
 * @param {string} name
 * @param {unknown} value
 */
function take(owner, name, value) {
  const place = { value, writable: false, configurable: false, enumerable: false };
  for (let at = owner; at; at = Object.getPrototypeOf(at)) {
    const own = Object.getOwnPropertyDescriptor(at, name);
    if (own?.configurable) Object.defineProperty(at, name, place);
    else if (own?.writable) Reflect.set(at, name, value);
  }
  if (!(name in owner)) return;
  if (Reflect.get(owner, name) !== value) Reflect.defineProperty(owner, name, place);
}
