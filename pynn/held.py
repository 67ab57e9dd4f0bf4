"""Numbers of a network that stay as they are while the others learn."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from pynn.limits import is_int, shown
from pynn.matmul import Array
from pynn.state import State, StateError

Shapes = Mapping[str, tuple[int, ...]]


class Held(dict[str, Array]):
    """By the parameter's name a mask of its shape, True where a number stays.

        network.held["dense_1.weights"][0, 3] = True    # this one
        network.held["dense_1.bias"] = True             # all of them
        network.held.clear()                            # none

    A mask is there, and False everywhere, as soon as somebody asks for it. Momentum would move
    a number that has no gradient, so what stays is put back after each update.
    """

    def __init__(self, shapes: Shapes, masks: Mapping[str, Any] | None = None) -> None:
        super().__init__()
        self.shapes = dict(shapes)
        for name, mask in (masks or {}).items():
            self[name] = mask

    def __missing__(self, name: str) -> Array:
        self[name] = False
        return self[name]

    def __setitem__(self, name: str, mask: Any) -> None:
        if name not in self.shapes:
            known = ", ".join(self.shapes)
            raise ValueError(f"held: expected a parameter of {known}, got {shown(name)}")
        shape = self.shapes[name]
        try:
            whole = np.broadcast_to(np.asarray(mask), shape)
            fits = whole.dtype == np.bool_
        except Exception:  # of another shape, or no array at all
            fits = False
        if not fits:
            raise ValueError(
                f"held: expected {name} as True and False of shape {shape}, got {shown(mask)}"
            )
        super().__setitem__(name, whole.copy())

    def __reduce__(self) -> tuple[type["Held"], tuple[Shapes, dict[str, Array]]]:
        return type(self), (self.shapes, dict(self))

    def kept(self, parameters: Mapping[str, Array]) -> list[tuple[Array, Array, Array]]:
        """Each array of which some stay, its mask, and those numbers as they are now."""
        return [
            (parameters[name], mask, parameters[name][mask])
            for name, mask in self.items()
            if name in parameters
        ]

    def plain(self) -> dict[str, list[int]]:
        """By name the places of what stays, in the order of memory."""
        return {name: np.flatnonzero(mask).tolist() for name, mask in self.items()}

    def masks_in(self, state: State) -> dict[str, Array]:
        """What `plain` gave, as the state's "held". Raises StateError."""
        given, masks = state.plain.get("held"), {}
        for name, places in given.items() if isinstance(given, dict) else [("held", given)]:
            shape = self.shapes.get(name)
            size = 0 if shape is None else int(np.prod(shape))
            fits = isinstance(places, list) and all(is_int(at) and 0 <= at < size for at in places)
            if shape is None or not fits:
                raise StateError(f"{state.place}: expected places in {name}, got {shown(places)}")
            mask = np.zeros(size, np.bool_)
            mask[places] = True
            masks[name] = mask.reshape(shape)
        return masks
