"""A network: layers in a row, forward from x to the outputs, backward from the loss."""

import math
import threading
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from pynn.buffers import Buffers
from pynn.chance import Seed, stream
from pynn.fixed import Arrays, Gradients
from pynn.layers import Layer, Shape
from pynn.limits import MOST, as_numbers, cast, check_whole, shown
from pynn.losses import Loss
from pynn.matmul import Array
from pynn.units import PIXEL, Units

# Rows at a time where all rows are wanted: large enough to be fast, small
# enough that the working arrays stay below a few megabytes.
CHUNK = 1000


class Network:
    """Layers that feed one another, built for inputs of one shape.

    layers  at least one; they belong to this network from now on
    inputs  how many numbers one example has, or its shape, (28, 28, 1) say
    seed    a seed or a numpy Generator: the same seed gives the same weights
    dtype   "float32", or "float64" for double precision

    Inputs are (n, inputs). Bytes (uint8) are taken for pixels and scaled from 0..255 to
    0..1, other numbers are taken as they are; `units` remembers which of them it learned
    from, and the same in other units is refused. Axes of length 1 do not matter, a network
    of shape (28, 28, 1) takes rows (n, 784) too, and one of 784 inputs images as they are.

    `parameters` and `gradients` name every layer's arrays, "dense_1.weights" say, and an
    assignment to one copies into it. Several threads may predict and train: each pass
    and each update holds `lock`. Who calls `forward` or `backpropagate` holds it for as
    long as their arrays matter.
    """

    def __init__(
        self,
        layers: Sequence[Layer],
        inputs: int | Shape,
        seed: Seed = 0,
        dtype: npt.DTypeLike = "float32",
    ) -> None:
        self.layers = _as_layers(layers)
        twice = len({id(layer) for layer in self.layers}) < len(self.layers)
        if twice or any(layer.output_shape for layer in self.layers):
            raise ValueError("Network: expected fresh layers, got one that is in use already")
        named = isinstance(dtype, (str, type, np.dtype))
        if not named or dtype not in (np.float32, np.float64, "float32", "float64"):
            raise ValueError(f"Network: expected dtype float32 or float64, got {shown(dtype)}")
        self.dtype = np.dtype(dtype)
        given = inputs if isinstance(inputs, (tuple, list)) and inputs else (inputs,)
        sizes = [check_whole("Network", "inputs", size, most=MOST) for size in given]
        self.input_shape: Shape = tuple(sizes)
        rng = stream("Network", seed, "weights")
        self.output_shape = self._fitted()
        shape = self.input_shape
        try:
            for layer in self.layers:
                shape = layer.build(shape, rng, self.dtype)
        except BaseException:
            for layer in self.layers:
                layer.output_shape = ()  # fresh, as they were
            raise
        self.lock, self.units = threading.RLock(), Units()
        self.parameters = Arrays("Network", self._named("params"))
        self.gradients = Gradients("Network", self._named("grads"))

    def __setattr__(self, name: str, value: object) -> None:
        """What was built stays: layers in another order, say, would not be trained."""
        if getattr(self, name, value) is not value:
            raise ValueError(
                f"Network: expected {name} to stay as built, got another; "
                f"set_parameters changes the numbers, a new Network anything else"
            )
        super().__setattr__(name, value)

    def __copy__(self) -> Self:
        """It shares the layers, and so it shares the lock too."""
        twin = type(self).__new__(type(self))
        vars(twin).update(vars(self))
        return twin

    def __getstate__(self) -> dict[str, Any]:
        # A copy, pickled or deep, gets a lock of its own.
        return {name: value for name, value in vars(self).items() if name != "lock"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state, lock=threading.RLock())

    def _fitted(self) -> Shape:
        """The outputs' shape, before anything is built: layers that are refused stay fresh."""
        shape, count = self.input_shape, 0
        for layer in self.layers:
            params, shape = layer.shapes(shape)
            count += sum(map(math.prod, params.values()))
        if count > MOST:
            raise ValueError(f"Network: expected at most {MOST:,} parameters, got {shown(count)}")
        if len(shape) != 1:
            raise ValueError(f"Network: expected a flat last layer, got outputs of shape {shape}")
        return shape

    def _named(self, twin: str) -> dict[str, Array]:
        return {
            f"{name}.{key}": array
            for name, layer in zip(self.layer_names, self.layers, strict=True)
            for key, array in getattr(layer, twin).items()
        }

    @property
    def layer_names(self) -> list[str]:
        """dense_1, dense_2, …: the kind and the place, counted from 1."""
        return [
            f"{type(layer).__name__.lower()}_{place}"
            for place, layer in enumerate(self.layers, start=1)
        ]

    @property
    def outputs(self) -> int:
        return self.output_shape[0]

    def as_rows(self, x: npt.ArrayLike) -> Array:
        """x in this network's shape (n, *inputs), bytes still bytes; else ValueError."""
        return self._shaped(self._checked(x))

    def _shaped(self, given: Array) -> Array:
        rows = given.reshape(len(given), *self.input_shape)
        return rows if given.dtype in (np.uint8, self.dtype) else cast(rows, self.dtype)

    def _checked(self, x: npt.ArrayLike) -> Array:
        given = as_numbers("Network: expected x", x)
        if given.ndim < 2 or not self._fits(given.shape[1:]):
            wanted = ", ".join(map(str, self.input_shape))
            raise ValueError(f"Network: expected x with shape (any, {wanted}), got {given.shape}")
        self.units.check(given)
        return given

    def _fits(self, shape: Shape) -> bool:
        """Whether an example of this shape has the inputs in their order."""
        wide, wanted = (tuple(n for n in axes if n != 1) for axes in (shape, self.input_shape))
        flat = len(wide) < 2 or len(self.input_shape) == 1
        return wide == wanted or (flat and math.prod(wide) == math.prod(wanted))

    def as_input(self, x: npt.ArrayLike, buffers: Buffers | None = None) -> Array:
        """x as `as_rows` has it and of this network's dtype: bytes are scaled to 0..1.

        The scaled copy is kept in `buffers` where they are given.
        """
        return self.scaled(self.as_rows(x), buffers)

    def scaled(self, rows: Array, buffers: Buffers | None = None) -> Array:
        """Some of the rows that `as_rows` gave, as `as_input` has them."""
        if rows.dtype != np.uint8:
            return rows
        out = None if buffers is None else buffers.get("input", rows.shape)
        return np.multiply(rows, PIXEL, out=out, dtype=self.dtype)

    def forward(self, x: Array) -> Array:
        """Outputs (n, outputs) for x from `as_input`, in a working array."""
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def pre_activation(self, x: Array) -> Array:
        """The last layer's z (n, outputs), where a loss begins."""
        for layer in self.layers[:-1]:
            x = layer.forward(x)
        return self.layers[-1].linear(x)

    def backpropagate(self, x: Array, targets: Array, loss: Loss) -> float:
        """Replaces every gradient with that of this batch; returns its loss.

        x comes from `as_input`, the target rows from `as_targets`. Penalties go
        into the gradients, not into the number returned.
        """
        *hidden, last = self.layers
        z = self.pre_activation(x)
        dz = last.buffers.get("dz", z.shape)
        value = loss.value(z, targets, last.activation, gradient=dz)
        if loss.hidden is None or not hidden:
            gradient = last.linear_backward(dz, need_dx=bool(hidden))
        else:
            # What flows back begins at another dz than the last layer's own gradients.
            flowing = last.buffers.get("flowing", z.shape)
            loss.hidden.slope(z, targets, last.activation, out=flowing)
            gradient = last.flow_back(flowing)
            last.linear_backward(dz, need_dx=False)
        for layer in reversed(hidden):
            assert gradient is not None
            gradient = layer.backward(gradient, need_dx=layer is not hidden[0])
        return value

    def predict(self, x: npt.ArrayLike) -> Array:
        """Outputs (n, outputs) of the network for n examples, as a new array."""
        given = self._checked(x)
        outputs = np.empty((len(given), self.outputs), self.dtype)
        for start in range(0, len(given), CHUNK):
            rows = slice(start, start + CHUNK)
            inputs = self.scaled(self._shaped(given[rows]))
            if not np.isfinite(inputs).all():
                raise ValueError("Network: expected x as finite numbers, got NaN or infinity")
            # An overflow shows in the outputs.
            with self.lock, np.errstate(over="ignore", invalid="ignore"):
                outputs[rows] = self.forward(inputs)
        return outputs

    def penalty(self) -> float:
        """The sum of all layers' L1 and L2 penalties."""
        return sum(layer.penalty() for layer in self.layers)

    def set_parameters(self, values: Mapping[str, Any]) -> None:
        """Copies arrays into the parameters of these names. Raises ValueError.

        Either all are taken or, when one does not fit or is not finite, none.
        """
        with self.lock:
            self.parameters.update(values)

    def summary(self) -> str:
        """A table: each layer's name, activation, output shape and parameters."""
        rows = [("layer", "activation", "output", "parameters")]
        for name, layer in zip(self.layer_names, self.layers, strict=True):
            count = sum(array.size for array in layer.params.values())
            shape = " x ".join(map(str, layer.output_shape))
            rows.append((name, layer.activation.name, shape, f"{count:,}"))
        total = sum(array.size for array in self.parameters.values())
        rows.append(("total", "", "", f"{total:,}"))
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        return "\n".join(
            "  ".join(
                cell.rjust(width) if place == 3 else cell.ljust(width)
                for place, (cell, width) in enumerate(zip(row, widths, strict=True))
            ).rstrip()
            for row in rows
        )


def check_network(who: str, network: object) -> None:
    """ValueError unless this is a Network."""
    if not isinstance(network, Network):
        raise ValueError(f"{who}: expected a Network, got {type(network).__name__}")


def _as_layers(given: object) -> tuple[Layer, ...]:
    """The layers in their order, which a set would not keep. ValueError for anything else."""
    layers: list[Layer] = []
    if isinstance(given, Iterable) and not isinstance(
        given, (str, bytes, set, frozenset, np.ndarray)
    ):
        for layer in given:
            if not isinstance(layer, Layer):
                raise ValueError(f"Network: expected layers only, got {shown(layer)}")
            layers.append(layer)
    if not layers:
        raise ValueError(f"Network: expected at least one layer, got {shown(given)}")
    return tuple(layers)
