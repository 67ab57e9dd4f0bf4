"""The test passes of a training: the one that runs, the last that ended, and all their results."""

from typing import Any

import numpy as np

from pynn.live.history import History
from pynn.live.test_pass import TestPass
from pynn.matmul import Array
from pynn.network import Network
from pynn.state import State

# Of the training images, so many are tested as well, for the two curves to be compared.
SAMPLE = 2000
# (epoch, accuracy, loss, accuracy of the training images); a run kept earlier has two of them.
WIDTH = 4


class Tests:
    """What comes of testing the network now and then.

    points    of every pass, see WIDTH
    running   the pass that is under way
    learned   the same with training images
    last      the last one with test images that ended
    untested  training examples since the last pass began
    """

    __test__ = False  # not a test case, for pytest

    def __init__(
        self, network: Network, test_set: tuple[Array, Array], train_set: tuple[Array, Array]
    ) -> None:
        self.network, self.test_set = network, test_set
        self.sample = train_set[0][:SAMPLE], train_set[1][:SAMPLE]
        self.points = History(WIDTH)
        self.running: TestPass | None = None
        self.learned: TestPass | None = None
        self.last: TestPass | None = None
        self.untested = 0
        self.patient_from = 0.0

    def begin(self) -> None:
        self.running, self.untested = TestPass(self.network, *self.test_set), 0
        self.learned = TestPass(self.network, *self.sample)

    def go_on(self, deadline: float, epoch: float) -> bool:
        """Whether the pass, of the weights of that epoch, has come to its end."""
        running, learned = self.running, self.learned
        assert running is not None and learned is not None
        if not (running.go_on(deadline) and learned.go_on(deadline)):
            return False
        self.last, self.running, self.learned = running, None, None
        self.points.add(epoch, running.accuracy, running.loss, learned.accuracy)
        return True

    def out_of_patience(self, patience: int, epoch: float) -> bool:
        """Whether the best result is so many epochs old; 0 is patient for ever."""
        points = self.points.whole()
        if not patience or not len(points):
            return False
        best = float(points[points[:, 1].argmax(), 0])
        return epoch - max(best, self.patient_from) >= patience

    def head(self) -> dict[str, Any]:
        return {
            "test_accuracy": None if self.last is None else self.last.accuracy,
            "test_done": 1.0 if self.running is None else self.running.done,
        }

    def kept(self) -> State:
        arrays = {"tests": self.points.whole()}
        if self.last is not None:
            arrays |= {"answers": self.last.answers, "certainty": self.last.certainty}
        plain = {"examples_since_test": self.untested, "patient_from": self.patient_from}
        return State({key: a.astype(np.float32) for key, a in arrays.items()}, plain)

    def take_up(self, run: State) -> None:
        """What `kept` gave."""
        self.untested = run.whole("examples_since_test", 0)
        self.patient_from = float(run.plain.get("patient_from", 0.0))
        points = run.arrays["tests"]
        unknown = np.full((len(points), WIDTH - points.shape[1]), np.nan)
        self.points = History(WIDTH, np.column_stack([points, unknown]))
        if "answers" in run.arrays:
            self.last = TestPass(self.network, *self.test_set)
            self.last.restore(run.arrays["answers"], run.arrays["certainty"])
