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

import numpy as np

from pynn.buffers import Buffers
from pynn.layers import Dense, Layer
from pynn.matmul import Array, matmul
from pynn.network import Network
from pynn.optimizer import Optimizer
from pynn.optimizers import SGD

# x x^T costs as much as x W when the rows are as many as the units; a quarter is little.
SHARE = 4
MOST = 32
# OpenBLAS puts several threads to a product of more multiplications than this. On a busy
# machine they wait for one another far longer than a small product takes.
ONE_THREAD = 2**18


class LookAhead(Layer):
    """Stands in for a network's first layer during up to `together` steps.

    `network` has it in that layer's place and shares everything else with the
    given network; the optimizer is left to move all parameters but its weights.
    """

    @staticmethod
    def suits(optimizer: Optimizer) -> bool:
        """Whether this is plain SGD, as it may cease to be between two updates."""
        return type(optimizer) is SGD and not optimizer.momentum

    @staticmethod
    def batches_for(network: Network, optimizer: Optimizer, batch_size: int) -> int:
        """How many mini-batches to take together; 1 where that is wrong or does not pay."""
        first = network.layers[0]
        if not (LookAhead.suits(optimizer) and type(first) is Dense and not first.penalized):
            return 1
        return max(1, min(MOST, first.output_shape[0] // (SHARE * batch_size)))

    def __init__(self, network: Network, optimizer: Optimizer, rows: int, together: int) -> None:
        """`rows` is the size of a mini-batch."""
        self.first, self.optimizer, self.together = network.layers[0], optimizer, together
        super().__init__(self.first.config)
        self.output_shape = self.first.output_shape
        self.params = {key: a for key, a in self.first.params.items() if key != "weights"}
        self.grads = {key: self.first.grads[key] for key in self.params}
        self.buffers = Buffers(network.dtype)
        self.network = copy.copy(network)
        own = f"{network.layer_names[0]}.weights"
        vars(self.network).update(
            layers=(self, *network.layers[1:]),
            parameters={k: a for k, a in network.parameters.items() if k != own},
            gradients={k: a for k, a in network.gradients.items() if k != own},
        )
        # Products that are small enough for one thread are made in parts that still are.
        size, inputs = rows * self.first.params["weights"].size, network.input_shape[0]
        part = inputs if size > ONE_THREAD else max(1, ONE_THREAD * inputs // (size * together))
        self.parts = [slice(start, start + part) for start in range(0, inputs, part)]

    def look(self, x: Array) -> None:
        """The inputs (n, i) of the steps to come, in their order."""
        shape, square = (len(x), *self.output_shape), (len(x), len(x))
        self.x, self.done = x, 0
        self.moves = self.buffers.get("moves", shape)  # -r dz
        self.z, self.gram = self.buffers.get("z", shape), self.buffers.get("gram", square)
        self.z.fill(0.0)
        self.gram.fill(0.0)
        for part in self.parts:
            some, weights = x[:, part], self.first.params["weights"][part]
            self.z += matmul(some, weights, out=self.buffers.get("some z", shape))
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

    def catch_up(self) -> None:
        """Gives the first layer's weights all moves that were made since `look`."""
        x, moves = self.x[: self.done], self.moves[: self.done]
        for part in self.parts:
            weights = self.first.params["weights"][part]
            step = self.buffers.get("step", weights.shape)
            weights += matmul(x[:, part].T, moves, out=step)
