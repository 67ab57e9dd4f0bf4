"""A frame: what an experiment, or a program, shows at one moment, ready to cross a border cheaply.

`head` is plain data (numbers, texts, lists, dicts). All arrays stand one after
another in `numbers`, a single float32 vector that can be copied in one go;
head["arrays"] lists [name, offset, shape] for each. `blob` is for a file.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from pynn.matmul import Array


@dataclass(frozen=True)
class Frame:
    head: dict[str, Any]
    numbers: npt.NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, np.float32))
    blob: bytes | None = None

    def array(self, name: str) -> npt.NDArray[np.float32]:
        """One array by its name, as a view. Raises KeyError for an unknown name."""
        for key, offset, shape in self.head["arrays"]:
            if key == name:
                return self.numbers[offset : offset + math.prod(shape)].reshape(shape)
        raise KeyError(name)


def make_frame(
    head: Mapping[str, Any],
    arrays: Mapping[str, Array] | None = None,
    blob: bytes | None = None,
) -> Frame:
    """A frame of these scalars and arrays; NaN and infinity become None in the head."""
    arrays = arrays or {}
    numbers = np.empty(sum(array.size for array in arrays.values()), np.float32)
    places: list[list[Any]] = []
    offset = 0
    for name, array in arrays.items():
        numbers[offset : offset + array.size] = array.reshape(-1)
        places.append([name, offset, list(array.shape)])
        offset += array.size
    plain = {
        key: None if isinstance(value, float) and not math.isfinite(value) else value
        for key, value in head.items()
    }
    return Frame({**plain, "arrays": places}, numbers, blob)


def to_scale(array: Array, axis: tuple[int, ...] | None = None) -> Array:
    """The array divided by its largest absolute value (along `axis`), so within -1 to 1."""
    largest = np.abs(array).max(axis=axis, keepdims=True, initial=0.0)
    return array / np.where(largest > 0.0, largest, 1.0)
