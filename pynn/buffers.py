"""Arrays that are kept from one training step to the next.

A fresh array of a layer's size costs more than the arithmetic on it: the
system hands out the pages, the program touches each, and gives them back. A
layer asks for its working arrays by name instead and gets the same memory
every time.
"""

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from pynn.matmul import Array


class Room:
    """One run of memory in which arrays lie side by side, until it is full."""

    def __init__(self, size: int, dtype: npt.DTypeLike) -> None:
        self.whole = np.zeros(size, dtype)
        self.left = size

    def place(self, array: Array) -> Array:
        """The array's copy in here."""
        start = self.whole.size - self.left
        self.left -= array.size
        view = self.whole[start : start + array.size].reshape(array.shape)
        view[...] = array
        return view


class Buffers:
    """Named working arrays of one dtype; their contents last until the next `get`."""

    def __init__(self, dtype: npt.DTypeLike) -> None:
        self.dtype = np.dtype(dtype)
        self._flat: dict[str, Array] = {}
        self._shaped: dict[str, Array] = {}

    def __reduce__(self) -> tuple[type["Buffers"], tuple[np.dtype[Any]]]:
        """A copy, pickled or deep, has buffers of its own, and none of the contents."""
        return Buffers, (self.dtype,)

    def get(self, name: str, shape: tuple[int, ...]) -> Array:
        """The array kept as `name`, in this shape, its contents undefined.

        A smaller shape is a view of the same memory, so a last short batch
        costs nothing; a larger one replaces the memory.
        """
        shaped = self._shaped.get(name)
        if shaped is not None and shaped.shape == shape:
            return shaped
        size = math.prod(shape)
        flat = self._flat.get(name)
        if flat is None or flat.size < size:
            flat = self._flat[name] = np.empty(size, self.dtype)
        shaped = self._shaped[name] = flat[:size].reshape(shape)
        return shaped
