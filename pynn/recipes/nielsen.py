"""nielsen: handwritten digits with NumPy, after network.py of Michael Nielsen's book.

Any list of sizes, sigmoid everywhere; mini-batches of 10, shuffled, from the first 50,000
images, each one matrix a of columns here, and taken column by column in the book:

    z = w a + b,  a = f(z)      cost = (1/m) sum of 1/2 |a - y|^2 over its m examples
    delta = (a - y) f'(z) in the last layer, (w.T delta) f'(z) in the one before it
    w -= (eta/m) delta a.T      b -= (eta/m) delta, summed over the examples

with eta = 3. After each epoch it prints right / total. Peculiar: weights begin standard
normal whatever the fan-in, all biases drawn first. So |z| is large and f flat. 784-30-10
comes near 95 % all the same, 784-100-10 usually gets stuck: some outputs stay near 0, their
digits are never answered. `lecun` weights, smaller with more inputs, cure it.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from pynn import SGD, Dense, Network, SquaredError, train
from pynn.limits import check_choice
from pynn.recipes.data import training_rows
from pynn.recipes.recipe import Program, Weights, given_or_drawn, layer_sizes, starts

TITLE, SOURCE = "神经网络手写数字识别numpy实现", "a post after neuralnetworksanddeeplearning.com"


@starts(default_seed=0)
def start(
    weights: Weights | None, seed: int, *, X: npt.ArrayLike | None = None,
    Y: npt.ArrayLike | None = None, sizes: Sequence[int] | None = None, batch_size: int = 10,
    learning_rate: float = 3.0, shuffle: bool = True, initial: str = "normal",
) -> Program:  # fmt: skip
    check_choice("nielsen", "initial weights", initial, ("normal", "lecun"))
    sizes = layer_sizes("nielsen", sizes, weights, published=[784, 30, 10])
    X, Y = training_rows("nielsen", X, Y, 50_000)
    layers = [Dense(units, "sigmoid", weights="lecun") for units in sizes[1:]]
    network = Network(layers, inputs=sizes[0], seed=seed, dtype="float64")
    rng = np.random.RandomState(seed)
    b = [rng.randn(units, 1) for units in sizes[1:]]
    w = [rng.randn(units, inputs) for inputs, units in pairwise(sizes)]
    w = w if initial == "normal" else [layer.params["weights"].T for layer in layers]
    drawn = {f"{kind}{k}": array[k] for k in range(len(w)) for kind, array in (("w", w), ("b", b))}
    steps = train(network, X, Y, loss=SquaredError("mean"), optimizer=SGD(learning_rate),
                  batch_size=batch_size, epochs=None, shuffle=shuffle,
                  seed=np.random.default_rng(seed))  # fmt: skip
    return Program(network, steps, given_or_drawn("nielsen", weights, drawn), turned=True)
