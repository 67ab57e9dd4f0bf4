/**
 * Small choices that outlive the visit. Storage may be switched off (private windows, strict
 * settings, embedded pages): then a choice lasts as long as the page.
 */
const PREFIX = 'pynn.';

/**
 * @param {string} name
 * @returns {string | null}
 */
export function recall(name) {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

/**
 * @param {string} name
 * @param {string} value
 */
export function remember(name, value) {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // Nothing to do: the choice holds until the page is closed.
  }
}
