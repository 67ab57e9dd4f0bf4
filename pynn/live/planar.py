"""A small network learns points in the plane, and shows what every neuron has learned."""

from typing import Any, ClassVar

import numpy as np

from pynn.activations import hidden
from pynn.datasets import PLANAR
from pynn.exact.activations import EXACT_ACTIVATIONS
from pynn.layers import Dense
from pynn.live.experiment import MILLISECONDS, Experiment, deadline_in
from pynn.live.folder import MNISTFolder
from pynn.live.frame import Frame, make_frame
from pynn.live.history import History
from pynn.live.plane import MAP_SIDE, NEURON_SIDE, grid, pictures
from pynn.live.scripts import planar_script
from pynn.live.timeline import Timeline
from pynn.matmul import Array
from pynn.metrics import measure
from pynn.network import Network
from pynn.optimizers import OPTIMIZERS
from pynn.settings import Choice, Integer, Layers, Real, SettingsError, Table
from pynn.state import State
from pynn.steps import Step
from pynn.targets import as_examples
from pynn.training import train

POINTS, TRAIN_POINTS = 400, 300

# What is told of a run besides its pictures, as of the end of an epoch.
MEASURED = ("train_loss", "test_loss", "accuracy")

TABLE: Table = (
    Choice("dataset", "xor", tuple(PLANAR)),
    Layers("network_shape", "8", 1, 32, most=6),
    Choice("activation", "tanh", hidden(EXACT_ACTIVATIONS)),
    Choice("optimizer", "adam", tuple(OPTIMIZERS)),
    Real("learning_rate", 0.03, 1e-5, 10.0),
    Integer("batch_size", 16, 1, TRAIN_POINTS),
    Integer("seed", 1, 0, 2**32 - 1),
    Real("noise", 0.1, 0.0, 0.5),
    Real("l2", 0.0, 0.0, 1.0),
)


