"""The five published programs written down plainly: NumPy and the posts' formulae, nothing of pynn.

They are what the recipes are compared with, in numbers by the tests and in speed by
`bench/recipes.py`. Each keeps the post's own arrays as attributes, has `update(n)` and
`weights`, and is deliberately not clever: every line makes new arrays, as the posts do.
"""

import numpy as np

Arrays = dict[str, np.ndarray]


def sigmoid(z: np.ndarray) -> np.ndarray:
    return 1.0 / (1.0 + np.exp(-z))


class Plain:
    """Weights by the post's names, as attributes and in `weights`."""

    def __init__(self, weights: Arrays, X: np.ndarray, targets: np.ndarray) -> None:
        self.names = list(weights)
        for name, array in weights.items():
            setattr(self, name, np.array(array, float))
        self.X, self.targets = X, targets
        self.place = 0

    @property
    def weights(self) -> Arrays:
        return {name: getattr(self, name) for name in self.names}

    def update(self, n: int = 1) -> None:
        for _ in range(n):
            self.step()

    def next_rows(self, size: int) -> tuple[np.ndarray, np.ndarray]:
        """The next `size` rows in file order; fewer at the end, then from the front again."""
        rows = slice(self.place, self.place + size)
        self.place = rows.stop if rows.stop < len(self.X) else 0
        return self.X[rows], self.targets[rows]

    def step(self) -> None:
        raise NotImplementedError


class ElevenLinesOne(Plain):
    """Part one: syn0 (3, 1); targets (n, 1)."""

    def step(self) -> None:
        self.l1 = sigmoid(np.dot(self.X, self.syn0))
        l1_error = self.targets - self.l1
        l1_delta = l1_error * (self.l1 * (1 - self.l1))
        self.syn0 += np.dot(self.X.T, l1_delta)


class ElevenLinesTwo(Plain):
    """Part two: syn0 (3, 5), syn1 (5, 1); targets (n, 1)."""

    def step(self) -> None:
        l1 = sigmoid(np.dot(self.X, self.syn0))
        self.l2 = sigmoid(np.dot(l1, self.syn1))
        self.l2_error = self.targets - self.l2
        l2_delta = self.l2_error * (self.l2 * (1 - self.l2))
        l1_error = l2_delta.dot(self.syn1.T)
        l1_delta = l1_error * (l1 * (1 - l1))
        self.syn1 += l1.T.dot(l2_delta)
        self.syn0 += self.X.T.dot(l1_delta)


class Quadrants(Plain):
    """W1 (2, 50), b1 (1, 50), W2 (50, 4), b2 (1, 4); targets are class numbers 0 to 3."""

    rate, reg = 0.001, 0.001

    def probabilities(self, X: np.ndarray) -> np.ndarray:
        self.H = np.maximum(0, X.dot(self.W1) + self.b1)
        Y = self.H.dot(self.W2) + self.b2
        probs = np.exp(Y - np.max(Y, axis=1, keepdims=True))
        return probs / np.sum(probs, axis=1, keepdims=True)

    def step(self) -> None:
        probs = self.probabilities(self.X)
        N = len(self.X)
        self.loss = -np.sum(np.log(probs[np.arange(N), self.targets])) / N
        dY = probs.copy()
        dY[np.arange(N), self.targets] -= 1
        dY /= N
        dH = dY.dot(self.W2.T)
        dW2 = self.H.T.dot(dY)
        db2 = np.sum(dY, axis=0, keepdims=True)
        dH[self.H <= 0] = 0
        dW1 = self.X.T.dot(dH)
        db1 = np.sum(dH, axis=0, keepdims=True)
        dW2 += self.reg * self.W2
        dW1 += self.reg * self.W1
        self.W2 += -self.rate * dW2
        self.b2 += -self.rate * db2
        self.W1 += -self.rate * dW1
        self.b1 += -self.rate * db1


class Skyone(Plain):
    """wih (100, 784), who (10, 100), one image at a time; `slope` is what the post leaves out."""

    rate = 0.3
    slope = False

    def step(self) -> None:
        rows, answers = self.next_rows(1)
        inputs = np.array(rows[0], ndmin=2).T
        targets = np.array(answers[0], ndmin=2).T
        hidden = sigmoid(np.dot(self.wih, inputs))
        final = sigmoid(np.dot(self.who, hidden))
        errors = targets - final
        back = errors * final * (1 - final) if self.slope else errors
        hidden_errors = np.dot(self.who.T, back)
        self.who += self.rate * np.dot(errors * final * (1 - final), hidden.T)
        self.wih += self.rate * np.dot(hidden_errors * hidden * (1 - hidden), inputs.T)


