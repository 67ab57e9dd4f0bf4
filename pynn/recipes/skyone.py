"""skyone: a simple neural-network framework, with a hidden error of its own.

784-100-10, sigmoid, no biases, one MNIST image at a time in file order. With inputs
i = pixel / 255 * 0.99 + 0.01 and targets t = 0.99 for the right digit, else 0.01,

    h = f(wih i)    wih += 0.3 (he * h * (1 - h)) i.T     where he = who.T (t - o)
    o = f(who h)    who += 0.3 ((t - o) * o * (1 - o)) h.T

Weights begin normal, with standard deviation fan-in ** -0.5. Peculiar: `he` lacks the factor
o (1 - o) of back-propagation. So `who` follows half the squared error, whose gradient before f
is (o - t) o (1 - o), and `wih` follows binary cross-entropy, whose gradient there is o - t.
Together they are the gradient of nothing, and yet it learns, though so restlessly that after
15,000 images the last bit of rounding decides about the weights. `SplitLoss` makes them of
pynn's two losses; beside it runs squared error alone. The post names no number of epochs.
"""

from collections.abc import Iterator
from itertools import product

import numpy as np
import numpy.typing as npt

from pynn import SGD, BinaryCrossEntropy, Dense, Network, SplitLoss, SquaredError, train
from pynn.losses import Loss
from pynn.recipes.data import MNIST, Images, Labels, digit_rows, training_rows
from pynn.recipes.events import Compared, Event, Line, Picture, Progress, measured
from pynn.recipes.recipe import Program, Weights, given_or_drawn, starts
from pynn.settings import Integer, Real, Table

TITLE, SOURCE = "一个简单的神经网络框架", "Skyone-Blog"
PUBLISHED = {"as published": "about 95 %", "single loss": ""}
TABLE: Table = (Integer("images", 60_000, 100, 60_000), Real("learning_rate", 0.3, 1e-4, 10.0),
                Integer("epochs", 2, 1, 100), Integer("seed", 0, 0, 2**32 - 1))  # fmt: skip
SHORT = {"images": 10_000, "epochs": 1}
PART = 5000  # images at a time; all 60,000 would take 376 MB in float64


def inputs(images: Images) -> npt.NDArray[np.float64]:
    return images / 255 * 0.99 + 0.01


def targets(labels: Labels) -> npt.NDArray[np.float64]:
    return digit_rows(labels) * 0.98 + 0.01


@starts(default_seed=0)
def start(
    weights: Weights | None, seed: int, *, X: npt.ArrayLike | None = None,
    T: npt.ArrayLike | None = None, learning_rate: float = 0.3, single_loss: bool = False,
) -> Program:  # fmt: skip
    X, T = training_rows("skyone", X, T, 60_000, inputs, targets)
    rng = np.random.RandomState(seed)
    drawn = {"wih": rng.normal(0.0, 784**-0.5, (100, 784)),
             "who": rng.normal(0.0, 100**-0.5, (10, 100))}  # fmt: skip
    layers = [Dense(100, "sigmoid", bias=False), Dense(10, "sigmoid", bias=False)]
    network = Network(layers, inputs=784, dtype="float64")
    squared, entropy = SquaredError("sum"), BinaryCrossEntropy("sum")
    loss: Loss = squared if single_loss else SplitLoss(last=squared, hidden=entropy)
    steps = train(network, X, T, loss=loss, optimizer=SGD(learning_rate),
                  batch_size=1, epochs=None, shuffle=False)  # fmt: skip
    return Program(network, steps, given_or_drawn("skyone", weights, drawn), turned=True)


def run(data: MNIST, *, seed: int, learning_rate: float, images: int, epochs: int
        ) -> Iterator[Event]:  # fmt: skip
    weights: dict[str, Weights | None] = dict.fromkeys(PUBLISHED)
    for epoch, row in product(range(epochs), range(0, images, PART)):
        rows, first = slice(row, min(row + PART, images)), epoch * images + row
        X, T = inputs(data.x[rows]), targets(data.y[rows])
        for place, name in enumerate(PUBLISHED):
            program = start(weights[name], seed, X=X, T=T, learning_rate=learning_rate,
                            single_loss=name == "single loss")  # fmt: skip
            for done in program.go(len(X), at_a_time=100):
                yield Progress(share := (2 * first + place * len(X) + done) / (2 * images * epochs))
            weights[name], network, seen = program.weights, program.network, first + len(X)
            right = yield from measured(network, data, (name, seen), share, inputs)
            yield Line(f"{seen:,} images, {name}: {right / len(data.y_test):.2%} right")
            if seen == images * epochs:
                yield Compared(name, PUBLISHED[name], f"{right / len(data.y_test):.2%}")
                yield Picture("weights", program.weights["wih"].reshape(-1, 28, 28))
