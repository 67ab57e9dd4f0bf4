"""The same nets in NumPy by hand, plainly: no buffers kept, no tricks."""

from itertools import pairwise
from typing import Any

import numpy as np


def about() -> str:
    return f"NumPy {np.__version__}"


def _sigmoid(z: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-z))


# The activation, and its slope by its value a.
ACTIVATIONS = {
    "relu": (lambda z: np.maximum(z, 0), lambda a: a > 0),
    "sigmoid": (_sigmoid, lambda a: a * (1 - a)),
    "tanh": (np.tanh, lambda a: 1 - a * a),
}


def _softmax(z: np.ndarray) -> np.ndarray:
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


class Peer:
    def __init__(self, task: dict[str, Any], x: np.ndarray, y: np.ndarray) -> None:
        if task["convolutions"]:
            raise ValueError("NumPy by hand has dense layers only")
        sizes = task["sizes"]
        self.rng = np.random.default_rng(0)
        self.W = [self._glorot(*pair) for pair in pairwise(sizes)]
        self.b = [np.zeros(n, np.float32) for n in sizes[1:]]
        self.activation, self.slope = ACTIVATIONS[task["activation"]]
        self.output = _sigmoid if sizes[-1] == 1 else _softmax
        self.rate, self.batch, self.adam = task["rate"], task["batch"], task["optimizer"] == "adam"
        self.moments = [(np.zeros_like(w), np.zeros_like(w)) for w in self.W + self.b]
        self.t = 0
        self.x = self.inputs(x)
        self.y = y[:, None].astype(np.float32) if sizes[-1] == 1 else np.eye(10, dtype="f4")[y]

    def _glorot(self, fan_in: int, fan_out: int) -> np.ndarray:
        limit = np.sqrt(6 / (fan_in + fan_out))
        return self.rng.uniform(-limit, limit, (fan_in, fan_out)).astype(np.float32)

    def _forward(self, x: Any) -> list[np.ndarray]:
        a = [x]
        for W, b in zip(self.W[:-1], self.b[:-1], strict=True):
            a.append(self.activation(a[-1] @ W + b))
        return [*a, self.output(a[-1] @ self.W[-1] + self.b[-1])]

    def epoch(self) -> None:
        order = self.rng.permutation(len(self.y))
        for start in range(0, len(order), self.batch):
            rows = order[start : start + self.batch]
            a = self._forward(self.x[rows])
            dz = (a[-1] - self.y[rows]) / len(rows)
            dW, db = [], []
            for place in reversed(range(len(self.W))):
                dW.insert(0, a[place].T @ dz)
                db.insert(0, dz.sum(axis=0))
                if place:
                    dz = (dz @ self.W[place].T) * self.slope(a[place])
            self._update(dW + db)

    def _update(self, gradients: list[np.ndarray]) -> None:
        self.t += 1
        for w, g, (m, v) in zip(self.W + self.b, gradients, self.moments, strict=True):
            if not self.adam:
                w -= self.rate * g
                continue
            m += 0.1 * (g - m)
            v += 0.001 * (g * g - v)
            mean, square = m / (1 - 0.9**self.t), v / (1 - 0.999**self.t)
            w -= self.rate * mean / (np.sqrt(square) + 1e-8)

    def accuracy(self, x: Any, y: np.ndarray) -> float:
        p = self._forward(x)[-1]
        answers = p[:, 0] > 0.5 if p.shape[1] == 1 else p.argmax(axis=1)
        return float(np.mean(answers == y))

    @staticmethod
    def inputs(x: np.ndarray) -> Any:
        return x.astype(np.float32) / np.float32(255 if x.dtype == np.uint8 else 1)