class NielsenBase(Plain):
    """w0 (30, 784), b0 (30, 1), w1, b1, …; batches of 10, divided by their own length."""

    rate, size = 3.0, 10

    def pairs(self) -> tuple[list[np.ndarray], list[np.ndarray]]:
        count = len(self.names) // 2
        return (
            [getattr(self, f"w{k}") for k in range(count)],
            [getattr(self, f"b{k}") for k in range(count)],
        )

    def store(self, w: list[np.ndarray], b: list[np.ndarray]) -> None:
        for k in range(len(w)):
            setattr(self, f"w{k}", w[k])
            setattr(self, f"b{k}", b[k])


class Nielsen(NielsenBase):
    """As published: back-propagation for one example after another, summed over the batch."""

    def step(self) -> None:
        X, Y = self.next_rows(self.size)
        w, b = self.pairs()
        sum_w, sum_b = [np.zeros(a.shape) for a in w], [np.zeros(a.shape) for a in b]
        for x, y in zip(X, Y, strict=True):
            nabla_w, nabla_b = self.backprop(w, b, x[:, np.newaxis], y[:, np.newaxis])
            sum_w = [s + n for s, n in zip(sum_w, nabla_w, strict=True)]
            sum_b = [s + n for s, n in zip(sum_b, nabla_b, strict=True)]
        eta = self.rate / len(X)
        self.store(
            [a - eta * s for a, s in zip(w, sum_w, strict=True)],
            [a - eta * s for a, s in zip(b, sum_b, strict=True)],
        )

    def backprop(
        self, w: list[np.ndarray], b: list[np.ndarray], x: np.ndarray, y: np.ndarray
    ) -> tuple[list[np.ndarray], list[np.ndarray]]:
        """Also right for a whole batch at once, x (784, m): then b's gradients are still (n, m)."""
        activations, zs = [x], []
        for weights, bias in zip(w, b, strict=True):
            zs.append(np.dot(weights, activations[-1]) + bias)
            activations.append(sigmoid(zs[-1]))
        delta = (activations[-1] - y) * sigmoid(zs[-1]) * (1 - sigmoid(zs[-1]))
        nabla_b, nabla_w = [delta], [np.dot(delta, activations[-2].T)]
        for layer in range(2, len(w) + 1):
            slope = sigmoid(zs[-layer]) * (1 - sigmoid(zs[-layer]))
            delta = np.dot(w[-layer + 1].T, delta) * slope
            nabla_b.insert(0, delta)
            nabla_w.insert(0, np.dot(delta, activations[-layer - 1].T))
        return nabla_w, nabla_b


class NielsenByBatch(Nielsen):
    """The same formulae with the whole batch as columns of one matrix."""

    def step(self) -> None:
        X, Y = self.next_rows(self.size)
        w, b = self.pairs()
        nabla_w, nabla_b = self.backprop(w, b, X.T, Y.T)
        eta = self.rate / len(X)
        self.store(
            [a - eta * s for a, s in zip(w, nabla_w, strict=True)],
            [a - eta * s.sum(axis=1, keepdims=True) for a, s in zip(b, nabla_b, strict=True)],
        )


class BPMnist(Plain):
    """W1 (784, 500), b1 (500,), W2 (500, 10), b2 (10,); batches of 3, divided by 3 always."""

    rate = 0.1

    def step(self) -> None:
        X, Y = self.next_rows(3)
        z1 = np.dot(X, self.W1) + self.b1
        a1 = sigmoid(z1)
        z2 = np.dot(a1, self.W2) + self.b2
        a2 = sigmoid(z2)
        self.loss = np.sum((a2 - Y) * (a2 - Y)) / 2
        d2 = (a2 - Y) * (sigmoid(z2) * (1 - sigmoid(z2)))
        dW2 = np.dot(a1.T, d2) / 3
        db2 = np.sum(d2, axis=0) / 3
        d1 = np.dot(d2, self.W2.T) * (sigmoid(z1) * (1 - sigmoid(z1)))
        dW1 = np.dot(X.T, d1) / 3
        db1 = np.sum(d1, axis=0) / 3
        self.W2 -= self.rate * dW2
        self.b2 -= self.rate * db2
        self.W1 -= self.rate * dW1
        self.b1 -= self.rate * db1
