"""Products and sums in one order: from the first to the last, each result rounded once.

The kernel, where there is one, adds in this order too.
"""

import numpy as np

from pynn.matmul import Array

# So many products are made at once, and in the cache, rather than one inner index at a time.
AT_ONCE = 2**14
ZERO = np.array(0.0)


def matmul(a: Array, b: Array, out: Array) -> Array:
    """out = a @ b for a (m, k), b (k, n) and out (m, n): from 0, plus a[:, 0] b[0], plus …"""
    if out.size > 1 and out.size * len(b) <= AT_ONCE:
        # NumPy adds one after another along all axes but the last in memory.
        products = np.multiply(a.T[:, :, None], b[:, None, :], order="C")
        np.add.reduce(products, 0, out=out, initial=0.0)
        return out
    out.fill(0.0)
    for column, row in zip(a.T, b, strict=True):
        out += column[:, None] * row
    return out


def sum_rows(rows: Array, out: Array) -> Array:
    """out = rows[0] + rows[1] + …; it begins with 0, which matters to -0 alone."""
    return np.add(np.add.accumulate(rows, 0)[-1], ZERO, out=out)


def along_rows(array: Array) -> Array:
    """The sum along the last axis of array (…, k), in float64, as (…, 1)."""
    return np.add.accumulate(array, -1, np.float64)[..., -1:]


def total(array: Array) -> float:
    """The sum of all numbers, row by row and in float64."""
    return float(along_rows(array.reshape(-1))[0]) if array.size else 0.0
