"""A small network learns points in the plane, and shows what every neuron has learned."""

from typing import Any, ClassVar

import numpy as np

from pynn.datasets import PLANAR
from pynn.live import planar_task as task
from pynn.live.edits import Edits, read_edits
from pynn.live.experiment import MILLISECONDS, deadline_in
from pynn.live.folder import MNISTFolder
from pynn.live.frame import Frame, make_frame
from pynn.live.guess import read_guess
from pynn.live.history import History
from pynn.live.planar_script import planar_script
from pynn.live.plane import MAP_SIDE, NEURON_SIDE, grid
from pynn.live.watched import Watched
from pynn.metrics import measure
from pynn.schedules import Schedule
from pynn.settings import Integer, Table
from pynn.state import State
from pynn.steps import Step
from pynn.targets import as_examples
from pynn.training import train

# What is told of a run besides its pictures: as of the end of an epoch or a change by hand,
# after so many mini-batches.
MEASURED = ("train_loss", "test_loss", "train_accuracy", "accuracy", "measured")
# A point of the curves: the epoch, and the first four of these.
CURVE = 5


class PlanarExperiment(Watched):
    """Points in, probabilities out: one sigmoid output for two classes, softmax for more.

    XOR is its four points, which train and test alike; of the other sets 300 points
    train and 100 test. Losses and accuracy are those at the end of the last epoch, or at the
    last change by hand, so that `script` gives the same numbers. The network is exact: a seed
    gives the same bits in every browser, and to who runs the script.
    """

    table: ClassVar[Table] = task.TABLE
    actions: ClassVar = {
        "advance": (
            MILLISECONDS,
            Integer("epochs", 1_000_000, 1, 1_000_000),
            Integer("steps", 2**53, 1, 2**53),
        ),
        "reset": (),
        "keep": (),
        **Watched.past,
        **Watched.by_hand,
        **Watched.seen,
        "script": (Integer("step", 2**53, 0, 2**53),),
    }

    live: ClassVar = task.EDITED | task.ASIDE
    edited: ClassVar = task.EDITED

    def __init__(self, settings: dict[str, Any], folder: MNISTFolder) -> None:
        self.settings = settings
        planar = PLANAR[settings["dataset"]]
        self.classes, self.low, self.high = planar.classes, planar.low, planar.high
        self.grid = grid(planar.low, planar.high)
        sizes = [2, *settings["network_shape"], task.output(settings)[0]]
        edits = read_edits(settings["edits"], task.TABLE, task.EDITED, sizes)
        read_guess(settings["guess"])
        self.settings = {**settings, **edits.take_first(), "edits": ""}
        self._begin(edits)

    def _begin(self, edits: Edits) -> None:
        self._start()
        self.edits = edits
        self._redo()

    def _start(self) -> None:
        settings = self.settings
        self.sets = task.points(settings)
        self.network = task.network(settings)
        self.off = {}
        self.steps = train(
            self.network,
            *self.sets[0],
            loss=task.loss(settings),
            optimizer=self._new_optimizer(),
            batch_size=settings["batch_size"],
            epochs=None,
            seed=settings["seed"],
        )
        self.learned = -1
        self._look_at_points()
        self.history = History(CURVE)
        self._measure()
        self._remember()

    def _rate(self) -> float | Schedule:
        return task.rate(self.settings)

    def _take_effect(self, changed: frozenset[str] | set[str]) -> None:
        settings, batches = self.settings, self.steps.batches
        if changed & {"learning_rate", "schedule", "decay_steps"}:
            self.optimizer.learning_rate = self._rate()
        if "batch_size" in changed:
            batches.size = settings["batch_size"]
        if changed & {"l1", "l2"}:
            for layer in self.dense:
                layer.penalize(settings["l1"], settings["l2"])
        if "noise" in changed and settings["noise"] != self.noise:
            self.sets = task.points(settings)
            batches.rows[...] = self.sets[0][0]
            self._look_at_points()
            self._measure_anew()

    def _look_at_points(self) -> None:
        """They are others now."""
        self.noise, self.points_are_new = self.settings["noise"], True
        self.examples = [
            as_examples("planar", self.network, *points, self.steps.loss) for points in self.sets
        ]

    def opened(self) -> Frame:
        self.points_are_new = True
        head = {
            "settings": self._plain_settings(),
            "layers": self.layer_sizes,
            "classes": self.classes,
            "extent": [self.low, self.high, self.low, self.high],
            "map_side": MAP_SIDE,
            "neuron_side": NEURON_SIDE,
            "activations": [layer.activation.name for layer in self.dense],
            "first_step": self.timeline.first,
            "loss": task.loss(self.settings),
            "link": self._link(),
        }
        return self._frame(head)

    def edit(self, settings: dict[str, Any]) -> Frame | None:
        read_guess(settings["guess"])
        settings = {**settings, "edits": ""}
        changed = self._changed(settings)
        if not self.step and "noise" in changed and changed <= self.live:
            # The curve begins with a loss on these points.
            self.settings, edits = settings, self.edits
            edits.cut(0)
            self._begin(edits)
            return self.opened()
        frame = super().edit(settings)
        if frame is not None:
            frame.head["link"] = self._link()
        return frame

    def _plain_settings(self) -> dict[str, Any]:
        listed = {name: list(self.settings[name]) for name in ("network_shape", "activations")}
        return {**self.settings, **listed}

    def advance(self, milliseconds: float, epochs: int, steps: int = 2**53) -> Frame:
        """Trains for about that long, and at most so many epochs and so many mini-batches.

        Not on after divergence; to `stop_at` it is "finished", and goes on when it is asked
        again. An exact network takes its steps one by one.
        """
        if self.status == "diverged":
            return self._frame()
        deadline, goal, last = deadline_in(milliseconds), self.epoch + epochs, self.step + steps
        changed = False
        for step in self._train(deadline):
            before = self.train_loss
            self._note(step)
            if self.edits.due(self.step):
                self._redo()
                changed = True
            if step.ends_epoch and self._stops(before):
                self.status = "finished"
                break
            if self.status == "diverged" or (step.ends_epoch and self.epoch >= goal):
                break
            if self.step >= last:
                break
        return self._frame({"settings": self._plain_settings()} if changed else {})

    def _stops(self, before: float) -> bool:
        """Whether the epoch that is over is the one to stop at, or the first below that loss."""
        goal = self.settings["stop_at"]
        if self.status == "diverged":
            return False
        if goal >= 1:
            return self.epoch == int(goal)
        return 0.0 < goal < before and self.train_loss <= goal

    def _note(self, step: Step) -> None:
        self.status, self.learned = "running", self.step
        if step.ends_epoch:
            self._measure()
        self.timeline.note(self.step, self._moment)

    def _present(self) -> State:
        return State(self._off_arrays(), {name: getattr(self, name) for name in MEASURED})

    def _kept(self) -> State:
        return State({"history": self.history.whole()}, {}) | self._present()

    def _take_up(self, run: State) -> None:
        for name in MEASURED:
            setattr(self, name, run.number(name))
        self._take_off(run.arrays)
        self.history = History(CURVE, run.arrays.get("history"))

    def script(self, step: int) -> Frame:
        """Python that natively gives the network after so many mini-batches, and its losses.

        `measured` of a frame is the step for the numbers that the frame shows.
        """
        step = min(step, int(self.measured))
        # What changes no number that is shown comes after them.
        edits = [e for e in self.edits.within(step) if e.step < step or e.shows]
        script = planar_script(self.settings | self.first, edits, step)
        return make_frame({"script": script})

    def _measure(self) -> None:
        self._measure_anew()
        if self.status != "diverged":
            measured = (getattr(self, name) for name in MEASURED[: CURVE - 1])
            self.history.add(float(self.epoch), *measured)

    def _measure_anew(self) -> None:
        found = [measure(self.network, *examples, self.steps.loss) for examples in self.examples]
        trained, tested = found[0], found[-1]
        self.train_loss, self.test_loss = trained.loss, tested.loss
        self.train_accuracy, self.accuracy = trained.accuracy, tested.accuracy
        self.measured = self.step
        if not (np.isfinite(trained.loss) and np.isfinite(tested.loss)):
            self._diverge("loss_not_finite")
        elif not self._weights_are_finite():
            self._diverge("weights_not_finite")

    def _frame(self, head: dict[str, Any] | None = None) -> Frame:
        now = {name: getattr(self, name) for name in (*MEASURED, "epoch", "step")}
        now |= {"rate": self.optimizer.rate(), "status": self.status, "reason": self.reason}
        now["batches"] = self.steps.batches.steps
        return self._shown({**(head or {}), **now})
