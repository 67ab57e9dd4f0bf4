"""The one door through which every matrix product of a layer goes.

NumPy's product is the default. `replace` puts another one in its place, for
example a WebAssembly kernel where NumPy has no fast BLAS, or a counting one in
a test. Nothing else in the package calls `np.matmul`, `np.dot` or `@` on a
layer's arrays.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
Product = Callable[[Array, Array, Array], object]


def _numpy_product(a: Array, b: Array, out: Array) -> None:
    if a.shape[1] == 1:
        # A column times a row, as a batch of one has it: matmul takes three times as long.
        np.multiply(a, b, out=out)
    else:
        np.matmul(a, b, out=out)


_product: Product = _numpy_product


def matmul(a: Array, b: Array, out: Array) -> Array:
    """out = a @ b for a (m, k), b (k, n) and out (m, n); returns `out`.

    Any strides will do, so a transposed view costs no copy. `out` must not
    share memory with `a` or `b`.
    """
    _product(a, b, out)
    return out


def replace(product: Product | None) -> Product:
    """Make `product(a, b, out)` the matrix product; None brings back NumPy's.

    Returns the product that was in use, so that it can be put back.
    """
    global _product
    previous = _product
    _product = _numpy_product if product is None else product
    return previous
