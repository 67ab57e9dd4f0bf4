"""What every experiment has in common: a table of settings, actions, a running state."""

import time
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

import numpy as np

from pynn.frame import Frame, make_frame
from pynn.limits import MOST
from pynn.live.edits import Edit, Edits
from pynn.live.folder import MNISTFolder
from pynn.live.rates import RATE, rate
from pynn.model_format import to_bytes
from pynn.network import Network
from pynn.optimizer import Optimizer
from pynn.optimizers import OPTIMIZERS
from pynn.schedules import Schedule
from pynn.settings import Real, Table
from pynn.state import State
from pynn.steps import Diverged, Step
from pynn.training_steps import Training

MILLISECONDS = Real("milliseconds", 12.0, 0.0, 60_000.0)


class Experiment:
    """The contract.

    table    the settings that `open` takes
    actions  what may be called from outside, each with the table of its arguments;
             an action is a method of that name that returns a Frame
    live     the settings that may change while it runs; any other needs a new one
    edited   those of them that have a part in what is learned, and so are noted

    The constructor takes checked settings and makes everything ready; `opened` is
    the first frame, with what does not change from frame to frame.
    """

    def __init__(self, settings: dict[str, Any], folder: MNISTFolder) -> None:
        raise NotImplementedError

    @staticmethod
    def needs(settings: dict[str, Any], folder: MNISTFolder) -> list[str]:
        """The data files to be put into the folder before `open` with these settings."""
        return []

    table: ClassVar[Table] = ()
    actions: ClassVar[Mapping[str, Table]] = {}
    live: ClassVar[frozenset[str]] = frozenset()
    edited: ClassVar[frozenset[str]] = frozenset({"learning_rate"})

    settings: dict[str, Any]
    first: dict[str, Any]  # the settings as it began; `edits` says what became of them
    edits: Edits
    step = 0  # mini-batches that have been trained on
    epoch = 0  # and epochs that are over
    network: Network
    optimizer: Optimizer
    steps: Training
    status = "ready"
    reason: str | None = None

    def _start(self) -> None:
        """Everything from the beginning, by the settings."""
        raise NotImplementedError

    def opened(self) -> Frame:
        raise NotImplementedError

    def reset(self) -> Frame:
        """The same start again."""
        self._start()
        return self.opened()

    def edit(self, settings: dict[str, Any]) -> Frame | None:
        """Goes on with these settings; its frame has "goes_on".

        None where they need an experiment made anew, and nothing has changed then: they
        differ in others than `live`, or this one has diverged.
        """
        if self.status == "diverged" or not self.live or self._changed(settings) - self.live:
            return None
        self._change(settings)
        return self._frame({"settings": self._plain_settings(), "goes_on": True})

    def _changed(self, settings: dict[str, Any]) -> set[str]:
        return {name for name, value in settings.items() if value != self.settings[name]}

    def _change(self, settings: dict[str, Any]) -> None:
        changed, self.settings = self._changed(settings), settings
        if noted := sorted(changed & self.edited):
            self.edits.cut(self.step)
        for name in noted:
            if self.step:
                self.edits.add(self.step, name, settings[name])
            else:  # nothing has come of it yet
                self.first[name] = settings[name]
        self._take_effect(changed)

    def _take_effect(self, changed: frozenset[str] | set[str]) -> None:
        """These settings are others now, or may be."""
        if changed & RATE:
            self.optimizer.learning_rate = self._rate()
        if "batch_size" in changed:
            self.steps.batches.size = self.settings["batch_size"]

    def _rate(self) -> float | Schedule:
        """What the optimizer takes for its learning rate."""
        return rate(self.settings)

    def _plain_settings(self) -> dict[str, Any]:
        return dict(self.settings)

    def keep(self) -> Frame:
        """The run as it is, as the frame's blob: a model file with the training in it.

        Raises ModelFileError (not_finite) for one that has diverged.
        """
        run = self._kept()
        run.plain["settings"] = self._plain_settings()
        run.plain["first"] = self.first
        run.plain["edits"] = [[edit.step, edit.name, edit.value] for edit in self.edits]
        run.plain["status"] = self.status
        state = self.steps.state() | State.join({"run": run})
        return make_frame({"step": self.step}, blob=to_bytes(self.network, state, packed=False))

    def resume(self, state: State, settings: dict[str, Any]) -> None:
        """Goes on with a run that was kept, of the settings with which this one was made.

        settings  those that hold from now on; no others differ than may change while it runs
        Raises StateError.
        """
        run = state.part("run")
        self._begin_again(state)
        self._recount()
        self.first = run.plain["first"]
        self.edits = Edits(Edit(*edit) for edit in run.plain["edits"])
        self.status = run.plain["status"]
        self._take_up(run)
        self._change(settings)

    def _kept(self) -> State:
        """What the run has besides its training."""
        raise NotImplementedError

    def _begin_again(self, state: State) -> None:
        """The training, from where it was."""
        self.steps.restore(state)

    def _recount(self) -> None:
        """As a training says that has been brought back."""
        self.step, self.epoch = self.optimizer.updates, self.steps.epochs_done

    def _take_up(self, run: State) -> None:
        """What `_kept` gave."""
        raise NotImplementedError

    def _frame(self, head: dict[str, Any]) -> Frame:
        raise NotImplementedError

    def _new_optimizer(self) -> Optimizer:
        """With which everything is at its beginning."""
        self.status, self.reason = "ready", None
        self.epoch = self.step = 0
        self.first, self.edits = dict(self.settings), Edits()
        self.optimizer = OPTIMIZERS[self.settings["optimizer"]](self._rate())
        return self.optimizer

    def _train(self, deadline: float, most: int = MOST) -> Iterator[Step]:
        """Steps until the deadline of `time.perf_counter`, at least one and at most so many.

        Stops on divergence.
        """
        try:
            while steps := self.steps.group(most):
                most -= len(steps)
                for step in steps:
                    self._count(step)
                    yield step
                if time.perf_counter() >= deadline:
                    return
        except Diverged:
            self._diverge("loss_not_finite")

    def _count(self, step: Step) -> None:
        self.step += 1
        if step.ends_epoch:
            self.epoch = step.epoch

    def _diverge(self, reason: str) -> None:
        self.status, self.reason = "diverged", reason

    def _weights_are_finite(self) -> bool:
        return all(bool(np.isfinite(array).all()) for array in self.network.parameters.values())


def deadline_in(milliseconds: float) -> float:
    """A moment of `time.perf_counter`, that long from now."""
    return time.perf_counter() + milliseconds / 1000.0
