"""nielsen in NumPy alone: lists of weights and biases, and back-propagation layer by layer."""

from itertools import pairwise

import numpy as np

from pynn import show
from pynn.recipes.data import digit_rows, read_mnist

published = {"normal": "near 95 %"}
hidden = show.setting("hidden", [30], low=1, high=500, most=3)
rate = show.setting("learning_rate", 3.0, low=0.0001, high=100.0)
epochs = show.setting("epochs", 30, short=3, low=1, high=100)
images = show.setting("images", 50_000, short=10_000, low=100, high=50_000)
seed = show.setting("seed", 0, low=0, high=4_294_967_295)
mnist = read_mnist(images)
x, y, sizes = mnist.x / 255, digit_rows(mnist.y), [784, *hidden, 10]

random = np.random.RandomState(seed)
biases = [random.randn(n, 1) for n in sizes[1:]]
weights = [random.randn(n, m) for m, n in pairwise(sizes)]
order = np.random.default_rng(seed)  # the post shuffles by Python's own random numbers


def f(z):
    return 1 / (1 + np.exp(-z))


def feedforward(a):
    for w, b in zip(weights, biases, strict=True):
        a = f(w @ a + b)
    return a


def gradients(a, y):
    """Of the cost summed over the columns of a, for every layer."""
    outputs = [a]
    for w, b in zip(weights, biases, strict=True):
        outputs.append(f(w @ outputs[-1] + b))
    a = outputs[-1]
    delta = (a - y) * a * (1 - a)
    by_layer = []
    for w, before in zip(reversed(weights), reversed(outputs[:-1]), strict=True):
        by_layer.append((delta @ before.T, delta.sum(axis=1, keepdims=True)))
        delta = (w.T @ delta) * before * (1 - before)
    return by_layer[::-1]


for epoch in show.progress(range(1, epochs + 1)):
    mixed = order.permutation(images)
    for start in show.progress(range(0, images, 10)):
        rows = mixed[start : start + 10]
        by_layer = gradients(x[rows].T, y[rows].T)
        for (dw, db), w, b in zip(by_layer, weights, biases, strict=True):
            w -= rate / len(rows) * dw
            b -= rate / len(rows) * db
    right = np.mean(feedforward(mnist.x_test.T / 255).argmax(axis=0) == mnist.y_test)
    show.curve("normal", epoch, right)
    show.line(f"Epoch {epoch}: {right:.2%} right")
known = published["normal"] if hidden == [30] else ""
show.compare("normal", known, f"{right:.2%}", sizes="-".join(map(str, sizes)))
show.image(weights[0].reshape(-1, 28, 28), name="weights", signed=True)
