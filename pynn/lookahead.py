"""Several small steps of plain SGD for the price of one pass through the first layer.

With a mini-batch of one or three, a first layer of 784 x 500 weights is rewritten
from end to end for very little arithmetic. But the steps of SGD can be written out.
With the weights W_j before step j, its inputs x_j, and dz_j,

    W_j = W_0 - r sum_{i<j} x_i^T dz_i

    z_j = x_j W_j + b = x_j W_0 - r sum_{i<j} (x_j x_i^T) dz_i + b

so W is rewritten once for many mini-batches, and x W_0 and x x^T can be made for all
of them at once, as two large products. The numbers are the same but for rounding. It
takes a layer whose inputs are known beforehand, which is the first.
"""

import copy
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

import numpy as np

from pynn.batches import Batches
from pynn.buffers import Buffers
from pynn.layers import Dense, Neurons
from pynn.matmul import Array, matmul
from pynn.network import Network
from pynn.optimizer import Optimizer
from pynn.optimizers import SGD
from pynn.slices import slices
from pynn.state import State

# x x^T costs as much as x W when the rows are as many as the units; a quarter is little.
SHARE = 4
MOST = 32
# OpenBLAS puts several threads to a product of more multiplications than this. On a busy
# machine they wait for one another far longer than a small product takes.
ONE_THREAD = 2**18


@dataclass
class Kept:
    """A group in which one stands."""

    epoch: int
    start: int  # its first row
    weights: Array  # of the first layer, as the group began
    moves: Array  # (rows until now, units)
    shown: Array  # the first layer's weights after them

    @property
    def row(self) -> int:
        """The row that comes next."""
        return self.start + len(self.moves)