class PlanarExperiment(Experiment):
    """Points in, probabilities out: one sigmoid output for two classes, softmax for more.

    XOR is its four points, which train and test alike; of the other sets 300 points
    train and 100 test. Losses and accuracy are those at the end of the last epoch,
    so that `script` gives the same numbers. The network is exact: a seed gives the same
    bits in every browser, and to who runs the script.
    """

    table: ClassVar[Table] = TABLE
    actions: ClassVar = {
        "advance": (MILLISECONDS, Integer("epochs", 1_000_000, 1, 1_000_000)),
        "reset": (),
        "keep": (),
        "rewind": (Integer("step", 0, 0, 2**53),),
        "script": (),
    }

    live: ClassVar = frozenset({"learning_rate"})

    def __init__(self, settings: dict[str, Any], folder: MNISTFolder) -> None:
        self.settings = settings
        planar = PLANAR[settings["dataset"]]
        x, y = planar.make(POINTS, settings["noise"], settings["seed"])
        cuts = [slice(None)]
        if settings["dataset"] != "xor":
            cuts = [slice(TRAIN_POINTS), slice(TRAIN_POINTS, None)]
        # The set to train on first, the one to test on last.
        self.sets = [(x[cut], y[cut]) for cut in cuts]
        self.classes = planar.classes
        self.loss = "binary_cross_entropy" if planar.classes == 2 else "cross_entropy"
        self.low, self.high = planar.low, planar.high
        self.grid = grid(planar.low, planar.high)
        self._start()

    def _start(self) -> None:
        settings = self.settings
        hidden = [
            Dense(units, activation=settings["activation"], l2=settings["l2"])
            for units in settings["network_shape"]
        ]
        last = (1, "sigmoid") if self.classes == 2 else (self.classes, "softmax")
        output = Dense(last[0], activation=last[1], l2=settings["l2"])
        self.network = Network([*hidden, output], inputs=2, seed=settings["seed"], exact=True)
        self.steps = train(
            self.network,
            *self.sets[0],
            loss=self.loss,
            optimizer=self._new_optimizer(),
            batch_size=settings["batch_size"],
            epochs=None,
            seed=settings["seed"],
        )
        self.examples = [
            as_examples("planar", self.network, *points, self.steps.loss) for points in self.sets
        ]
        self.history = History(3)  # epoch, training loss, test loss
        self._measure()
        self.timeline = Timeline()
        self.timeline.note(0, self._moment)

    def opened(self) -> Frame:
        names = ("train_x", "train_y", "test_x", "test_y")
        head = {
            "settings": self._plain_settings(),
            "layers": [2, *(layer.output_shape[0] for layer in self.network.layers)],
            "classes": self.classes,
            "extent": [self.low, self.high, self.low, self.high],
            "map_side": MAP_SIDE,
            "neuron_side": NEURON_SIDE,
        }
        points = (*self.sets[0], *self.sets[-1])
        return self._frame(head, dict(zip(names, points, strict=True)))

    def _plain_settings(self) -> dict[str, Any]:
        return {**self.settings, "network_shape": list(self.settings["network_shape"])}

    def advance(self, milliseconds: float, epochs: int) -> Frame:
        """Trains for about that long and at most that many epochs; not on after divergence."""
        if self.status == "diverged":
            return self._frame()
        deadline, goal = deadline_in(milliseconds), self.epoch + epochs
        for step in self._train(deadline):
            self._note(step)
            if self.status == "diverged" or (step.ends_epoch and self.epoch >= goal):
                break
        return self._frame()

    def _note(self, step: Step) -> None:
        self.status = "running"
        if step.ends_epoch:
            self._measure()
        if self.step % self.timeline.every == 0:
            self.timeline.note(self.step, self._moment)

    def rewind(self, step: int) -> Frame:
        """Back to where the run was after so many mini-batches; what came later is forgotten.

        Raises SettingsError for a step that has not been made, or not since a `resume`.
        """
        low, high = self.timeline.first, self.step
        if not low <= step <= high:
            raise SettingsError(
                "range",
                f"step: expected {low} to {high}, got {step}",
                name="step", got=step, low=low, high=high,
            )  # fmt: skip
        start, moment = self.timeline.before(step)
        self.timeline.cut(step)
        self.rates.cut(step)
        curve = self.history.whole()
        self.steps.restore(moment)
        self._recount()
        self._take_up(moment.part("run"))
        self.history = History(3, curve[curve[:, 0] <= self.epoch])
        self.status, self.reason = "running" if self.step else "ready", None
        for _ in range(start, step):
            self.optimizer.learning_rate = self.rates.at(self.step)
            made = next(self.steps)
            self._count(made)
            self._note(made)
        self.optimizer.learning_rate = self.rates.at(self.step)
        self.settings = self.settings | {"learning_rate": self.rates.at(self.step)}
        return self.opened()

    def _moment(self) -> State:
        return self.steps.state() | State.join({"run": State({}, self._measured())})

    def _measured(self) -> dict[str, float]:
        return {name: getattr(self, name) for name in MEASURED}

    def _kept(self) -> State:
        return State({"history": self.history.whole()}, self._measured())

    def _take_up(self, run: State) -> None:
        for name in MEASURED:
            setattr(self, name, run.number(name))
        self.history = History(3, run.arrays.get("history"))

    def resume(self, state: State, settings: dict[str, Any]) -> None:
        super().resume(state, settings)
        self.timeline = Timeline()
        self.timeline.note(self.step, self._moment)

    def script(self) -> Frame:
        """Python that natively gives the numbers of the last finished epoch."""
        rates = self.rates.within(self.epoch * self.steps.batches.steps)
        script = planar_script(self.settings, self.classes, self.epoch, rates)
        return make_frame({"script": script})

    def _measure(self) -> None:
        found = [measure(self.network, *examples, self.steps.loss) for examples in self.examples]
        trained, tested = found[0], found[-1]
        self.train_loss, self.test_loss = trained.loss, tested.loss
        self.accuracy = tested.accuracy
        if not (np.isfinite(trained.loss) and np.isfinite(tested.loss)):
            self._diverge("loss_not_finite")
        elif not self._weights_are_finite():
            self._diverge("weights_not_finite")
        else:
            self.history.add(float(self.epoch), trained.loss, tested.loss)

    def _frame(
        self, head: dict[str, Any] | None = None, arrays: dict[str, Array] | None = None
    ) -> Frame:
        return make_frame(
            {
                **(head or {}),
                "epoch": self.epoch,
                "step": self.step,
                "train_loss": self.train_loss,
                "test_loss": self.test_loss,
                "accuracy": self.accuracy,
                "status": self.status,
                "reason": self.reason,
            },
            {
                **(arrays or {}),
                **pictures(self.network, self.grid, self.classes),
                "history": self.history.fresh(),
            },
        )
