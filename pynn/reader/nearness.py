"""How near an image is to a person's examples: whether it looks like any of their signs."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from pynn.matmul import Array

# An image looks like a sign if it is no further from an example of it, or a form of one, than so
# many times the distance that nine in ten examples keep from the others of their sign.
FURTHER, USUAL = 1.6, 0.9
# However alike or unlike a few examples are.
LEAST_LIMIT, MOST_LIMIT = 0.03, 0.4


class Nearness:
    """Distances are 1 - cos of the angle between features.

    examples  (n, m) features of the examples
    names     (n,) what they are
    forms     (k, m) of the same as they might also have been written
    owners    (k,) of which example each is a form
    """

    def __init__(
        self,
        examples: Array,
        names: Sequence[str],
        forms: Array,
        owners: npt.NDArray[np.intp],
    ) -> None:
        count = len(examples)
        self._known = _directions(np.concatenate([examples, forms]))
        owner = np.concatenate([np.arange(count), owners])
        kinds = np.unique(np.array(names), return_inverse=True)[1]
        alike = self._known[:count] @ self._known.T
        same = kinds[:, np.newaxis] == kinds[owner]
        others = same & (owner != np.arange(count)[:, np.newaxis])
        near = np.where(others, alike, -1.0).max(axis=1)
        for alone in np.flatnonzero(~others.any(axis=1)):  # what it may become has to tell
            own = alike[alone, count:][owners == alone]
            near[alone] = np.quantile(own, 1.0 - USUAL) if len(own) else 1.0
        usual = 1.0 - float(np.quantile(near, 1.0 - USUAL))
        self._limit = min(max(FURTHER * usual, LEAST_LIMIT), MOST_LIMIT)

    def likeness(self, rows: Array, least: float) -> Array:
        """(n,) 0 to 1 of features (n, m): `least` at the limit, and 1 for an example itself."""
        near = (_directions(rows) @ self._known.T).max(axis=1)
        made: Array = least ** (((1.0 - near).clip(0.0) / self._limit) ** 2)
        return made


def _directions(rows: Array) -> Array:
    """Rows of length 1."""
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    made: Array = rows / np.maximum(length, 1e-9)
    return made
