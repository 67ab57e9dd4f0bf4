"""Dictionaries whose keys stay: a layer's hyper-parameters, and arrays that others share.

Reading is that of any dictionary. An assignment either has its effect or is refused.
"""

from collections.abc import Mapping
from typing import Any, NoReturn, Self

import numpy as np
import numpy.typing as npt

from pynn.limits import as_numbers, cast, shown
from pynn.matmul import Array


class Fixed(dict[str, Any]):
    """A dictionary that refuses every change; `who` begins the sentence, `advice` ends it."""

    advice = "make a new layer instead"

    def __init__(self, who: str, values: Mapping[str, Any]) -> None:
        super().__init__(values)
        self.who = who

    def __reduce__(self) -> tuple[type[Self], tuple[str, dict[str, Any]]]:
        """How a copy, pickled or deep, is made: not by assignments."""
        return type(self), (self.who, dict(self))

    def _refuse(self, *given: object, **named: object) -> NoReturn:
        raise ValueError(
            f"{self.who}: expected {self._names()} to stay, got a change; {self.advice}"
        )

    def _names(self) -> str:
        return ", ".join(self) or "no entries"

    __setitem__ = __delitem__ = __ior__ = _refuse
    update = setdefault = pop = popitem = clear = _refuse


class Arrays(Fixed):
    """Arrays by name that stay the same objects: what is assigned is copied into them."""

    advice = "assign to one of them, or use set_parameters"
    finite = True
    # Where they lie side by side, in their order; None where each has memory of its own.
    whole: Array | None = None

    def __setitem__(self, name: str, value: npt.ArrayLike) -> None:  # type: ignore[override]
        self.update({name: value})

    def __ior__(self, values: Any) -> Self:  # type: ignore[override, misc]
        self.update(values)
        return self

    def update(self, values: Mapping[str, Any], /) -> None:  # type: ignore[override]
        """Copies real, finite numbers of the right shape: all are taken or none. Raises ValueError.

        An array that stands here already is not looked at, so `arrays[name] += 1` works.
        """
        if not isinstance(values, Mapping):
            got = type(values).__name__
            raise ValueError(f"{self.who}: expected arrays by name in a dictionary, got {got}")
        fitting = {
            name: self._fitting(name, value)
            for name, value in values.items()
            if value is not self.get(name, self)
        }
        for name, array in fitting.items():
            self[name][...] = array

    def _fitting(self, name: str, value: npt.ArrayLike) -> Array:
        """A copy of the value, of the dtype of the array of this name."""
        if name not in self:
            raise ValueError(
                f"{self.who}: expected a parameter of {self._names()}, got {shown(name)}"
            )
        own: Array = self[name]
        array = as_numbers(f"{self.who}: expected {name}", value)
        if array.shape != own.shape:
            raise ValueError(f"{self.who}: expected {name} of shape {own.shape}, got {array.shape}")
        array = cast(array, own.dtype)
        if self.finite and not np.isfinite(array).all():
            raise ValueError(
                f"{self.who}: expected {name} as finite numbers, got NaN, infinity "
                f"or more than {own.dtype} holds"
            )
        return array


class Gradients(Arrays):
    """The same for gradients, which are not finite when a run diverges."""

    finite = False
