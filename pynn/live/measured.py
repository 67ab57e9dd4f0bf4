"""What is told of a planar run in numbers, epoch by epoch: losses, right answers, time."""

import time

import numpy as np

from pynn.live.history import History
from pynn.live.planar_points import explained
from pynn.live.watched import Watched
from pynn.metrics import measure
from pynn.state import State

# As of the end of an epoch or a change by hand, after so many mini-batches.
MEASURED = ("train_loss", "test_loss", "train_accuracy", "accuracy", "measured")
# A point of the curves: the epoch, the first four of these, mini-batches and seconds.
CURVE = 7


class Measured(Watched):
    """A run that is measured after each epoch.

    seconds  it has been trained for, the measuring with it; the same run takes others each time
    """

    train_loss: float
    test_loss: float
    measured: float
    seconds = 0.0
    _since: float | None = None

    def _begin_measuring(self) -> None:
        self.history, self.seconds, self._since = History(CURVE), 0.0, None
        self._measure()

    def _clock(self, *, runs: bool) -> None:
        """From now on the time counts, or not."""
        now = time.perf_counter()
        if self._since is not None:
            self.seconds += now - self._since
        self._since = now if runs else None

    def _measure(self) -> None:
        """The end of an epoch."""
        self._measure_anew()
        if self.status != "diverged":
            self._clock(runs=self._since is not None)
            told = (getattr(self, name) for name in MEASURED[:4])
            self.history.add(float(self.epoch), *told, float(self.step), self.seconds)

    def _measure_anew(self) -> None:
        found = [measure(self.network, *examples, self.steps.loss) for examples in self.examples]
        trained, tested = found[0], found[-1]
        self.train_loss, self.test_loss = trained.loss, tested.loss
        self.train_accuracy, self.accuracy = (
            found.accuracy if self.classes else explained(found.loss, y)
            for found, (_, y) in ((trained, self.sets[0]), (tested, self.sets[-1]))
        )
        self.measured = self.step
        if not (np.isfinite(trained.loss) and np.isfinite(tested.loss)):
            self._diverge("loss_not_finite")
        elif not self._weights_are_finite():
            self._diverge("weights_not_finite")

    def _present(self) -> State:
        return State(self._off_arrays(), {name: getattr(self, name) for name in MEASURED})

    def _kept(self) -> State:
        return State({"history": self.history.whole()}, {}) | self._present()

    def _take_up(self, run: State) -> None:
        for name in MEASURED:
            setattr(self, name, run.number(name))
        self._take_off(run.arrays)
        self.history = History(CURVE, run.arrays.get("history"))
