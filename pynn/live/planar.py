"""A small network learns points in the plane, and shows what every neuron has learned."""

from typing import Any, ClassVar

from pynn.frame import Frame, make_frame
from pynn.live import planar_points
from pynn.live import planar_task as task
from pynn.live.edits import Edits, read_edits
from pynn.live.experiment import MILLISECONDS, deadline_in
from pynn.live.folder import MNISTFolder
from pynn.live.guess import read_guess
from pynn.live.lesson import has_goal, progress
from pynn.live.measured import MEASURED, Measured
from pynn.live.opening import Opening
from pynn.live.planar_script import planar_script
from pynn.live.plane import MAP_SIDE, NEURON_SIDE, grid
from pynn.live.points_files import PointsFiles
from pynn.live.second import read_second
from pynn.live.taken_along import TakenAlong
from pynn.live.watched import Watched
from pynn.opened import OpenedStep
from pynn.settings import Integer, Table
from pynn.steps import Step
from pynn.targets import as_examples
from pynn.training import train


class PlanarExperiment(Measured, PointsFiles, TakenAlong, Opening):
    """Points in, probabilities out: one sigmoid output for two classes, softmax for more; of a
    surface its height.

    XOR is its four points, which train and test alike; of the other sets a share of the points
    trains and the rest tests. Losses and accuracy are those at the end of the last epoch, or at the
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
        **PointsFiles.filed,
        **TakenAlong.taken,
        **Opening.opening,
        "script": (Integer("step", 2**53, 0, 2**53),),
    }

    live: ClassVar = task.EDITED | task.ASIDE
    edited: ClassVar = task.EDITED

    def __init__(self, settings: dict[str, Any], folder: MNISTFolder) -> None:
        self.classes = planar_points.classes(settings)
        self.low, self.high = planar_points.extent(settings)
        self.grid = planar_points.inputs(settings, grid(self.low, self.high))
        sizes = [len(settings["features"]), *settings["network_shape"], task.output(settings)[0]]
        edits = read_edits(settings["edits"], task.TABLE, task.EDITED, sizes)
        read_guess(settings["guess"])
        read_second(settings["compare"])
        self.settings = {**settings, **edits.take_first(), "edits": ""}
        self._begin(edits)

    def _begin(self, edits: Edits) -> None:
        self._start()
        self.edits = edits
        self._redo()

    def _start(self) -> None:
        settings = self.settings
        self.sets = planar_points.points(settings)
        self.network = task.network(settings)
        self.off = {}
        self.steps = train(
            self.network,
            self._inputs(self.sets[0][0]),
            self.sets[0][1],
            loss=task.loss(settings),
            optimizer=self._new_optimizer(),
            batch_size=settings["batch_size"],
            epochs=None,
            seed=settings["seed"],
        )
        self.learned = -1
        self._look_at_points()
        self._begin_measuring()
        self._remember()

    def _take_effect(self, changed: frozenset[str] | set[str]) -> None:
        super()._take_effect(changed)
        settings, batches = self.settings, self.steps.batches
        if changed & {"l1", "l2"}:
            for layer in self.network.neurons:
                layer.penalize(settings["l1"], settings["l2"])
        if "noise" in changed and settings["noise"] != self.noise:
            self.sets = planar_points.points(settings)
            self._look_at_points()
            batches.rows[...], batches.targets[...] = self.examples[0]
            self._measure_anew()

    def _look_at_points(self) -> None:
        """They are others now."""
        self.noise, self.points_are_new = self.settings["noise"], True
        self.examples = [
            as_examples("planar", self.network, self._inputs(x), y, self.steps.loss)
            for x, y in self.sets
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
            "activations": [layer.activation.name for layer in self.network.neurons],
            "first_step": self.timeline.first,
            "loss": task.loss(self.settings),
            "link": self._link(),
        }
        return self._frame(head)

    def edit(self, settings: dict[str, Any]) -> Frame | None:
        read_guess(settings["guess"])
        read_second(settings["compare"])
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

    def _link(self) -> dict[str, Any]:
        """Own points stand in it only where they are learned from."""
        unused = {} if self.settings["dataset"] == planar_points.OWN else {"points": ""}
        return super()._link() | unused

    def _plain_settings(self) -> dict[str, Any]:
        lists = ("network_shape", "activations", "features", "hide", "lock")
        listed = {name: list(self.settings[name]) for name in lists}
        return {**self.settings, **listed}

    def advance(self, milliseconds: float, epochs: int, steps: int = 2**53) -> Frame:
        """Trains for about that long, and at most so many epochs and so many mini-batches.

        Not on after divergence; to `stop_at` it is "finished", and goes on when it is asked
        again. An exact network takes its steps one by one.
        """
        if self.status == "diverged":
            return self._frame()
        changed = self.train(deadline_in(milliseconds), self.epoch + epochs, self.step + steps)
        return self._frame({"settings": self._plain_settings()} if changed else {})

    def train(self, deadline: float, goal: int, last: int = 2**53) -> bool:
        """Until the deadline, the end of epoch `goal` or mini-batch `last`.

        Returns whether something was changed on the way, as `edits` has it.
        """
        changed = False
        self._clock(runs=True)
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
        self._clock(runs=False)
        return changed

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

    def script(self, step: int) -> Frame:
        """Python that natively gives the network after so many mini-batches, and its losses.

        `measured` of a frame is the step for the numbers that the frame shows.
        """
        step = min(step, int(self.measured))
        # What changes no number that is shown comes after them.
        edits = [e for e in self.edits.within(step) if e.step < step or e.shows]
        script = planar_script(self.settings | self.first, edits, step)
        return make_frame({"script": script})

    def open_example(self, place: int) -> Frame:
        """A step with a training point; after the last they begin anew."""
        (x, t), (points, _) = self.examples[0], self.sets[0]
        place %= len(x)
        head = {"place": place, "truth": t[place].tolist(), "point": points[place].tolist()}
        step = OpenedStep(self.network, self.steps.loss, self.optimizer, x[place], t[place])
        return self._opened_step(step, head)

    def _frame(self, head: dict[str, Any] | None = None) -> Frame:
        now = {name: getattr(self, name) for name in (*MEASURED, "epoch", "step")}
        now |= {"rate": self.optimizer.rate(), "status": self.status, "reason": self.reason}
        now["batches"] = self.steps.batches.steps
        if has_goal(self.settings):
            now["task"] = progress(self.settings, self.test_loss, self.accuracy, self.epoch)
        return self._shown({**(head or {}), **now})
