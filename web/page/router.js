/**
 * The address after the `#`: `#/playground?dataset=spiral&seed=7` names a view and its settings.
 */

/** @typedef {{name: string, params: URLSearchParams}} Route */

/** Of an entry of the history that has been seen: who comes to it again, comes back. */
const SEEN = { seen: true };

/** The address that the page has written or been told of. */
let heard = location.hash;

/**
 * A link has been followed, and the browser has yet to say so: whoever wrote now would write over
 * the address that someone goes to.
 */
const underWay = () => location.hash !== heard;

/**
 * @param {string} [hash]
 * @returns {Route}
 */
export function parseRoute(hash = location.hash) {
  const [path, query = ''] = hash.replace(/^#\/?/, '').split(/\?(.*)/s);
  return { name: path.replace(/\/$/, ''), params: new URLSearchParams(query) };
}

/**
 * @param {string} name
 * @param {URLSearchParams} [params]
 */
export function formatRoute(name, params) {
  // A comma needs no escape in a query, and `6,4` is for people to read.
  const query = (params?.toString() ?? '').replaceAll('%2C', ',');
  return `#/${name}${query ? `?${query}` : ''}`;
}

/**
 * Shows the present settings in the address bar without a new entry in the history.
 *
 * @param {string} name
 * @param {URLSearchParams} params
 */
export function replaceRoute(name, params) {
  if (underWay()) return;
  history.replaceState(SEEN, '', formatRoute(name, params));
  heard = location.hash;
}

/** The address stays as it is, whatever it says. */
export function markSeen() {
  if (!underWay()) history.replaceState(SEEN, '');
}

/**
 * @param {(route: Route, back: boolean) => void} listener  back: through the browser's history, in
 *   either direction, and not by a link or an address typed by hand
 */
export function onRouteChange(listener) {
  addEventListener('hashchange', () => {
    heard = location.hash;
    listener(parseRoute(), history.state?.seen === true);
  });
}
