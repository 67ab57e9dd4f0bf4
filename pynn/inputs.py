"""What enters a network: examples of its shape, in the units that it has learned from."""

import math

import numpy.typing as npt

from pynn.layers import Shape
from pynn.limits import as_numbers
from pynn.matmul import Array
from pynn.units import Units


def checked(x: npt.ArrayLike, shape: Shape, units: Units) -> Array:
    """x as an array of at least two axes that is examples of `shape`. Raises ValueError."""
    given = as_numbers("Network: expected x", x)
    if given.ndim < 2 or not _fits(given.shape[1:], shape):
        wanted = ", ".join(map(str, shape))
        raise ValueError(f"Network: expected x with shape (any, {wanted}), got {given.shape}")
    units.check(given)
    return given


def _fits(shape: Shape, wanted: Shape) -> bool:
    """Whether an example of this shape has the inputs in their order."""
    ours, theirs = (tuple(n for n in axes if n != 1) for axes in (shape, wanted))
    flat = len(ours) < 2 or len(wanted) == 1
    return ours == theirs or (flat and math.prod(ours) == math.prod(theirs))
