"""The contract of a layer.

A layer is two maps in a row. The first has the parameters and makes z from x;
the second is the activation and makes the output a = f(z):

    forward:   x --linear--> z --activation--> a
    backward:  dx <--linear_backward-- dz <--activation-- da

where dv always means dL/dv, the loss's derivative with respect to v. The cut
in the middle is there for the last layer: a loss starts at its z.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from pynn.activations import Linear, get_activation
from pynn.buffers import Buffers
from pynn.fixed import Arrays, Fixed, Gradients
from pynn.initializers import Initializer
from pynn.limits import as_numbers, cast, shown
from pynn.matmul import Array, by_kernel

Shape = tuple[int, ...]


class Layer:
    """The contract. Shapes leave out the batch axis, which always comes first.

    The constructor takes hyper-parameters only and keeps them in `config`, from
    which a model file can make the layer again. `build` makes the arrays.
    `params` and `grads` are twins with the same keys; their arrays stay the same
    objects for the layer's life, and an assignment copies into them: the optimizer
    and the network's lists of parameters rely on that. What `forward` returns is a
    working array that the next `forward` overwrites.
    """

    def __init__(self, config: Mapping[str, Any]) -> None:
        who = type(self).__name__
        if not isinstance(config, Mapping):
            raise ValueError(f"{who}: expected config as a dictionary, got {shown(config)}")
        self.config = Fixed(who, config)
        self.activation = get_activation(config.get("activation", Linear()))
        self._penalties = float(config.get("l1", 0.0)), float(config.get("l2", 0.0))
        self.params: dict[str, Array] = {}
        self.grads: dict[str, Array] = {}
        self.output_shape: Shape = ()

    def shapes(self, input_shape: Shape) -> tuple[dict[str, Shape], Shape]:
        """Each parameter's shape, and the output's; ValueError where x cannot fit."""
        raise NotImplementedError

    def initializer(self, name: str) -> Initializer:
        """How the parameter `name` begins."""
        raise NotImplementedError

    def linear(self, x: Array) -> Array:
        """z from x; keeps what `linear_backward` needs."""
        raise NotImplementedError

    def linear_backward(self, dz: Array, need_dx: bool) -> Array | None:
        """Replaces `grads` and returns dx, or None where it is not needed."""
        raise NotImplementedError

    def flow_back(self, dz: Array) -> Array | None:
        """dx alone, for a dz that is not this layer's own; `grads` mean nothing after it."""
        return self.linear_backward(dz, need_dx=True)

    def build(self, input_shape: Shape, rng: np.random.Generator, dtype: npt.DTypeLike) -> Shape:
        """Makes parameters, gradients and buffers; returns the output shape."""
        shapes, output_shape = self.shapes(input_shape)
        who = type(self).__name__
        self.params = Arrays(
            who, {name: self._drawn(name, shape, rng, dtype) for name, shape in shapes.items()}
        )
        self.output_shape, self.buffers = output_shape, Buffers(dtype)
        self.grads = Gradients(who, {name: np.zeros_like(a) for name, a in self.params.items()})
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

    def forward(self, x: Array) -> Array:
        z = self.linear(x)
        self.output = self.activation.forward(z, out=z)
        return self.output

    def backward(self, da: Array, need_dx: bool = True) -> Array | None:
        dz = self.activation.backward(self.output, da, out=da)
        return self.linear_backward(dz, need_dx)

    def penalty(self) -> float:
        """l1 sum |w| + l2/2 sum w^2 over the weights; 0 for a layer without."""
        weights = self.params.get("weights")
        if weights is None:
            return 0.0
        l1, l2 = self._penalties
        return l1 * float(np.abs(weights).sum()) + 0.5 * l2 * float(np.vdot(weights, weights))

    @property
    def penalized(self) -> bool:
        """Whether a penalty takes part in this layer's gradients."""
        return any(self._penalties)

    def _add_penalty_gradient(self) -> None:
        l1, l2 = self._penalties
        weights, gradient = self.params["weights"], self.grads["weights"]
        if l2 and not by_kernel("add_scaled", gradient, weights, l2):
            gradient += np.multiply(weights, l2, out=self.buffers.get("penalty", weights.shape))
        if l1:
            sign = np.sign(weights, out=self.buffers.get("penalty", weights.shape))
            sign *= l1
            gradient += sign


def check_image_shape(who: str, shape: Shape) -> tuple[int, int, int]:
    """(height, width, channels), or ValueError."""
    if len(shape) != 3:
        raise ValueError(
            f"{who}: expected inputs of shape (height, width, channels), got {tuple(shape)}"
        )
    return shape[0], shape[1], shape[2]