class LookAhead(Neurons):
    """Stands in for a network's first layer during a group of up to `together` steps.

    `network` has it in that layer's place and shares everything else with the
    given network; the optimizer is left to move all parameters but its weights.

    Groups lie at fixed places of the epoch, so the portions in which somebody advances
    change no bit. Where one ends in a group, the group is kept: its first weights and its
    moves until then.
    """

    @staticmethod
    def suits(network: Network, optimizer: Optimizer) -> bool:
        """Whether this is plain SGD and nothing else, as it may become between two updates."""
        plain = type(optimizer) is SGD and not optimizer.momentum
        return plain and not network.held and not network.layers[0].penalized

    @staticmethod
    def batches_for(network: Network, optimizer: Optimizer, batch_size: int) -> int:
        """How many mini-batches to take together; 1 where that is wrong or does not pay."""
        first = network.layers[0]
        dense = type(first) is Dense and not first.penalized
        if network.exact or not dense or type(optimizer) is not SGD:
            return 1
        return max(1, min(MOST, first.output_shape[0] // (SHARE * batch_size)))

    @staticmethod
    def suiting(network: Network, optimizer: Optimizer, batches: Batches) -> "LookAhead | None":
        """One for this training, or None where it is wrong or does not pay."""
        if batches.augment is not None or batches.weights is not None:
            return None
        together = LookAhead.batches_for(network, optimizer, batches.size)
        return LookAhead(network, optimizer, batches, together) if together > 1 else None

    def __init__(
        self, network: Network, optimizer: Optimizer, batches: Batches, together: int
    ) -> None:
        self.first, self.optimizer, self.together = network.layers[0], optimizer, together
        self.batches, self.size = batches, batches.size
        super().__init__(self.first.config)
        self.output_shape = self.first.output_shape
        self.params = {key: a for key, a in self.first.params.items() if key != "weights"}
        self.grads = {key: self.first.grads[key] for key in self.params}
        self.buffers, self.found = Buffers(network.dtype), Buffers(np.bool_)
        self.network = copy.copy(network)
        own = f"{network.layer_names[0]}.weights"
        vars(self.network).update(
            layers=(self, *network.layers[1:]),
            most_kept=self.together * self.size,  # it counts the rows
            parameters={k: a for k, a in network.parameters.items() if k != own},
            gradients={k: a for k, a in network.gradients.items() if k != own},
        )
        # Products that are small enough for one thread are made in parts that still are.
        size, inputs = self.size * self._weights.size, network.input_shape[0]
        part = inputs if size > ONE_THREAD else max(1, ONE_THREAD * inputs // (size * together))
        self.parts = list(slices(inputs, part))
        self.end()

    @property
    def _weights(self) -> Array:
        weights: Array = self.first.params["weights"]
        return weights

    def end(self) -> None:
        """Forgets the group in which one stands: the weights are what they are."""
        self.kept: Kept | None = None
        self.looked = False

    def group(self, most: int) -> Generator[tuple[Array, Array, None]]:
        """At most so many mini-batches of the group that lies here; then the weights catch up."""
        batches, kept = self.batches, self.kept if self._goes_on() else None
        if kept is None:
            self.end()
            self._begin(batches.row, self._weights)
        else:
            self._begin(kept.start, kept.weights, kept.moves)
        try:
            while most > 0 and batches.row < self.stop:
                most -= 1
                rows = slice(batches.row - self.start, batches.move_on() - self.start)
                yield self.x[rows], self.targets[rows], None
        finally:
            if batches.row == self.stop:
                self._catch_up(self._weights if kept is None else kept.weights)
                self.end()
            else:
                began = self._copied("began") if kept is None else kept.weights
                self._catch_up(began)
                moves, shown = self.moves[: self.done], self._copied("shown")
                self.kept = Kept(batches.epoch, self.start, began, moves, shown)

    def _goes_on(self) -> bool:
        """Whether nobody has been elsewhere since the last group, or changed the weights."""
        kept, batches = self.kept, self.batches
        if kept is None or (batches.epoch, batches.row) != (kept.epoch, kept.row):
            return False
        same = self.found.get("same", self._weights.shape)
        return bool(np.equal(self._weights, kept.shown, out=same).all())

    def _copied(self, name: str) -> Array:
        """The first layer's weights in a working array."""
        copy = self.buffers.get(name, self._weights.shape)
        np.copyto(copy, self._weights)
        return copy

    def __getstate__(self) -> dict[str, Any]:
        # A copy looks again: what was seen is in buffers, which are not copied.
        seen = {"x", "targets", "z", "gram", "moves", "looked"}
        return {k: v for k, v in vars(self).items() if k not in seen} | {"looked": False}

    def state(self) -> State:
        """The group in which one stands, if any."""
        kept = self.kept
        if kept is None or not self._goes_on():
            return State({}, {})
        arrays = {"weights": kept.weights.copy(), "moves": kept.moves.copy()}
        return State(arrays, {"start": kept.start})

    @staticmethod
    def check(network: Network, state: State) -> State:
        """StateError unless `restore` can take this for a training of this network."""
        if state.arrays or state.plain:
            weights = network.layers[0].params.get("weights", np.empty(0))
            state.array_like("weights", weights)
            moves = state.arrays.get("moves", weights)
            state.array_like("moves", np.empty((len(moves), *weights.shape[1:]), weights.dtype))
            state.whole("start", 0)
        return state

    def restore(self, state: State) -> None:
        """Stands in the group that `check` has found right, if there is one."""
        self.end()
        if state.arrays:
            weights, moves = state.arrays["weights"].copy(), state.arrays["moves"].copy()
            epoch, start = self.batches.epoch, state.plain["start"]
            self.kept = Kept(epoch, start, weights, moves, self._weights.copy())

    def _begin(self, start: int, weights: Array, moves: Array | None = None) -> None:
        """The group that begins at this row with these weights, and has made these moves."""
        self.start, self.done = start, 0 if moves is None else len(moves)
        if not self.looked:
            span = self.together * self.size
            self.stop = min((start // span + 1) * span, len(self.batches.rows))
            x, self.targets = self.batches.between(start, self.stop)
            self._look(x, weights)
            self.looked = True
        if moves is not None:
            self.moves[: self.done] = moves

    def _look(self, x: Array, weights: Array) -> None:
        shape, square = (len(x), *self.output_shape), (len(x), len(x))
        self.x = x
        self.moves = self.buffers.get("moves", shape)  # -r dz
        self.z, self.gram = self.buffers.get("z", shape), self.buffers.get("gram", square)
        self.z.fill(0.0)
        self.gram.fill(0.0)
        for part in self.parts:
            some = x[:, part]
            self.z += matmul(some, weights[part], out=self.buffers.get("some z", shape))
            self.gram += matmul(some, some.T, out=self.buffers.get("some gram", square))

    def linear(self, x: Array) -> Array:
        done, rows = self.done, slice(self.done, self.done + len(x))
        z = self.z[rows]
        if done:
            since = self.buffers.get("since", z.shape)
            z += matmul(self.gram[rows, :done], self.moves[:done], out=since)
        if "bias" in self.params:
            z += self.params["bias"]
        return z

    def linear_backward(self, dz: Array, need_dx: bool) -> Array | None:
        np.multiply(dz, -self.optimizer.rate(), out=self.moves[self.done : self.done + len(dz)])
        self.done += len(dz)
        if "bias" in self.grads:
            dz.sum(axis=0, out=self.grads["bias"])
        return None

    def _catch_up(self, began: Array) -> None:
        """The first layer's weights: as they began, and all moves of this group."""
        x, moves = self.x[: self.done], self.moves[: self.done]
        for part in self.parts:
            weights = self._weights[part]
            step = self.buffers.get("step", weights.shape)
            np.add(began[part], matmul(x[:, part].T, moves, out=step), out=weights)
