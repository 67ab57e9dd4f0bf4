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

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from pynn import SGD, Dense, Network, SquaredError, train
from pynn.limits import check_choice
from pynn.recipes.data import MNIST, digit_rows, training_rows
from pynn.recipes.events import Compared, Event, Line, Picture, Progress, measured
from pynn.recipes.recipe import Program, Weights, given_or_drawn, layer_sizes, starts
from pynn.settings import Choice, Integer, Layers, Real, Table

TITLE, SOURCE = "神经网络手写数字识别numpy实现", "a post after neuralnetworksanddeeplearning.com"
PUBLISHED = {"784-30-10 normal": "near 95 %"}
TABLE: Table = (Layers("hidden", "30", 1, 500, most=3), Real("learning_rate", 3.0, 1e-4, 100.0),
                Integer("epochs", 30, 1, 100), Integer("images", 50_000, 100, 50_000),
                Choice("initial", "normal", ("normal", "lecun", "both")),
                Integer("seed", 0, 0, 2**32 - 1))  # fmt: skip
SHORT = {"images": 10_000, "epochs": 3}


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


def run(
    data: MNIST, *, hidden: list[int], initial: str, epochs: int, images: int, **settings: Any
) -> Iterator[Event]:
    sizes, updates, tests = [784, *hidden, 10], -(-images // 10), len(data.y_test)
    names = ["normal", "lecun"] if initial == "both" else [initial]
    if "normal" in names and 100 in hidden:
        yield Line("Standard normal weights usually get stuck with 100 neurons; lecun cures it.")
    settings |= {"X": data.x, "Y": digit_rows(data.y), "sizes": sizes}
    programs = {name: start(initial=name, **settings) for name in names}
    for epoch in range(epochs):
        for place, (name, program) in enumerate(programs.items()):
            for done in program.go(updates, at_a_time=50):
                share = (epoch + (place + done / updates) / len(names)) / epochs
                yield Progress(share)
            right = yield from measured(program.network, data, (name, epoch + 1), share)
            yield Line(f"Epoch {epoch + 1}: {right} / {tests} {name}")
            if epoch + 1 == epochs:
                title = "-".join(map(str, sizes)) + f" {name}"
                yield Compared(title, PUBLISHED.get(title, ""), f"{right / tests:.2%}")
                yield Picture("weights", program.weights["w0"].reshape(-1, 28, 28))
