"""Transfer: a network's convolutions stay as they were learned, and only what stands on them is
trained for other classes.

What the first layers look for, lines and corners and where they meet, serves any writing, so a
few examples of a new sign are enough (Donahue et al. 2014, "DeCAF"; Yosinski et al. 2014, "How
transferable are features in deep neural networks?").
"""

from collections.abc import Sequence

import numpy as np

from pynn.layers import Dense, Flatten, Layer
from pynn.layers.row import portions
from pynn.matmul import Array
from pynn.network import Network


def split(network: Network) -> tuple[tuple[Layer, ...], tuple[Layer, ...]]:
    """The layers up to `Flatten`, and those behind it."""
    end = next(at for at, layer in enumerate(network.layers, 1) if isinstance(layer, Flatten))
    return network.layers[:end], network.layers[end:]


def features(network: Network, images: Array) -> Array:
    """(n, m): what the layers up to `Flatten` make of images of 28 x 28."""
    kept, _ = split(network)
    rows = network.as_rows(images)
    made = np.empty((len(rows), *kept[-1].output_shape), network.dtype)
    for chosen in portions(kept, len(rows)):
        with network.lock:
            x = network.scaled(rows[chosen])
            for layer in kept:
                x = layer.forward(x)
            made[chosen] = x
    return made


def head_of(network: Network, names: Sequence[str], seed: int = 0) -> Network:
    """A network for `features`, that answers one of these names.

    It begins with what `network` knows behind its `Flatten`: its outputs are named 0, 1, 2 …,
    and a name that is among them keeps its weights. Other names begin at 0.
    """
    kept, dense = split(network)
    head = Network([*fresh(dense[:-1]), Dense(len(names), "softmax")], kept[-1].output_shape, seed)
    for layer, known in zip(head.layers[:-1], dense[:-1], strict=True):
        for name, array in known.params.items():
            layer.params[name][...] = array
    for name, array in head.layers[-1].params.items():
        array[...] = 0.0
        for place, answer in enumerate(names):
            if answer in map(str, range(network.outputs)):
                array[..., place] = dense[-1].params[name][..., int(answer)]
    return head


def joined(network: Network, head: Network) -> Network:
    """A network of its own: the convolutions of the one, and the other behind them."""
    kept, _ = split(network)
    whole = Network([*fresh(kept), *fresh(head.layers)], network.input_shape)
    whole.units.pixels = network.units.pixels
    for layer, known in zip(whole.layers, (*kept, *head.layers), strict=True):
        for name, array in known.params.items():
            layer.params[name][...] = array
    return whole


def fresh(layers: Sequence[Layer]) -> list[Layer]:
    """The same kinds of layers, not built yet."""
    return [type(layer)(**layer.config) for layer in layers]
