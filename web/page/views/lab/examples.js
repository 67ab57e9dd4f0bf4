// The published programs, as they stand in the package: each is loaded when it is chosen.

const files = /** @type {Record<string, () => Promise<string>>} */ (
  import.meta.glob('../../../../pynn/recipes/{programs,originals}/[a-z]*.py', {
    query: '?raw',
    import: 'default',
  })
);
/** In the order in which they are best read. */
const NAMES = ['eleven_lines', 'quadrants', 'skyone', 'nielsen', 'bp_mnist'];

/** Each on pynn, and line by line after its post. */
export const KINDS = /** @type {const} */ (['programs', 'originals']);

/** By kind and name, as `programs/skyone`; each gives its text. */
export const EXAMPLES = Object.fromEntries(
  KINDS.flatMap((kind) =>
    NAMES.map((name) => [`${kind}/${name}`, files[`../../../../pynn/recipes/${kind}/${name}.py`]]),
  ),
);

/** What the person's own copy is called. @param {string} key */
export function exampleName(key) {
  const [kind, name] = key.split('/');
  return kind === 'originals' ? `${name}_numpy.py` : `${name}.py`;
}
