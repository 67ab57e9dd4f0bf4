"""Mini-batches: the rows of a data set, some at a time, epoch after epoch."""

import numpy as np

from pynn.buffers import Buffers
from pynn.matmul import Array, by_kernel
from pynn.network import Network
from pynn.units import PIXEL


class Batches:
    """Inputs and targets in file order, or shuffled anew before every epoch.

    rows, targets  from `as_examples`; rows of bytes are scaled when their turn comes
    size           of a mini-batch; the last of an epoch may be shorter
    order          shuffles the rows; None leaves them as they are
    """

    def __init__(
        self,
        network: Network,
        rows: Array,
        targets: Array,
        size: int,
        order: np.random.Generator | None,
    ) -> None:
        self.network = network
        self.rows, self.targets = rows, targets
        self.size, self.order = size, order
        self.steps = -(-len(rows) // size)  # mini-batches of an epoch
        self.epoch = 0  # counted from 1
        self.taken = self.steps  # mini-batches of this epoch so far
        self._inputs = Buffers(network.dtype)
        self._pixels, self._kept_targets = Buffers(np.uint8), Buffers(targets.dtype)

    @property
    def left(self) -> int:
        """Mini-batches that this epoch still has."""
        return self.steps - self.taken

    def begin_epoch(self) -> None:
        if not self.epoch:
            self.network.units.learn(self.rows)
        self.epoch += 1
        self.taken = 0
        self._shuffled = None if self.order is None else self.order.permutation(len(self.rows))

    def take(self, count: int = 1) -> tuple[Array, Array]:
        """The next `count` mini-batches as one; they last until the next `take`."""
        chosen = slice(self.taken * self.size, (self.taken + count) * self.size)
        self.taken += count
        if self._shuffled is None:
            x = self.network.scaled(self.rows[chosen], self._inputs)
            return x, self.targets[chosen]
        numbers = self._shuffled[chosen]
        shape = (len(numbers), *self.targets.shape[1:])
        t = _gather(self.targets, numbers, self._kept_targets.get("targets", shape))
        return self._inputs_at(numbers), t

    def _inputs_at(self, numbers: Array) -> Array:
        """The inputs with these numbers, and of the network's dtype."""
        shape = (len(numbers), *self.rows.shape[1:])
        x = self._inputs.get("input", shape)
        if self.rows.dtype != np.uint8:
            return _gather(self.rows, numbers, x)
        if not by_kernel("take_pixels", self.rows, numbers, x, PIXEL):
            pixels = _gather(self.rows, numbers, self._pixels.get("pixels", shape))
            self.network.scaled(pixels, self._inputs)
        return x


def _gather(source: Array, numbers: Array, out: Array) -> Array:
    if not by_kernel("take_rows", source, numbers, out):
        # mode="clip" is the one with which `take` fills `out` directly.
        np.take(source, numbers, axis=0, out=out, mode="clip")
    return out
