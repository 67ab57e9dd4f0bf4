"""How a `fit` goes, for whoever watches: a bar on a terminal or in a notebook, else a chart."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

from pynn.show.bars import Progress
from pynn.show.items import Point
from pynn.show.stage import Stage, present, usual
from pynn.show.terminal import Terminal


class FitProgress(Protocol):
    def step(self, epoch: int, step: int, steps: int, loss: float) -> None: ...

    def epoch(self, measured: dict[str, float]) -> None:
        """What was measured at its end, by the names that `fit` gives back."""


@contextmanager
def fit_progress(epochs: int, shown: bool) -> Iterator[FitProgress]:
    stage = present()
    if not shown or stage is usual() or isinstance(stage.backend, Terminal):
        with Progress(epochs, shown) as progress:
            yield progress
    else:
        with stage.counting(epochs) as over:
            yield _Chart(stage, over)


class _Chart:
    """One curve for each number that is measured, and the share of the epochs that is over."""

    def __init__(self, stage: Stage, over: Callable[[float], None]) -> None:
        self.stage, self.over, self.number = stage, over, 0

    def step(self, epoch: int, step: int, steps: int, loss: float) -> None:
        self.number = epoch
        self.over(epoch - 1 + step / steps)

    def epoch(self, measured: dict[str, float]) -> None:
        for name, value in measured.items():
            label = name.replace("_", " ")
            chart = "accuracy" if name.endswith("accuracy") else "loss"
            self.stage.backend.item(Point(label, self.number, value, chart))
