"""Products and sums in one order: from the first to the last, each result rounded once.

The kernel, where there is one, adds in this order too.
"""

import numpy as np

from pynn.matmul import Array, by_kernel

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


def affine(x: Array, weights: Array, bias: Array | None, out: Array) -> Array:
    """As `pynn.affine.affine`."""
    if not by_kernel("exact_affine", x, weights, bias, out):
        matmul(x, weights, out=out)
        if bias is not None:
            out += bias
    return out


def affine_gradients(
    x: Array,
    weights: Array,
    dz: Array,
    d_weights: Array,
    d_bias: Array | None,
    dx: Array | None,
) -> None:
    """As `pynn.affine.affine_gradients`."""
    if not by_kernel("exact_affine_gradients", x, weights, dz, d_weights, d_bias, dx):
        matmul(x.T, dz, out=d_weights)
        if d_bias is not None:
            # The sum begins with 0, which matters to -0 alone.
            np.add(np.add.accumulate(dz, 0)[-1], ZERO, out=d_bias)
        if dx is not None:
            matmul(dz, weights.T, out=dx)


def along_rows(array: Array) -> Array:
    """The sum along the last axis of array (…, k), in float64, as (…, 1)."""
    return np.add.accumulate(array, -1, np.float64)[..., -1:]


def total(array: Array) -> float:
    """The sum of all numbers, row by row and in float64."""
    return float(along_rows(array.reshape(-1))[0]) if array.size else 0.0
