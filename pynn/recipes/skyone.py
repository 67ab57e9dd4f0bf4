"""skyone: a simple neural-network framework, with a hidden error of its own.

784-100-10, sigmoid, no biases, one MNIST image at a time in file order. With inputs
i = pixel / 255 * 0.99 + 0.01 and targets t = 0.99 for the right digit, else 0.01,

    h = f(wih i)    wih += 0.3 (he * h * (1 - h)) i.T     where he = who.T (t - o)
    o = f(who h)    who += 0.3 ((t - o) * o * (1 - o)) h.T

Weights begin normal, with standard deviation fan-in ** -0.5. Peculiar: `he` lacks the factor
o (1 - o) of back-propagation. So `who` follows half the squared error, whose gradient before f
is (o - t) o (1 - o), and `wih` follows binary cross-entropy, whose gradient there is o - t.
Together they are the gradient of nothing, and yet it learns, though so restlessly that after
15,000 images the last bit of rounding decides about the weights (see `SplitNetwork`).
Beside it runs squared error alone. The post names no number of epochs.
"""

import numpy as np
import numpy.typing as npt

from pynn import SGD, BinaryCrossEntropy, Dense, SquaredError, train
from pynn.losses import Loss
from pynn.recipes.data import Images, Labels, digit_rows, training_rows
from pynn.recipes.recipe import Program, Weights, given_or_drawn, starts
from pynn.recipes.split import SplitNetwork

TITLE, SOURCE = "一个简单的神经网络框架", "Skyone-Blog"


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
    hidden: Loss = SquaredError("sum") if single_loss else BinaryCrossEntropy("sum")
    network = SplitNetwork(layers, inputs=784, hidden=hidden, dtype="float64")
    steps = train(network, X, T, loss=SquaredError("sum"), optimizer=SGD(learning_rate),
                  batch_size=1, epochs=None, shuffle=False)  # fmt: skip
    hidden.check_targets(steps.batches.targets)
    return Program(network, steps, given_or_drawn("skyone", weights, drawn), turned=True)
