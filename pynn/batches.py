"""Mini-batches: the rows of a data set, some at a time, epoch after epoch."""

import math

import numpy as np

from pynn.buffers import Buffers
from pynn.matmul import Array
from pynn.network import Network


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
        self.steps = math.ceil(len(rows) / size)  # mini-batches of an epoch
        self.epoch = 0  # counted from 1
        self.taken = self.steps  # mini-batches of this epoch so far
        self._inputs = Buffers(network.dtype)
        self._gathered = Buffers(rows.dtype), Buffers(targets.dtype)

    @property
    def left(self) -> int:
        """Mini-batches that this epoch still has."""
        return self.steps - self.taken

    def begin_epoch(self) -> None:
        self.epoch += 1
        self.taken = 0
        self._shuffled = None if self.order is None else self.order.permutation(len(self.rows))

    def take(self, count: int = 1) -> tuple[Array, Array]:
        """The next `count` mini-batches as one; they last until the next `take`."""
        chosen = slice(self.taken * self.size, (self.taken + count) * self.size)
        self.taken += count
        x, t = self.rows, self.targets
        if self._shuffled is None:
            x, t = x[chosen], t[chosen]
        else:
            x, t = (
                _gather(source, self._shuffled[chosen], buffers)
                for source, buffers in zip((x, t), self._gathered, strict=True)
            )
        return self.network.scaled(x, self._inputs), t


def _gather(source: Array, rows: Array, buffers: Buffers) -> Array:
    out = buffers.get("batch", (len(rows), *source.shape[1:]))
    # mode="clip" is the one with which `take` fills `out` directly.
    return np.take(source, rows, axis=0, out=out, mode="clip")
