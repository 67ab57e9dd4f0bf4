/**
 * Keeps a copy of the page, so that it opens without a network after the first visit, and adds the
 * security policy that a worker only obeys in its own response's headers.
 *
 * One cache holds one release. Installing fills it: what an older release already holds with the
 * same hash is copied, the rest is fetched and checked. The training images, the wheel to take home
 * and the picture for links are not needed to open the page: they are stored when the page first
 * asks for them, or afterwards in the background.
 *
 * The build replaces RELEASE.
 */

/** @type {{version: string, files: {[path: string]: string}}} each file's SHA-256 in base64 */
const RELEASE = /* the release */ { version: '', files: {} };

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const PREFIX = `pynn ${worker.registration.scope} `;
const CACHE = PREFIX + RELEASE.version;
const HASH_HEADER = 'x-pynn-sha256';
const WORKER_POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

const isLater = (/** @type {string} */ path) => /^(mnist|package|preview|lab)\//.test(path);
/** The lab is stored when it is opened, and not before. */
const isOnDemand = (/** @type {string} */ path) => path.startsWith('lab/');

// A server may redirect index.html to the folder, and a page must not be answered with a redirect.
const addressOf = (/** @type {string} */ path) =>
  new URL(path === 'index.html' ? './' : path, worker.registration.scope).href;

/**
 * @param {string} path
 * @param {Response} response
 */
function labelled(path, response) {
  const headers = new Headers(response.headers);
  // These spoke of the transfer: the stored body is unpacked and is the same for everybody.
  for (const name of ['content-encoding', 'content-length', 'vary']) headers.delete(name);
  headers.set(HASH_HEADER, RELEASE.files[path]);
  return new Response(response.body, { headers });
}

/**
 * Fetches one file of the release. The browser's own cache may serve it, unless what it has is of
 * another release.
 * @param {string} path
 * @param {AbortSignal} [signal]
 */
async function download(path, signal) {
  const integrity = `sha256-${RELEASE.files[path]}`;
  const get = (/** @type {RequestCache} */ cache) =>
    fetch(addressOf(path), { integrity, cache, credentials: 'same-origin', signal });
  const response = await get('default').catch(() => get('reload'));
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response;
}

async function olderCacheNames() {
  return (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
}

async function olderCaches() {
  return Promise.all((await olderCacheNames()).map((name) => caches.open(name)));
}

/**
 * Puts a file into the cache, from an older cache or, where wanted, from the server.
 * @param {Cache} cache
 * @param {Cache[]} older
 * @param {string} path
 * @param {AbortSignal} signal
 */
async function store(cache, older, path, signal) {
  const address = addressOf(path);
  if (await cache.match(address)) return;
  for (const candidate of older) {
    const kept = await candidate.match(address);
    if (kept?.headers.get(HASH_HEADER) === RELEASE.files[path]) return cache.put(address, kept);
  }
  if (!isLater(path)) await cache.put(address, labelled(path, await download(path, signal)));
}

async function install() {
  const [cache, older] = [await caches.open(CACHE), await olderCaches()];
  const over = new AbortController();
  const stores = Object.keys(RELEASE.files).map((path) => store(cache, older, path, over.signal));
  try {
    await Promise.all(stores);
  } catch (error) {
    // One file is missing, so nobody needs the others: nothing goes on when this event is over.
    over.abort();
    await Promise.allSettled(stores);
    throw error;
  }
  // Windows that run the older release keep it, the next one to be opened gets this one.
  await worker.skipWaiting();
}

async function activate() {
  // The names come oldest first. The last release stays, for windows that still run it and may
  // want a part of it that they have not loaded yet.
  const outdated = (await olderCacheNames()).slice(0, -1);
  await Promise.all(outdated.map((name) => caches.delete(name)));
  await worker.clients.claim();
  // Not awaited here: until this event is over no request is answered. A message to itself is an
  // event of its own, for which the browser keeps the worker running.
  worker.registration.active?.postMessage('store the rest');
}

/** One at a time, so that whatever the page itself asks for goes first. */
async function storeTheRest() {
  const cache = await caches.open(CACHE);
  for (const path of Object.keys(RELEASE.files).filter(isLater)) {
    const address = addressOf(path);
    if (isOnDemand(path) || (await cache.match(address))) continue;
    await cache.put(address, labelled(path, await download(path)));
  }
}

/**
 * @param {string} path
 * @param {FetchEvent} event
 * @returns {Promise<Response>}
 */
async function find(path, event) {
  const address = addressOf(path);
  if (!Object.hasOwn(RELEASE.files, path)) {
    for (const cache of await olderCaches()) {
      const kept = await cache.match(address);
      if (kept) return kept;
    }
    return fetch(event.request);
  }
  const cache = await caches.open(CACHE);
  const kept = await cache.match(address);
  if (kept) return kept;
  const fresh = labelled(path, await download(path));
  event.waitUntil(cache.put(address, fresh.clone()));
  return fresh;
}

/**
 * @param {string} path
 * @param {FetchEvent} event
 */
async function answer(path, event) {
  const response = await find(path, event);
  if (event.request.destination !== 'worker') return response;
  const headers = new Headers(response.headers);
  headers.set('content-security-policy', WORKER_POLICY);
  return new Response(response.body, { status: response.status, headers });
}

worker.addEventListener('install', (event) => event.waitUntil(install()));
worker.addEventListener('activate', (event) => event.waitUntil(activate()));

worker.addEventListener('message', (event) => {
  if (event.data === 'store the rest') event.waitUntil(storeTheRest());
});

worker.addEventListener('fetch', (event) => {
  const address = event.request.url.split(/[?#]/)[0];
  const { scope } = worker.registration;
  if (event.request.method !== 'GET' || !address.startsWith(scope)) return;
  event.respondWith(answer(address.slice(scope.length) || 'index.html', event));
});
