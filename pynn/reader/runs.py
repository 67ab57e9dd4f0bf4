"""Numbers that follow one another."""

import numpy as np

from pynn.matmul import Array


def runs(numbers: Array, apart: float = 1.0) -> list[Array]:
    """Rising numbers, parted where the next is further than `apart` from the one before."""
    return np.split(numbers, np.flatnonzero(np.diff(numbers) > apart) + 1) if len(numbers) else []
