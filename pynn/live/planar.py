"""A small network learns points in the plane, and shows what every neuron has learned."""

from dataclasses import asdict
from typing import Any, ClassVar

import numpy as np

from pynn.activations import hidden
from pynn.datasets import PLANAR
from pynn.exact.activations import EXACT_ACTIVATIONS
from pynn.layers import Dense
from pynn.live.diagnosis import Case, diagnose
from pynn.live.experiment import MILLISECONDS, deadline_in
from pynn.live.folder import MNISTFolder
from pynn.live.frame import Frame, make_frame
from pynn.live.history import History
from pynn.live.plane import MAP_SIDE, NEURON_SIDE, grid, pictures, way
from pynn.live.rewinding import Rewinding
from pynn.live.scripts import planar_script
from pynn.matmul import Array
from pynn.metrics import measure
from pynn.network import Network
from pynn.optimizers import OPTIMIZERS
from pynn.settings import Choice, Integer, Layers, Real, Table
from pynn.state import State
from pynn.steps import Step
from pynn.targets import as_examples
from pynn.training import train

POINTS, TRAIN_POINTS = 400, 300

# So many points can be told one by one.
FEW = 8

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


class PlanarExperiment(Rewinding):
    """Points in, probabilities out: one sigmoid output for two classes, softmax for more.

    XOR is its four points, which train and test alike; of the other sets 300 points
    train and 100 test. Losses and accuracy are those at the end of the last epoch,
    so that `script` gives the same numbers. The network is exact: a seed gives the same
    bits in every browser, and to who runs the script.
    """

    table: ClassVar[Table] = TABLE
    actions: ClassVar = {
        "advance": (
            MILLISECONDS,
            Integer("epochs", 1_000_000, 1, 1_000_000),
            Integer("steps", 2**53, 1, 2**53),
        ),
        "reset": (),
        "keep": (),
        **Rewinding.past,
        "touch": (Real("x1", 0.0, -1e3, 1e3), Real("x2", 0.0, -1e3, 1e3)),
        "let_go": (),
        "diagnose": (),
        "script": (Integer("epoch", 2**53, 0, 2**53),),
    }

    live: ClassVar = frozenset({"learning_rate"})

    touched: Array | None = None

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
        self._remember()

    def opened(self) -> Frame:
        names = ("train_x", "train_y", "test_x", "test_y")
        head = {
            "settings": self._plain_settings(),
            "layers": [2, *(layer.output_shape[0] for layer in self.network.layers)],
            "classes": self.classes,
            "extent": [self.low, self.high, self.low, self.high],
            "map_side": MAP_SIDE,
            "neuron_side": NEURON_SIDE,
            "first_step": self.timeline.first,
        }
        points = (*self.sets[0], *self.sets[-1])
        return self._frame(head, dict(zip(names, points, strict=True)))

    def _plain_settings(self) -> dict[str, Any]:
        return {**self.settings, "network_shape": list(self.settings["network_shape"])}

    def advance(self, milliseconds: float, epochs: int, steps: int = 2**53) -> Frame:
        """Trains for about that long, and at most so many epochs and so many mini-batches.

        Not on after divergence. An exact network takes its steps one by one.
        """
        if self.status == "diverged":
            return self._frame()
        deadline, goal, last = deadline_in(milliseconds), self.epoch + epochs, self.step + steps
        for step in self._train(deadline):
            self._note(step)
            if self.status == "diverged" or (step.ends_epoch and self.epoch >= goal):
                break
            if self.step >= last:
                break
        return self._frame()

    def _note(self, step: Step) -> None:
        self.status = "running"
        if step.ends_epoch:
            self._measure()
        self.timeline.note(self.step, self._moment)

    def _measured(self) -> dict[str, float]:
        return {name: getattr(self, name) for name in MEASURED}

    def _kept(self) -> State:
        return State({"history": self.history.whole()}, self._measured())

    def _take_up(self, run: State) -> None:
        for name in MEASURED:
            setattr(self, name, run.number(name))
        self.history = History(3, run.arrays.get("history"))

    def touch(self, x1: float, x2: float) -> Frame:
        """A point of the plane, which every frame follows through the network from now on."""
        self.touched = np.array([x1, x2])
        return make_frame({}, way(self.network, self.touched))

    def let_go(self) -> Frame:
        self.touched = None
        return make_frame({})

    def diagnose(self) -> Frame:
        """What holds the training up, as `diagnosis` in the head: code, values, change; or None."""
        rows, _ = self.examples[0]
        trained = measure(self.network, *self.examples[0], self.steps.loss)
        case = Case(
            self.settings, self.network, rows, self.step, trained.accuracy, self.accuracy,
            self.history.whole(), self.status == "diverged",
        )  # fmt: skip
        found = diagnose(case)
        return make_frame({"diagnosis": found and asdict(found)})

    def script(self, epoch: int) -> Frame:
        """Python that natively gives the numbers of an epoch's end, of the last one at most."""
        epochs = min(epoch, self.epoch)
        rates = self.rates.within(epochs * self.steps.batches.steps)
        script = planar_script(self.settings, self.classes, epochs, rates)
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

    def _answers(self) -> dict[str, Array]:
        """(rows, 1) what the network says to each of a few points that have a place each."""
        x, _ = self.sets[0]
        if len(x) > FEW:
            return {}
        return {"answers": np.nan_to_num(self.network.predict(x))}

    def _frame(
        self, head: dict[str, Any] | None = None, arrays: dict[str, Array] | None = None
    ) -> Frame:
        touched = {} if self.touched is None else way(self.network, self.touched)
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
                **self._answers(),
                **touched,
            },
        )
