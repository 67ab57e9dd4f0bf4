"""The one door through which every matrix product of a layer goes.

NumPy's product is the default, and natively nothing beats it. NumPy in a browser
has no BLAS, so there the package `pynn_kernel` stands in for it: WebAssembly that
works on NumPy's own arrays. Only this file knows of it. Without it, and for
operands that it does not take, everything is NumPy's.

`replace` puts another product in place, a counting one in a test for example.
Nothing else in the package calls `np.matmul`, `np.dot` or `@` on a layer's arrays.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
Product = Callable[[Array, Array, Array], object]


def _kernel_functions() -> dict[str, Callable[..., Any]]:
    try:
        from pynn_kernel import kernel  # type: ignore[import-not-found]
    except ImportError:
        return {}
    return dict(vars(kernel))


_kernel = _kernel_functions()


def by_kernel(name: str, *operands: Any) -> Any:
    """Lets the kernel do in one pass what the caller otherwise does step by step.

    Returns what its function `name` returns, which is True or a value, or False
    where there is no kernel or it does not take these operands. Then nothing has
    been touched.
    """
    function = _kernel.get(name)
    return False if function is None else function(*operands)


def _default_product(a: Array, b: Array, out: Array) -> None:
    if by_kernel("matmul", a, b, out):
        return
    if a.shape[1] == 1 and out.flags.c_contiguous:
        # A column times a row, as a batch of one has it: matmul takes three times as long.
        np.dot(a, b, out=out)
    else:
        np.matmul(a, b, out=out)


_product: Product = _default_product


def matmul(a: Array, b: Array, out: Array) -> Array:
    """out = a @ b for a (m, k), b (k, n) and out (m, n); returns `out`.

    Any strides will do, so a transposed view costs no copy. `out` must not
    share memory with `a` or `b`.
    """
    _product(a, b, out)
    return out


def replace(product: Product | None) -> Product:
    """Make `product(a, b, out)` the matrix product; None brings back the default.

    Returns the product that was in use, so that it can be put back. While the
    default is replaced the kernel does nothing else either.
    """
    global _product, _kernel
    previous = _product
    _product = _default_product if product is None else product
    _kernel = _kernel_functions() if _product is _default_product else {}
    return previous
