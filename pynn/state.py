"""What something is at one moment: plain arrays and numbers that are kept and brought back.

`state()` of a network, an optimizer, mini-batches or a training gives a `State`; `restore`
goes on from it bit by bit, as if nothing had happened since, in the same object or in one
that was made the same way. What a state holds has a name with its place before it:

    network/dense_1.weights            optimizer/dense_1.weights/mean
    network/pixels                     batches/row
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from pynn.limits import is_int, is_number, shown
from pynn.matmul import Array

# Makes true what has been checked: all parts are checked before the first one is changed.
Restoring = Callable[[], None]


class StateError(ValueError):
    """A state that does not belong here: place, expected, got. Nothing has been changed."""


@dataclass(frozen=True)
class State:
    """Copies: nothing that happens later changes them.

    arrays  by name
    plain   by name: numbers, texts, lists and dictionaries, whatever JSON holds
    place   where its names begin, for the sentences
    network the Network of a training that was kept in a file, made again
    """

    arrays: dict[str, Array]
    plain: dict[str, Any]
    place: str = "state"
    network: Any = None

    @staticmethod
    def join(parts: Mapping[str, State]) -> State:
        """One state of several, each under its name."""
        return State(
            {f"{at}/{name}": a for at, part in parts.items() for name, a in part.arrays.items()},
            {f"{at}/{name}": v for at, part in parts.items() for name, v in part.plain.items()},
        )

    def __or__(self, other: State) -> State:
        """What is in either."""
        return State(self.arrays | other.arrays, self.plain | other.plain)

    def part(self, name: str) -> State:
        """Everything under name/, without it."""
        start = name + "/"
        arrays, plain = (
            {key[len(start) :]: value for key, value in values.items() if key.startswith(start)}
            for values in (self.arrays, self.plain)
        )
        return State(arrays, plain, f"{self.place}: {name}")

    @property
    def nbytes(self) -> int:
        """Bytes of the arrays' numbers."""
        return sum(array.nbytes for array in self.arrays.values())

    def same(self, name: str, value: object) -> None:
        """StateError unless the plain `name` is what it must be for the state to belong here."""
        if name not in self.plain or self.plain[name] != value:
            got = shown(self.plain.get(name))
            raise StateError(f"{self.place}: expected {name} {shown(value)}, got {got}")

    def whole(self, name: str, least: int, most: float = math.inf) -> int:
        """A plain whole number between these two."""
        value = self.plain.get(name)
        if not is_int(value) or not least <= value <= most:
            raise StateError(
                f"{self.place}: expected {name} as a whole number from {least} to {most}, "
                f"got {shown(value)}"
            )
        return int(value)

    def number(self, name: str) -> float:
        """A plain real number, which may be NaN or infinite."""
        value = self.plain.get(name)
        if not is_number(value):
            raise StateError(f"{self.place}: expected {name} as a number, got {shown(value)}")
        return float(value)

    def array_like(self, name: str, like: Array) -> Array:
        """The array of this name, which must have the shape and dtype of another."""
        array = self.arrays.get(name)
        if array is None or (array.shape, array.dtype) != (like.shape, like.dtype):
            got = "none" if array is None else f"{array.dtype} {array.shape}"
            raise StateError(
                f"{self.place}: expected {name} as {like.dtype} {like.shape}, got {got}"
            )
        return array


def generator_state(generator: np.random.Generator) -> dict[str, Any]:
    """Where a generator of random numbers stands, as plain numbers."""
    found: dict[str, Any] = plain_numbers(generator.bit_generator.state)
    return found


def generator_like(generator: np.random.Generator, state: State, name: str) -> dict[str, Any]:
    """What its bit generator takes for the plain `name`. StateError unless it is of its kind."""
    given, bits = state.plain.get(name), generator.bit_generator
    now = bits.state
    try:
        wanted = _like(given, now)
        bits.state = wanted  # NumPy's own checks; put back at once
    except (TypeError, ValueError, KeyError, OverflowError) as error:
        kind = type(bits).__name__
        raise StateError(
            f"{state.place}: expected {name} as the state of a {kind}, got {shown(given)}"
        ) from error
    finally:
        bits.state = now
    found: dict[str, Any] = wanted
    return found


def plain_numbers(value: Any) -> Any:
    """The same without arrays."""
    if isinstance(value, dict):
        return {key: plain_numbers(one) for key, one in value.items()}
    return value.tolist() if isinstance(value, (np.ndarray, np.generic)) else value


def _like(value: Any, model: Any) -> Any:
    """What `plain_numbers` gave, in the types that it had: a bit generator takes nothing else."""
    if isinstance(model, dict):
        if not isinstance(value, dict) or value.keys() != model.keys():
            raise TypeError
        return {key: _like(value[key], one) for key, one in model.items()}
    if isinstance(model, np.ndarray):
        array = np.array(value, model.dtype)
        if array.shape != model.shape:
            raise TypeError
        return array
    if type(value) is not type(model) or (isinstance(model, str) and value != model):
        raise TypeError
    return value
