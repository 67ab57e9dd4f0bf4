"""pynn as its users and its page have it: pixels stay bytes, `train` does the steps."""

from typing import Any

import numpy as np

import pynn
from pynn import SGD, Adam, Conv2D, Dense, Flatten, MaxPool2D, Network, accuracy, train

OPTIMIZERS = {"sgd": SGD, "adam": Adam}


def about() -> str:
    try:
        import pynn_kernel
    except ImportError:
        return f"pynn {pynn.__version__}, NumPy {np.__version__}"
    return f"pynn {pynn.__version__}, kernel {getattr(pynn_kernel, 'variant', 'loaded')}"


class Peer:
    def __init__(self, task: dict[str, Any], x: np.ndarray, y: np.ndarray) -> None:
        inputs, *hidden, outputs = task["sizes"]
        kind, loss = ("sigmoid", "binary_cross_entropy") if outputs == 1 else SOFTMAX
        layers = [Dense(units, activation=task["activation"]) for units in hidden]
        if task["convolutions"]:
            inputs, front = (28, 28, 1), []
            for filters, size in task["convolutions"]:
                front += [Conv2D(filters, size, activation=task["activation"]), MaxPool2D(2)]
            layers = [*front, Flatten(), *layers]
        self.network = Network([*layers, Dense(outputs, activation=kind)], inputs=inputs, seed=0)
        self.steps = train(
            self.network,
            x,
            y,
            loss=loss,
            optimizer=OPTIMIZERS[task["optimizer"]](task["rate"]),
            batch_size=task["batch"],
            epochs=None,
        )
        self.steps_per_epoch = -(-len(x) // task["batch"])

    def epoch(self) -> None:
        self.steps.advance(self.steps_per_epoch)

    def inputs(self, x: np.ndarray) -> np.ndarray:
        return x

    def accuracy(self, x: np.ndarray, y: np.ndarray) -> float:
        return accuracy(self.network, x, y)


SOFTMAX = ("softmax", "cross_entropy")
