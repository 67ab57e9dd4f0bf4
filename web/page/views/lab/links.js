/** A program in a link: `#/lab?code=…`, packed by the browser's own deflate, in letters that links take. */

/** Characters of a link that every browser, and most mail programs, take. */
const LONGEST = 30_000;
/** Of what is unpacked: a small link may hold a very long text. */
const LONGEST_TEXT = 500_000;

/** @param {string} text @param {string} name @returns {Promise<string | null>} null: too long */
export async function linkTo(text, name) {
  const packed = new Uint8Array(
    await new Response(
      stream(text).pipeThrough(new CompressionStream('deflate-raw')),
    ).arrayBuffer(),
  );
  const code = btoa(Array.from(packed, (byte) => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
  const params = new URLSearchParams({ name, code });
  const address = new URL(`#/lab?${params}`, document.baseURI).href;
  return address.length > LONGEST ? null : address;
}

/** @param {string} code @returns {Promise<string | null>} null: nothing that can be read */
export async function textOf(code) {
  try {
    const letters = atob(code.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    const reader = new Blob([bytes])
      .stream()
      .pipeThrough(new DecompressionStream('deflate-raw'))
      .pipeThrough(new TextDecoderStream('utf-8', { fatal: true }))
      .getReader();
    let text = '';
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      text += part.value;
      if (text.length > LONGEST_TEXT) return null;
    }
    return text;
  } catch {
    return null;
  }
}

/** @param {string} text */
const stream = (text) => new Blob([text]).stream();
