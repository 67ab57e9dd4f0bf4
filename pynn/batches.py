"""Mini-batches: the rows of a data set, some at a time, epoch after epoch."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import Any

import numpy as np

from pynn.augmentation import Augmentation
from pynn.buffers import Buffers
from pynn.limits import MOST, check_whole
from pynn.matmul import Array, by_kernel
from pynn.network import Network
from pynn.state import (
    Restoring,
    State,
    StateError,
    generator_like,
    generator_state,
    plain_numbers,
)
from pynn.units import PIXEL


class Batches:
    """Inputs and targets in file order, or shuffled anew before every epoch.

    rows, targets  from `as_examples`; rows of bytes are scaled when their turn comes
    size           of a mini-batch; the last of an epoch may be shorter
    order          shuffles the rows; None leaves them as they are
    weights        how much each row counts, (n,); None: all alike
    augment        changes the inputs that are taken, by numbers drawn from `noise`; it may be set
                   at any moment
    """

    def __init__(
        self,
        network: Network,
        rows: Array,
        targets: Array,
        size: int,
        order: np.random.Generator | None,
        augment: Augmentation | None,
        noise: np.random.Generator,
        weights: Array | None = None,
    ) -> None:
        self.network = network
        self.rows, self.targets, self.weights = rows, targets, weights
        self.size, self.order = size, order
        self.augment, self.noise = augment, noise
        self.epoch = 0  # counted from 1
        self.taken = 0  # mini-batches of this epoch so far
        self.row = len(rows)  # rows of this epoch so far
        self._shuffled: Array | None = None
        self._began: Mapping[str, Any] | None = None  # where `order` stood before this epoch
        self._inputs = Buffers(network.dtype)
        self._pixels, self._kept_targets = Buffers(np.uint8), Buffers(targets.dtype)

    @property
    def size(self) -> int:
        """Rows in a mini-batch; it may be set at any moment, the place is one of rows."""
        return self._size

    @size.setter
    def size(self, size: int) -> None:
        self._size = check_whole("train", "batch_size", size)

    @property
    def rows_done(self) -> int:
        """Rows of all epochs so far."""
        return max(self.epoch - 1, 0) * len(self.rows) + (self.row if self.epoch else 0)

    @property
    def left(self) -> int:
        """Mini-batches that this epoch still has."""
        return -(-(len(self.rows) - self.row) // self._size)

    @property
    def steps(self) -> int:
        """Mini-batches of this epoch, or of any before the first has begun."""
        return self.taken + self.left if self.epoch else -(-len(self.rows) // self.size)

    def begin_epoch(self) -> None:
        if not self.epoch:
            self.learn_units()
        self.epoch += 1
        self.row = self.taken = 0
        if self.order is not None:
            # An epoch of one mini-batch is over as soon as it has begun.
            if self.size < len(self.rows):
                self._began = self.order.bit_generator.state
            self._shuffled = self.drawn(self.order)

    def learn_units(self) -> None:
        """The network remembers what the rows stand for."""
        self.network.units.learn(self.rows)

    def drawn(self, order: np.random.Generator) -> Array:
        """The order of an epoch."""
        return order.permutation(len(self.rows))

    def group(self, most: int) -> Generator[tuple[Array, Array, Array | None]]:
        """The next mini-batch, alone; it lasts until the next `group` or `between`."""
        row = self.row
        x, t = self.between(row, self.move_on())
        weights = None if self.weights is None else self.weights[self._numbers(row, self.row)]
        yield (x if self.augment is None else self.augment(x, self.noise)), t, weights

    def move_on(self) -> int:
        """Past the next mini-batch; returns the row behind it."""
        self.row = min(self.row + self._size, len(self.rows))
        self.taken += 1
        return self.row

    def between(self, start: int, stop: int) -> tuple[Array, Array]:
        """These rows of the epoch, in its order."""
        numbers = self._numbers(start, stop)
        if isinstance(numbers, slice):
            x = self.network.scaled(self.rows[numbers], self._inputs)
            return x, self.targets[numbers]
        shape = (len(numbers), *self.targets.shape[1:])
        t = _gather(self.targets, numbers, self._kept_targets.get("targets", shape))
        return self._inputs_at(numbers), t

    def _numbers(self, start: int, stop: int) -> Array | slice:
        """Of these rows of the epoch: where they stand in the data."""
        chosen = slice(start, stop)
        return chosen if self._shuffled is None else self._shuffled[chosen]

    def state(self) -> State:
        """The place in the epoch, and where the order's generator stands.

        The order of an epoch is not kept, but where the generator stood when it was drawn.
        """
        plain: dict[str, Any] = {
            "rows": len(self.rows),
            "size": self.size,
            "epoch": self.epoch,
            "taken": self.taken,
            "row": self.row,
            "augment": repr(self.augment),
        }
        if self.order is not None:
            plain["order"] = generator_state(self.order)
            if self.row < len(self.rows):
                plain["began"] = plain_numbers(self._began)
        return State({}, plain)

    def restoring(self, state: State) -> Restoring:
        """What brings back the place and the order, checked. Raises StateError."""
        count, order = len(self.rows), self.order
        state.same("rows", count)
        state.same("augment", repr(self.augment))
        row, epoch = state.whole("row", 0, count), state.whole("epoch", 0)
        size, taken = state.whole("size", 1, MOST), state.whole("taken", 0, count)
        if ("order" in state.plain) != (order is not None):
            raise StateError(f"{state.place}: expected the same shuffle as here, got the other")
        now: Mapping[str, Any] = {}
        began: dict[str, Any] | None = None
        if order is not None:
            now = generator_like(order, state, "order")
            if row < count:
                began = generator_like(order, state, "began")

        def put_back() -> None:
            self.size, self.epoch, self.taken, self.row = size, epoch, taken, row
            if order is not None:
                if began is not None:
                    order.bit_generator.state = self._began = began
                    self._shuffled = self.drawn(order)
                order.bit_generator.state = now

        return put_back

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
