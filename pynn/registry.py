"""Layers, activations and losses of one's own, by name like pynn's."""

from typing import Any, TypeVar

from pynn.activations import ACTIVATIONS, Activation
from pynn.layers import LAYERS, Layer
from pynn.limits import shown
from pynn.losses import LOSSES, Loss

Kind = TypeVar("Kind", bound=type[Layer] | type[Activation] | type[Loss])


def register(kind: Kind) -> Kind:
    """Makes a class known by name, to model files, `Dense(8, "sine")`, `fit(loss="huber")`.

    A layer's name is its class's in small letters, the others' is their `name`. Activations
    and losses are made without words; a layer keeps all words of its constructor in
    `config`, as numbers, texts or flags. Whoever loads a file registers the same first.

        import numpy as np
        from pynn import Activation, Layer, register

        @register
        class Sine(Activation):  # a = sin z; f' = cos z
            name = "sine"
            needs_z = True  # so backward gets z: a alone does not tell the slope's sign

            def forward(self, z, out):
                return np.sin(z, out=out)

            def backward(self, z, da, out):
                return np.multiply(da, np.cos(z), out=out)

        @register
        class Noise(Layer):  # a = x in use, x plus normal numbers while the network learns
            needs_noise = True

            def __init__(self, deviation=0.1):
                super().__init__({"deviation": deviation})

            def shapes(self, input_shape):
                return {}, input_shape

            def forward(self, x):
                return x

            def forward_training(self, x, noise):
                drawn = noise.normal(0.0, self.config["deviation"], x.shape)
                return x + drawn.astype(x.dtype)

            def backward(self, da, need_dx=True):
                return da

    Raises ValueError for anything else than such a class, and where the name is another's.
    """
    table = _list_of(kind)
    name = kind.__name__.lower() if issubclass(kind, Layer) else kind.name
    if not isinstance(name, str) or not name.isidentifier():
        raise ValueError(f"register: expected a name of letters, digits and _, got {shown(name)}")
    known = table.get(name, kind)
    # A class may be defined again, as in a notebook whose cell runs twice.
    if (known.__module__, known.__qualname__) != (kind.__module__, kind.__qualname__):
        owner = f"{known.__module__}.{known.__qualname__}"
        raise ValueError(f"register: expected a name of its own, got {name}, which is {owner}'s")
    table[name] = kind
    return kind


def _list_of(kind: object) -> dict[str, Any]:
    lists: tuple[tuple[type, dict[str, Any]], ...] = (
        (Layer, LAYERS), (Activation, ACTIVATIONS), (Loss, LOSSES),
    )  # fmt: skip
    for base, table in lists:
        if isinstance(kind, type) and issubclass(kind, base):
            return table
    raise ValueError(
        f"register: expected a class of layers, activations or losses, got {shown(kind)}"
    )
