// The published programs, as they stand in the package: each is loaded when it is chosen.

const files = /** @type {Record<string, () => Promise<string>>} */ (
  import.meta.glob('../../../../pynn/recipes/programs/[a-z]*.py', {
    query: '?raw',
    import: 'default',
  })
);
/** In the order in which they are best read. */
const NAMES = ['eleven_lines', 'quadrants', 'skyone', 'nielsen', 'bp_mnist'];

/** By name; each gives its text. */
export const EXAMPLES = Object.fromEntries(
  NAMES.map((name) => [name, files[`../../../../pynn/recipes/programs/${name}.py`]]),
);
