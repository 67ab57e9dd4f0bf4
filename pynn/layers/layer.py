"""The contract of a layer: what comes out for x, and the way back.

    forward:   x --> a
    backward:  dx <-- da

where dv always means dL/dv, the loss's derivative with respect to v.
"""

from __future__ import annotations

import inspect
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from pynn.arithmetic import FAST, Fast
from pynn.buffers import Buffers, Room
from pynn.fixed import Arrays, Fixed, Gradients
from pynn.limits import as_numbers, cast, shown
from pynn.matmul import Array
from pynn.spreads import Initializer

Shape = tuple[int, ...]


class Layer:
    """The contract. Shapes leave out the batch axis, which always comes first.

    The constructor takes hyper-parameters only and keeps them in `config`, from
    which a model file can make the layer again. `build` makes the arrays.
    `params` and `grads` are twins with the same keys; their arrays stay the same
    objects for the layer's life, and an assignment copies into them: the optimizer
    and the network's lists of parameters rely on that. `statistics` are arrays of the same
    kind that are kept with the model and not trained; most layers have none.

    Training or in use is said by the caller: `forward_training` is the pass that learns,
    `forward` the one that answers, and most layers do not tell the two apart. What either
    returns is a working array that the next of them overwrites; it reads x and leaves it.

    What a layer multiplies goes through its network's `arithmetic`. A layer whose every
    sum does, or has a stated order, says `may_be_exact`.
    """

    needs_noise: ClassVar[bool] = False  # whether `forward_training` draws
    may_be_exact: ClassVar[bool] = False
    may_change: ClassVar[frozenset[str]] = frozenset()  # words of `config` that a state puts back
    # Where `build` puts parameters and gradients, if its network says where.
    rooms: tuple[Room, Room] | None = None

    def __init__(self, config: Mapping[str, Any]) -> None:
        who = type(self).__name__
        if not isinstance(config, Mapping):
            raise ValueError(f"{who}: expected config as a dictionary, got {shown(config)}")
        self.config = Fixed(who, config)
        self.use(FAST)
        self.params: dict[str, Array] = {}
        self.grads: dict[str, Array] = {}
        self.statistics: dict[str, Array] = {}
        self.output_shape: Shape = ()

    def __repr__(self) -> str:
        """Python that makes one like it, without the words that are as usual."""
        usual = inspect.signature(type(self)).parameters
        words = [
            f"{name}={value!r}" if place else repr(value)
            for place, (name, value) in enumerate(self.config.items())
            if name not in usual or value != usual[name].default
        ]
        return f"{type(self).__name__}({', '.join(words)})"

    def use(self, arithmetic: Fast) -> None:
        """Computes in this way from now on. ValueError where the layer cannot."""
        if arithmetic.exact and not self.may_be_exact:
            raise ValueError(f"Network: expected layers that may be exact, got {shown(self)}")
        self.arithmetic = arithmetic

    def shapes(self, input_shape: Shape) -> tuple[dict[str, Shape], Shape]:
        """Each parameter's shape, and the output's; ValueError where x cannot fit."""
        raise NotImplementedError

    def statistics_shapes(self, input_shape: Shape) -> dict[str, Shape]:
        """The same for `statistics`; their names are other ones than the parameters'."""
        return {}

    def initializer(self, name: str) -> Initializer:
        """How the parameter, or the statistic, of this name begins."""
        raise NotImplementedError

    def forward(self, x: Array) -> Array:
        """What the layer makes of x (n, …)."""
        raise NotImplementedError

    def forward_training(self, x: Array, noise: np.random.Generator | None) -> Array:
        """The same while the network learns; what is drawn by chance is drawn from `noise`."""
        return self.forward(x)

    def backward(self, da: Array, need_dx: bool = True) -> Array | None:
        """Replaces `grads` and returns dx, or None where it is not needed.

        It belongs to the last `forward_training`. da may be overwritten.
        """
        raise NotImplementedError

    def build(self, input_shape: Shape, rng: np.random.Generator, dtype: npt.DTypeLike) -> Shape:
        """Makes parameters, gradients, statistics and buffers; returns the output shape."""
        shapes, output_shape = self.shapes(input_shape)
        who = type(self).__name__

        def begun(shapes: dict[str, Shape]) -> dict[str, Array]:
            return {name: self._drawn(name, shape, rng, dtype) for name, shape in shapes.items()}

        params = begun(shapes)
        grads = {name: np.zeros_like(array) for name, array in params.items()}
        if self.rooms is not None:
            params, grads = (
                {name: room.place(array) for name, array in arrays.items()}
                for room, arrays in zip(self.rooms, (params, grads), strict=True)
            )
        self.params, self.grads = Arrays(who, params), Gradients(who, grads)
        self.statistics = Arrays(who, begun(self.statistics_shapes(input_shape)))
        self.output_shape, self.buffers = output_shape, Buffers(dtype)
        return self.output_shape

    def _drawn(
        self, name: str, shape: Shape, rng: np.random.Generator, dtype: npt.DTypeLike
    ) -> Array:
        """What the initializer makes; ValueError where those are no finite numbers of `shape`."""
        expected = f"{type(self).__name__}: expected {name} from {shown(self.initializer(name))}"
        array = as_numbers(expected, self.initializer(name)(shape, rng))
        if array.shape != shape:
            raise ValueError(f"{expected} of shape {shape}, got {array.shape}")
        array = cast(array, dtype)
        if not np.isfinite(array).all():
            raise ValueError(f"{expected} as finite numbers, got NaN or infinity")
        return array

    @property
    def plan(self) -> str:
        """The kind and its words but those that may change, in one line."""
        words = (f"{k}={self._said(k)}" for k in self.config if k not in self.may_change)
        return f"{type(self).__name__} {', '.join(words)}"

    def _said(self, word: str) -> str:
        return shown(self.config[word])

    def penalty(self) -> float:
        """What the layer adds to the loss; 0 for most."""
        return 0.0

    @property
    def penalized(self) -> bool:
        """Whether a penalty takes part in this layer's gradients."""
        return False


def layer_names(layers: Iterable[Layer]) -> list[str]:
    """conv2d_1, dense_1, dense_2, …: every kind is counted by itself, from 1.

    So names stay when a layer of another kind is put in.
    """
    counts: Counter[str] = Counter()
    names = []
    for layer in layers:
        kind = type(layer).__name__.lower()
        counts[kind] += 1
        names.append(f"{kind}_{counts[kind]}")
    return names


def check_image_shape(who: str, shape: Shape) -> tuple[int, int, int]:
    """(height, width, channels), or ValueError."""
    if len(shape) != 3:
        raise ValueError(
            f"{who}: expected inputs of shape (height, width, channels), got {tuple(shape)}"
        )
    return shape[0], shape[1], shape[2]
