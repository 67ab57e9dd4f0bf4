"""What a training of digits is at one moment: kept, taken up again, and taken along as a file."""

import numpy as np

from pynn.frame import Frame, make_frame
from pynn.live.digit_tests import Tests
from pynn.live.experiment import Experiment
from pynn.live.history import LossCurve
from pynn.live.scripts import digits_script, loaded_script
from pynn.losses import Loss
from pynn.model_format import to_bytes
from pynn.network import Network
from pynn.safetensors import to_safetensors
from pynn.state import State


class KeptDigits(Experiment):
    """What is kept beside the network.

    goal      the epoch to train to
    examples  that were trained on so far
    loaded    whether the network came from a file
    """

    goal: int
    examples: int
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

    def save(self, format: str = "npz") -> Frame:
        """The model file, as the frame's blob. Raises ModelFileError."""
        write = to_safetensors if format == "safetensors" else to_bytes
        return make_frame({}, blob=write(self.network))

    def script(self) -> Frame:
        """Python that natively gives the network of the last finished epoch."""
        if self.loaded:
            return make_frame({"script": loaded_script(self.settings["dataset"])})
        batches = self.steps.batches
        steps = self.step - (batches.taken if batches.left else 0)
        if not self.epoch:  # then up to the end of the first
            steps += batches.steps
        edits = self.edits.changes(self.first, steps)
        script = digits_script(self.first, edits, max(1, self.epoch), steps)
        return make_frame({"script": script})

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
        self.examples = self.steps.batches.rows_done

    def _take_up(self, run: State) -> None:
        self.goal, self.loaded = run.whole("goal", 0), run.plain["loaded"] == 1
        self.last_loss = run.plain["last_loss"]
        self.history = LossCurve(self.loss, run.arrays["history"], run.plain["part"])
        self.tests.take_up(run)
        if self.status == "testing":
            self._begin_test()
