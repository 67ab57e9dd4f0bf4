"""Curves that grow: what is new since the last look, and the whole of it, thinned."""

from collections.abc import Sequence

import numpy as np

from pynn.losses import Loss
from pynn.matmul import Array
from pynn.steps import RunningLoss, Step

# A screen is not much wider; beyond it every second point goes.
MOST = 4096
# Points of a loss curve in an epoch.
POINTS = 20


class History:
    """Points of so many numbers each, in the order of their time.

    points  (n, width) to begin with, all of them new to whoever looks
    """

    def __init__(self, width: int, points: Array | None = None) -> None:
        self._width = width
        self._fresh: list[tuple[float, ...]] = []
        self._whole: list[tuple[float, ...]] = []
        # Of `every` points one stays; the newest is told until its turn is decided.
        self._every = self._since = 1
        self._newest: tuple[float, ...] | None = None
        for point in () if points is None else points.tolist():
            self.add(*point)

    def add(self, *point: float) -> None:
        self._fresh.append(point)
        if self._since < self._every:
            self._since, self._newest = self._since + 1, point
            return
        self._since, self._newest = 1, None
        self._whole.append(point)
        if len(self._whole) == MOST:
            self._whole, self._every = self._whole[1::2], 2 * self._every

    def fresh(self) -> Array:
        """(n, width) points since the last look."""
        points, self._fresh = self._fresh, []
        return self._array(points)

    def whole(self) -> Array:
        """(n, width) points from the beginning to the newest, at most MOST."""
        newest = [] if self._newest is None else [self._newest]
        return self._array(self._whole + newest)

    def _array(self, points: list[tuple[float, ...]]) -> Array:
        return np.array(points, np.float32).reshape(-1, self._width)


class LossCurve(History):
    """The loss of each twentieth of an epoch, at its end: points (epoch, loss).

    part  of the loss of the present twentieth: its sum, and of how many examples
    """

    def __init__(
        self, loss: Loss, points: Array | None = None, part: Sequence[float] = (0.0, 0)
    ) -> None:
        super().__init__(2, points)
        self._loss, self._part = loss, RunningLoss(loss)
        self._part.total, self._part.examples = part[0], int(part[1])

    @property
    def part(self) -> list[float]:
        return [self._part.total, self._part.examples]

    def note(self, step: Step, epoch: float) -> None:
        """One more mini-batch."""
        self._part.add(step.loss, step.examples)
        if step.step % max(1, step.steps // POINTS) == 0 or step.ends_epoch:
            self.add(epoch, self._part.value)
            self._part = RunningLoss(self._loss)
