"""Runs that can be gone back in: every mini-batch of the past can be seen and gone on from."""

from collections.abc import Mapping
from typing import Any, ClassVar

from pynn.frame import Frame
from pynn.live.experiment import Experiment
from pynn.live.history import History
from pynn.live.timeline import Timeline
from pynn.settings import Flag, Integer, SettingsError, Table
from pynn.state import State
from pynn.steps import Step

STEP = Integer("step", 0, 0, 2**53)


class Rewinding(Experiment):
    """An experiment with a time line and a curve.

    past  the actions, to stand among the others
    """

    past: ClassVar[Mapping[str, Table]] = {"look": (STEP, Flag("exact", False)), "rewind": (STEP,)}

    timeline: Timeline
    history: History
    learned = -1  # the step whose mini-batch the network's gradients are of

    def look(self, step: int, exact: bool) -> Frame:
        """What the run was after so many mini-batches; the run stays where it is.

        Unless it must be exact, the last moment before that has been kept will do. Raises
        SettingsError for a step that has not been made, or not since a `resume`.
        """
        self._check_made(step)
        present, history = self._moment(), self.history
        status, reason, learned = self.status, self.reason, self.learned
        gradients = {name: array.copy() for name, array in self.network.gradients.items()}
        start, moment = self.timeline.before(step)
        try:
            self._be(moment)
            if exact:
                self._replay(start, step)
            return self._frame({"settings": self._plain_settings()})
        finally:
            self._be(present)
            self.history, self.status, self.reason = history, status, reason
            self.network.gradients.update(gradients)
            self.learned = learned

    def rewind(self, step: int) -> Frame:
        """Back to where the run was after so many mini-batches; what came later is forgotten.

        Its frame has "rewound". Raises SettingsError as `look` does.
        """
        self._check_made(step)
        start, moment = self.timeline.before(step)
        self.timeline.cut(step)
        self.edits.cut(step)
        curve = self.history.whole()
        self._be(moment)
        self.history = History(curve.shape[1], curve[curve[:, 0] <= self.epoch])
        self._replay(start, step)
        frame = self.opened()
        frame.head["rewound"] = True
        return frame

    def resume(self, state: State, settings: dict[str, Any]) -> None:
        super().resume(state, settings)
        self._remember()

    def _remember(self) -> None:
        """The time line begins here."""
        self.timeline = Timeline()
        self.timeline.note(self.step, self._moment)

    def _check_made(self, step: int) -> None:
        low, high = self.timeline.first, self.step
        if not low <= step <= high:
            raise SettingsError(
                "range",
                f"step: expected {low} to {high}, got {step}",
                name="step", got=step, low=low, high=high,
            )  # fmt: skip

    def _be(self, moment: State) -> None:
        """The run is at that moment, with a curve that is empty."""
        self.steps.restore(moment)
        self._recount()
        became = self.edits.settings(self.first, self.step)
        self.settings = self.settings | {name: became[name] for name in self.edited}
        self._take_effect(self.edited)
        # What was measured then, whatever has been measured since.
        self._take_up(moment.part("run"))
        self.learned = -1  # a moment has no gradients
        self.status, self.reason = "running" if self.step else "ready", None
        # A moment is kept before what was changed at its step.
        self._redo()

    def _replay(self, start: int, step: int) -> None:
        for _ in range(start, step):
            made = next(self.steps)
            self._count(made)
            self._note(made)
            self._redo()

    def _redo(self) -> None:
        """Makes the changes that are due at this step."""
        due = self.edits.due(self.step)
        settings = {edit.name: edit.value for edit in due if edit.name in self.edited}
        if settings:
            self.settings = self.settings | settings
            self._take_effect(frozenset(settings))

    def _note(self, step: Step) -> None:
        """What follows from one more step."""
        raise NotImplementedError

    def _present(self) -> State:
        """What it has besides its training and its curve, for `_take_up`."""
        raise NotImplementedError

    def _moment(self) -> State:
        return self.steps.state() | State.join({"run": self._present()})
