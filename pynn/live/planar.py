"""A small network learns points in the plane, and shows what every neuron has learned."""

from typing import Any, ClassVar

import numpy as np

from pynn.datasets import PLANAR
from pynn.layers import Dense
from pynn.live.experiment import MILLISECONDS, Experiment, deadline_in
from pynn.live.folder import MNISTFolder
from pynn.live.frame import Frame, make_frame, to_scale
from pynn.live.scripts import planar_script
from pynn.matmul import Array
from pynn.metrics import evaluate
from pynn.network import Network
from pynn.optimizers import OPTIMIZERS
from pynn.settings import Choice, Integer, Layers, Real, Table
from pynn.training import train

POINTS, TRAIN_POINTS = 400, 300
MAP_SIDE = 60
# Every third point of the map is enough for the small picture of a neuron.
NEURON_STEP = 3
NEURON_SIDE = MAP_SIDE // NEURON_STEP

TABLE: Table = (
    Choice("dataset", "xor", tuple(PLANAR)),
    Layers("network_shape", "8", 1, 32, most=6),
    Choice("activation", "tanh", ("tanh", "relu", "leaky_relu", "sigmoid", "linear")),
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
    so that `script` gives the same numbers.
    """

    table: ClassVar[Table] = TABLE
    actions: ClassVar = {
        "advance": (MILLISECONDS, Integer("epochs", 1_000_000, 1, 1_000_000)),
        "reset": (),
        "script": (),
    }

    live: ClassVar = frozenset({"learning_rate"})

    def __init__(self, settings: dict[str, Any], folder: MNISTFolder) -> None:
        self.settings = settings
        planar = PLANAR[settings["dataset"]]
        x, y = planar.make(POINTS, settings["noise"], settings["seed"])
        if settings["dataset"] == "xor":
            self.train_set = self.test_set = (x, y)
        else:
            self.train_set = (x[:TRAIN_POINTS], y[:TRAIN_POINTS])
            self.test_set = (x[TRAIN_POINTS:], y[TRAIN_POINTS:])
        self.classes = planar.classes
        self.loss = "binary_cross_entropy" if planar.classes == 2 else "cross_entropy"
        self.low, self.high = planar.low, planar.high
        self.grid = _grid(planar.low, planar.high)
        self._start()

    def _start(self) -> None:
        settings = self.settings
        hidden = [
            Dense(units, activation=settings["activation"], l2=settings["l2"])
            for units in settings["network_shape"]
        ]
        last = (1, "sigmoid") if self.classes == 2 else (self.classes, "softmax")
        output = Dense(last[0], activation=last[1], l2=settings["l2"])
        self.network = Network([*hidden, output], inputs=2, seed=settings["seed"])
        self.steps = train(
            self.network,
            *self.train_set,
            loss=self.loss,
            optimizer=self._new_optimizer(),
            batch_size=settings["batch_size"],
            epochs=None,
            seed=settings["seed"],
        )
        self.status, self.reason = "ready", None
        self.epoch = self.step = 0
        self.history: list[tuple[float, float, float]] = []
        self._measure()

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
        points = (*self.train_set, *self.test_set)
        return self._frame(head, dict(zip(names, points, strict=True)))

    def _plain_settings(self) -> dict[str, Any]:
        return {**self.settings, "network_shape": list(self.settings["network_shape"])}

    def _edited(self, changed: set[str]) -> Frame:
        return self._frame({"settings": self._plain_settings(), "goes_on": True})

    def advance(self, milliseconds: float, epochs: int) -> Frame:
        """Trains for about that long and at most that many epochs; not on after divergence."""
        if self.status == "diverged":
            return self._frame()
        deadline, goal = deadline_in(milliseconds), self.epoch + epochs
        for step in self._train(deadline):
            self.status = "running"
            self.step += 1
            if step.ends_epoch:
                self.epoch = step.epoch
                self._measure()
                if self.status == "diverged" or self.epoch >= goal:
                    break
        return self._frame()

    def reset(self) -> Frame:
        """The same start again."""
        self._start()
        return self.opened()

    def script(self) -> Frame:
        """Python that natively gives the numbers of the last finished epoch."""
        rates = self.rates.within(self.epoch * self.steps.batches.steps)
        script = planar_script(self.settings, self.classes, self.epoch, rates)
        return make_frame({"script": script})

    def _measure(self) -> None:
        trained = evaluate(self.network, *self.train_set, loss=self.loss)
        tested = trained
        if self.test_set is not self.train_set:
            tested = evaluate(self.network, *self.test_set, loss=self.loss)
        self.train_loss, self.test_loss = trained.loss, tested.loss
        self.accuracy = tested.accuracy
        if not (np.isfinite(trained.loss) and np.isfinite(tested.loss)):
            self._diverge("loss_not_finite")
        elif not self._weights_are_finite():
            self._diverge("weights_not_finite")
        else:
            self.history.append((float(self.epoch), trained.loss, tested.loss))

    def _frame(
        self, head: dict[str, Any] | None = None, arrays: dict[str, Array] | None = None
    ) -> Frame:
        history = np.array(self.history, np.float32).reshape(-1, 3)
        self.history = []
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
            {**(arrays or {}), **self._pictures(), "history": history},
        )

    def _pictures(self) -> dict[str, Array]:
        """What the network and each of its neurons answer everywhere in the square."""
        with np.errstate(over="ignore", invalid="ignore"):
            outputs = self.network.forward(self.network.as_input(self.grid))
            neurons = [_small_pictures(layer.output) for layer in self.network.layers[:-1]]
            outputs = np.nan_to_num(outputs)
        if self.classes == 2:
            answers: Array = (2.0 * outputs - 1.0).reshape(MAP_SIDE, MAP_SIDE)
        else:
            answers = outputs.T.reshape(self.classes, MAP_SIDE, MAP_SIDE)
        empty = np.zeros((0, NEURON_SIDE, NEURON_SIDE))
        pictures: dict[str, Array] = {"map": answers, "neurons": np.concatenate([empty, *neurons])}
        for place, layer in enumerate(self.network.layers):
            pictures[f"weights/{place}"] = layer.params["weights"]
            pictures[f"biases/{place}"] = layer.params["bias"]
        return pictures


def _grid(low: float, high: float) -> Array:
    """Points (MAP_SIDE^2, 2) in the middle of each pixel, the top row first."""
    along = low + (np.arange(MAP_SIDE) + 0.5) * (high - low) / MAP_SIDE
    x, y = np.meshgrid(along, along[::-1])
    return np.column_stack([x.ravel(), y.ravel()]).astype(np.float32)


def _small_pictures(outputs: Array) -> Array:
    """(units, NEURON_SIDE, NEURON_SIDE) in -1 to 1 from outputs (MAP_SIDE^2, units)."""
    pictures = outputs.T.reshape(-1, MAP_SIDE, MAP_SIDE)[:, 1::NEURON_STEP, 1::NEURON_STEP]
    return to_scale(np.nan_to_num(pictures), axis=(1, 2))
