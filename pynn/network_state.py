"""What a network is at one moment, kept and brought back: its numbers, and what a person may
change while it learns.
"""

from typing import TYPE_CHECKING

import numpy as np

from pynn.limits import as_float, shown
from pynn.state import Restoring, State, StateError

if TYPE_CHECKING:
    from pynn.network import Network


def state_of(network: "Network") -> State:
    """See `Network.state`."""
    arrays = {name: array.copy() for name, array in network.arrays.items()}
    plain = {
        "plan": network.plan,
        "pixels": network.units.pixels,
        "penalties": [[layer.l1, layer.l2] for layer in network.neurons],
        "held": network.held.plain(),
    }
    return State(arrays, plain)


def restoring(network: "Network", state: State) -> Restoring:
    """See `Network.restoring`."""
    if not isinstance(state, State):
        raise StateError(f"Network: expected a State, got {shown(state)}")
    state.same("plan", network.plan)
    pixels = state.plain.get("pixels")
    if not (pixels is None or isinstance(pixels, bool)):
        raise StateError(
            f"{state.place}: expected pixels as true, false or null, got {shown(pixels)}"
        )
    kept = [(own, state.array_like(name, own)) for name, own in network.arrays.items()]
    masks, penalties = network.held.masks_in(state), _penalties_in(network, state)

    def put_back() -> None:
        with network.lock:
            for own, array in kept:
                np.copyto(own, array)
            network.units.pixels = pixels
            network.held.clear()
            for name, mask in masks.items():
                network.held[name] = mask
            for layer, (l1, l2) in zip(network.neurons, penalties, strict=True):
                layer.penalize(l1, l2)

    return put_back


def _penalties_in(network: "Network", state: State) -> list[tuple[float, float]]:
    """l1 and l2 of each layer."""
    layers, given = network.neurons, state.plain.get("penalties")
    try:
        pairs = [(as_float(l1), as_float(l2)) for l1, l2 in given or ()]
        good = len(pairs) == len(layers) and all(0 <= p < np.inf for pair in pairs for p in pair)
    except (TypeError, ValueError):
        good = False
    if not good:
        raise StateError(
            f"{state.place}: expected penalties as two numbers >= 0 for each of {len(layers)} "
            f"layers, got {shown(given)}"
        )
    return pairs
