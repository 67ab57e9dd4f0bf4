"""A network: layers in a row, forward from x to the outputs, backward from the loss."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from pynn.arithmetic import EXACT, FAST
from pynn.buffers import Buffers
from pynn.chance import Seed, stream
from pynn.classes import class_numbers, cut_between
from pynn.described import Described
from pynn.fixed import Arrays, Gradients
from pynn.held import Held
from pynn.inputs import checked
from pynn.layers import Layer, Shape, row
from pynn.limits import MOST, cast, check_flag, check_float, check_whole
from pynn.losses import Loss, weighed
from pynn.matmul import Array
from pynn.network_state import restoring, state_of
from pynn.state import Restoring, State
from pynn.units import PIXEL, Units


class Network(Described):
    """Layers that feed one another, built for inputs of one shape.

    layers  at least one, the last one `Neurons`; they belong to this network from now on
    inputs  how many numbers one example has, or its shape, (28, 28, 1) say
    seed    a seed or a numpy Generator: the same seed gives the same weights
    dtype   "float32", or "float64" for double precision
    exact   True gives the same bits on every processor and in every browser, where
            small networks lose little time by it and large ones much (`pynn.exact`)

    Inputs are (n, inputs). Bytes (uint8) are taken for pixels and scaled from 0..255 to
    0..1, other numbers are taken as they are; `units` remembers which of them it learned
    from, and the same in other units is refused. Axes of length 1 do not matter, a network
    of shape (28, 28, 1) takes rows (n, 784) too, and one of 784 inputs images as they are.

    `parameters`, `gradients` and `statistics` name every layer's arrays, "dense_1.weights"
    and "batchnorm_1.mean" say, and an assignment to one copies into it; `held` says which
    numbers stay as they are (`pynn.held`). Several threads may predict and train: each pass
    and each update holds `lock`. Who calls `forward` or `backpropagate` holds it for as long
    as their arrays matter.
    """

    def __init__(
        self,
        layers: Sequence[Layer],
        inputs: int | Shape,
        seed: Seed = 0,
        dtype: npt.DTypeLike = "float32",
        exact: bool = False,
    ) -> None:
        self.layers = row.as_layers(layers)
        self.dtype = check_float("Network", dtype)
        given = inputs if isinstance(inputs, (tuple, list)) and inputs else (inputs,)
        self.input_shape: Shape = tuple(
            check_whole("Network", "inputs", size, most=MOST) for size in given
        )
        self.arithmetic = EXACT if check_flag("Network", "exact", exact) else FAST
        rng = self.arithmetic.generator(stream("Network", seed, "weights"))
        for layer in self.layers:
            layer.use(self.arithmetic)
        self.output_shape, count = row.fitted(self.layers, self.input_shape)
        rooms = row.build(self.layers, self.input_shape, count, rng, self.dtype)
        self.lock, self.units = threading.RLock(), Units()
        # Exact sums have a stated order, which portions of a batch would change.
        self.sums = Buffers(self.dtype)  # of the gradients of portions
        self.most_kept = MOST if self.exact else row.most_kept(self.layers)
        kind = f"exact {self.dtype}" if self.exact else self.dtype
        # A state belongs to networks of the same plan.
        self.plan = f"{kind} {self.input_shape} | {row.plan(self.layers)}"
        self.parameters = Arrays("Network", row.named(self.layers, "params"))
        self.gradients = Gradients("Network", row.named(self.layers, "grads"))
        self.statistics = Arrays("Network", row.named(self.layers, "statistics"))
        self.held = Held({name: array.shape for name, array in self.parameters.items()})
        if rooms is not None and not rooms[0].left:
            self.parameters.whole, self.gradients.whole = (room.whole for room in rooms)

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
        # joblib keeps no two names of one array; a layer's are the ones that count.
        for mine, twin in (("parameters", "params"), ("gradients", "grads"), ("statistics",) * 2):
            if all(hasattr(layer, twin) for layer in self.layers):
                own, named = getattr(self, mine), row.named(self.layers, twin)
                for name in own.keys() & named.keys():
                    dict.__setitem__(own, name, named[name])

    def as_rows(self, x: npt.ArrayLike) -> Array:
        """x in this network's shape (n, *inputs), bytes still bytes; else ValueError."""
        return self._shaped(checked(x, self.input_shape, self.units))

    def _shaped(self, given: Array) -> Array:
        rows = given.reshape(len(given), *self.input_shape)
        return rows if given.dtype in (np.uint8, self.dtype) else cast(rows, self.dtype)

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
        return self.last.linear(x)

    def pre_activation_training(self, x: Array, noise: np.random.Generator | None) -> Array:
        """The same by the pass that learns."""
        for layer in self.layers[:-1]:
            x = layer.forward_training(x, noise)
        return self.last.linear(x)

    def backpropagate(
        self,
        x: Array,
        targets: Array,
        loss: Loss,
        noise: np.random.Generator | None = None,
        weights: Array | None = None,
    ) -> float:
        """Replaces every gradient with that of this batch; returns its loss.

        x comes from `as_input`, the target rows from `as_targets`. Penalties go
        into the gradients, not into the number returned. Layers that draw by chance
        while they learn draw from `noise`; `weights` (n,) weigh the examples.
        """
        hidden, last = self.layers[:-1], self.last
        z = self.pre_activation_training(x, noise)
        dz = last.buffers.get("dz", z.shape)
        value = loss.value(z, targets, last.activation, gradient=dz, **weighed(weights))
        gradient = last.linear_backward(dz, need_dx=bool(hidden))
        for layer in reversed(hidden):
            assert gradient is not None
            gradient = layer.backward(gradient, need_dx=layer is not hidden[0])
        return value

    def predict(self, x: npt.ArrayLike) -> Array:
        """Outputs (n, outputs) of the network for n examples, as a new array."""
        given = checked(x, self.input_shape, self.units)
        outputs = np.empty((len(given), self.outputs), self.dtype)
        for rows in row.portions(self.layers, len(given)):
            inputs = self.scaled(self._shaped(given[rows]))
            if not np.isfinite(inputs).all():
                raise ValueError("Network: expected x as finite numbers, got NaN or infinity")
            # An overflow shows in the outputs.
            with self.lock, np.errstate(over="ignore", invalid="ignore"):
                outputs[rows] = self.forward(inputs)
        return outputs

    def predict_classes(self, x: npt.ArrayLike) -> Array:
        """The number of the class (n,) that each example is answered with.

        That is the largest of several outputs; a single one says class 1 above 1/2, and
        above 0 where it ends in tanh.
        """
        return class_numbers(self.predict(x), cut_between(np.ones(1), self.last.activation))

    def penalty(self) -> float:
        """The sum of all layers' L1 and L2 penalties."""
        return sum(layer.penalty() for layer in self.layers)

    def set_parameters(self, values: Mapping[str, Any]) -> None:
        """Copies arrays into the parameters of these names. Raises ValueError.

        Either all are taken or, when one does not fit or is not finite, none.
        """
        with self.lock:
            self.parameters.update(values)

    def state(self) -> State:
        """Parameters and statistics; penalties, what is held, and the units of its inputs."""
        with self.lock:
            return state_of(self)

    def restore(self, state: State) -> None:
        """Makes this network, of the same layers, what it was. Raises StateError."""
        self.restoring(state)()

    def restoring(self, state: State) -> Restoring:
        """What `restore` will do, checked. Raises StateError."""
        return restoring(self, state)


def check_network(who: str, network: object) -> None:
    """ValueError unless this is a Network."""
    if not isinstance(network, Network):
        raise ValueError(f"{who}: expected a Network, got {type(network).__name__}")
