"""What a training of digits is at one moment, besides its network: kept, and taken up again."""

import numpy as np

from pynn.live.digit_tests import Tests
from pynn.live.experiment import Experiment
from pynn.live.history import LossCurve
from pynn.losses import Loss
from pynn.network import Network
from pynn.state import State


class KeptDigits(Experiment):
    """goal is the epoch to train to; loaded, whether the network came from a file."""

    goal: int
    loaded: bool
    last_loss: float | None
    loss: Loss
    history: LossCurve
    tests: Tests

    def _take(self, network: Network) -> None:
        """Everything from the beginning, with this network."""
        raise NotImplementedError

    def _begin_test(self) -> None:
        raise NotImplementedError

    def _kept(self) -> State:
        plain = {
            "goal": self.goal,
            "loaded": int(self.loaded),
            "part": self.history.part,
            "last_loss": self.last_loss,
        }
        return self.tests.kept() | State(
            {"history": self.history.whole().astype(np.float32)}, plain
        )

    def _begin_again(self, state: State) -> None:
        self._take(state.network)  # one from a file has an architecture of its own
        super()._begin_again(state)

    def _take_up(self, run: State) -> None:
        self.goal, self.loaded = run.whole("goal", 0), run.plain["loaded"] == 1
        self.last_loss = run.plain["last_loss"]
        self.history = LossCurve(self.loss, run.arrays["history"], run.plain["part"])
        self.tests.take_up(run)
        if self.status == "testing":
            self._begin_test()
