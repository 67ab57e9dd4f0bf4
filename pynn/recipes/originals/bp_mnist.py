"""bp_mnist in NumPy alone: two layers, batches of three, and a file."""

import io

import numpy as np

from pynn import show
from pynn.recipes.data import digit_rows, read_mnist

published = {"accuracy from the file": "96.48 %"}
epochs = show.setting("epochs", 10, short=2, low=1, high=100)
images = show.setting("images", 60_000, short=6_000, low=99, high=60_000)
rate = show.setting("learning_rate", 0.1, low=0.0001, high=10.0)
seed = show.setting("seed", 0, low=0, high=4_294_967_295)
mnist = read_mnist(images)
Y = digit_rows(mnist.y)

random = np.random.RandomState(seed)
W1, b1 = 0.01 * random.randn(784, 500), 0.01 * random.randn(500)
W2, b2 = 0.01 * random.randn(500, 10), 0.01 * random.randn(10)


def f(z):
    return 1 / (1 + np.exp(-z))


def right(W1, b1, W2, b2):
    a1 = f(mnist.x_test / 255 @ W1 + b1)
    return np.mean(f(a1 @ W2 + b2).argmax(axis=1) == mnist.y_test)


for epoch in show.progress(range(1, epochs + 1)):
    for start in show.progress(range(0, images, 3)):
        X, T = mnist.x[start : start + 3] / 255, Y[start : start + 3]
        a1 = f(X @ W1 + b1)
        a2 = f(a1 @ W2 + b2)
        loss = 0.5 * np.sum((a2 - T) ** 2)
        d2 = (a2 - T) * a2 * (1 - a2)
        d1 = (d2 @ W2.T) * a1 * (1 - a1)
        W2 -= rate * (a1.T @ d2) / 3
        b2 -= rate * d2.sum(axis=0) / 3
        W1 -= rate * (X.T @ d1) / 3
        b1 -= rate * d1.sum(axis=0) / 3
    show.curve("accuracy", epoch, right(W1, b1, W2, b2))
    show.line(f"epoch {epoch}: loss {loss:.6f}")

file = io.BytesIO()
np.savez(file, w1=W1, b1=b1, w2=W2, b2=b2)
show.file("bp_mnist.npz", file.getvalue())
with np.load(io.BytesIO(file.getvalue()), allow_pickle=False) as saved:
    accuracy = right(saved["w1"], saved["b1"], saved["w2"], saved["b2"])
show.compare(
    "accuracy from the file", published["accuracy from the file"], f"{100 * accuracy:.2f} %"
)
show.image(W1.T.reshape(-1, 28, 28), name="weights", signed=True)
