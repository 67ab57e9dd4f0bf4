"""What odd values are tried on: a network with all that goes with it, and calls with one word."""

import copy
import io
from collections.abc import Callable
from typing import Any

import numpy as np

import pynn
from pynn import Conv2D, Dense, Flatten, MaxPool2D, Network
from pynn.recipes import perform
from pynn.show.record import Record


class Subject:
    """What a call may be given beside the odd value, and whether it has been changed."""

    def __init__(self) -> None:
        rng = np.random.default_rng(3)
        self.x = rng.standard_normal((4, 3))
        self.y = np.array([0, 1, 1, 0])
        self.network = Network([Dense(2, "tanh"), Dense(2, "softmax")], 3, dtype="float64")
        self.plane = Network([Dense(2, "softmax")], inputs=2)
        self.single = Network([Dense(1, "sigmoid")], inputs=3)
        self.optimizer = pynn.Adam(0.01)
        self.layer, self.file = Dense(2), io.BytesIO()
        self.before = self.state()

    def state(self) -> Any:
        arrays = {**self.network.parameters, **self.network.gradients, "x": self.x, "y": self.y}
        return copy.deepcopy((
            {name: array.tobytes() for name, array in arrays.items()},
            vars(self.optimizer), self.network.units.pixels, self.layer.output_shape,
            self.file.getvalue(), self.network.layers[0].config,
        ))  # fmt: skip

    def words(self, **words: Any) -> dict[str, Any]:
        return {"loss": "cross_entropy", "optimizer": self.optimizer} | words

    def fit(self, network: Any = None, x: Any = None, y: Any = None, **words: Any) -> Any:
        return pynn.fit(
            self.network if network is None else network, self.x if x is None else x,
            self.y if y is None else y, **(self.words(verbose=False, epochs=2) | words),
        )  # fmt: skip

    def step(self, **words: Any) -> float:
        usual = {"network": self.network, "x": self.x, "y": self.y} | self.words()
        return pynn.train_step(**(usual | words))

    def train(self, **words: Any) -> float:
        step = pynn.train(self.network, self.x, self.y, **self.words(**words)).advance(2)
        return 0.0 if step is None else step.loss

    def ask(self, function: Callable[..., Any], **words: Any) -> Any:
        return function(**({"network": self.network, "x": self.x, "y": self.y} | words))

    def evaluate(self, **words: Any) -> Any:
        measured = self.ask(pynn.evaluate, **({"loss": "cross_entropy"} | words))
        return measured.loss, measured.accuracy

    def gradients(self, **words: Any) -> float:
        return self.ask(pynn.check_gradients, **({"loss": "cross_entropy"} | words))

    def built(self, **words: Any) -> Any:
        return Network(**({"layers": [self.layer], "inputs": 3} | words)).predict(self.x)


def dense(**words: Any) -> Any:
    return Network([Dense(**({"units": 2} | words))], inputs=3).predict(np.ones((4, 3)))


def convolved(**words: Any) -> Any:
    layers = [Conv2D(**({"filters": 2} | words)), Flatten(), Dense(1)]
    return Network(layers, inputs=(5, 5, 1)).predict(np.ones((1, 25)))


def between(layer: Any) -> Any:
    network = Network([Dense(2), layer, Dense(1)], inputs=3)
    pynn.train_step(
        network, np.eye(3), [0.0, 1.0, 2.0], "squared_error", pynn.SGD(0.01),
        noise=np.random.default_rng(0),
    )  # fmt: skip
    return network.predict(np.ones((4, 3)))


def pooled(size: Any) -> Any:
    return Network([MaxPool2D(size), Flatten(), Dense(1)], inputs=(5, 5, 1)).predict(
        np.ones((1, 25))
    )


def averaged(size: Any) -> Any:
    layers = [pynn.AvgPool2D(size), Flatten(), Dense(1)]
    return Network(layers, inputs=(5, 5, 1)).predict(np.ones((1, 25)))


def augmented(**words: Any) -> Any:
    return pynn.Augmentation(**words)(np.ones((2, 3, 4)), np.random.default_rng(0))


def rates(make: Callable[..., Any], **words: Any) -> list[float]:
    return [make(**words)(updates) for updates in (0, 1, 3)]


def updated(make: Callable[..., Any], **words: Any) -> Any:
    """The network after a step with an optimizer that is made so."""
    network = Network([Dense(1)], inputs=3)
    pynn.train_step(network, np.eye(3), [0.0, 1.0, 2.0], "squared_error", make(**words))
    return dict(network.parameters)


def shown(call: Callable[..., None], *given: Any) -> str:
    """What a call of `show` shows, in words."""
    record = Record()
    with pynn.show.to(record):
        call(*given)
    return repr((record.take(), record.compared, record.files))


def performed(*given: Any) -> bool:
    with pynn.show.to(Record()):
        return bool(perform(*given))


def started(recipe: Any, **words: Any) -> Any:
    program = recipe.start(**words)
    program.update(1)
    return program.loss
