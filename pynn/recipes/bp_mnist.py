"""bp_mnist: back-propagation with NumPy, 784-500-10, saved to a file and tested from it.

Sigmoid in both layers, every weight and bias 0.01 times standard normal. With X three
images, pixels / 255, and Y their one-hot rows:

    a1 = f(X W1 + b1)     loss = 1/2 sum (a2 - Y)^2
    a2 = f(a1 W2 + b2)    d2 = (a2 - Y) f'(z2)     d1 = (d2 W2.T) f'(z1)
    W2 -= 0.1 (a1.T d2) / 3    b2 -= 0.1 sum d2 / 3    and W1, b1 likewise from X and d1

10 epochs over the 60,000 images in batches of 3, in file order, never shuffled.

Peculiar: the loss is the sum over the batch while its gradients are divided by 3, which
is SGD on the sum with learning rate 0.1 / 3. With so small batches W1 (3 MB) changes
200,000 times, through three new arrays of its size each time; pynn works in place, and
on up to 32 batches together (pynn/lookahead.py). The file holds w1, b1, w2 and b2.
"""

from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from pynn import SGD, Dense, Network, SquaredError, train
from pynn.recipes.data import training_rows
from pynn.recipes.recipe import Program, Weights, given_or_drawn, starts

TITLE, SOURCE = "用numpy实现BP神经网络", "a Chinese blog post"


@starts(default_seed=0)
def start(
    weights: Weights | None, seed: int, *, X: npt.ArrayLike | None = None,
    Y: npt.ArrayLike | None = None, learning_rate: float = 0.1,
) -> Program:  # fmt: skip
    X, Y = training_rows("bp_mnist", X, Y, 60_000)
    rng = np.random.RandomState(seed)
    shapes = {"W1": (784, 500), "b1": (500,), "W2": (500, 10), "b2": (10,)}
    drawn = {name: 0.01 * rng.randn(*shape) for name, shape in shapes.items()}
    network = Network([Dense(500, "sigmoid"), Dense(10, "sigmoid")], inputs=784, dtype="float64")
    steps = train(network, X, Y, loss=SquaredError("sum"), optimizer=SGD(learning_rate / 3),
                  batch_size=3, epochs=None, shuffle=False)  # fmt: skip
    return Program(network, steps, given_or_drawn("bp_mnist", weights, drawn), turned=False)


def save(program: Program, file: str | BinaryIO) -> None:
    arrays: dict[str, Any] = {name.lower(): array for name, array in program.weights.items()}
    np.savez(file, **arrays)


def load(file: str | BinaryIO) -> Weights:
    with np.load(file, allow_pickle=False) as arrays:
        return {name.replace("w", "W"): arrays[name] for name in arrays}
