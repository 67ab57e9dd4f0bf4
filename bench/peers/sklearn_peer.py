"""scikit-learn's MLPClassifier; `partial_fit` is one pass over all examples in mini-batches."""

from typing import Any

import numpy as np
import sklearn
from sklearn.neural_network import MLPClassifier

ACTIVATIONS = {"relu": "relu", "sigmoid": "logistic", "tanh": "tanh"}


def about() -> str:
    return f"scikit-learn {sklearn.__version__}"


class Peer:
    def __init__(self, task: dict[str, Any], x: np.ndarray, y: np.ndarray) -> None:
        if task["convolutions"]:
            raise ValueError("MLPClassifier has dense layers only")
        self.x, self.y = self.inputs(x), y
        self.classes = np.unique(y)
        self.network = MLPClassifier(
            hidden_layer_sizes=task["sizes"][1:-1],
            activation=ACTIVATIONS[task["activation"]],
            solver=task["optimizer"],
            learning_rate_init=task["rate"],
            momentum=0,
            alpha=0,
            batch_size=min(task["batch"], len(x)),
            random_state=0,
        )

    def epoch(self) -> None:
        self.network.partial_fit(self.x, self.y, classes=self.classes)

    def accuracy(self, x: Any, y: np.ndarray) -> float:
        return float(self.network.score(x, y))

    @staticmethod
    def inputs(x: np.ndarray) -> Any:
        return x.astype(np.float32) / np.float32(255 if x.dtype == np.uint8 else 1)
