"""Random planar runs of exact networks, and a digest of the weights that each ends with.

    python tests/exact_runs.py COUNT BATCHES SEED [EXTENSION]

prints a line for each run: what it is, and the digest. With the path of the native kernel (an
extension, see build/kernel_native.py) pynn uses that. It needs NumPy and pynn alone, so that the
same file runs in a browser.
"""

import hashlib
import importlib.machinery
import importlib.util
import itertools
import random
import sys

import numpy as np

import pynn.matmul
from pynn import Dense, Dropout, Layer, Network, evaluate, train
from pynn.datasets import FEATURES, PLANAR, features
from pynn.optimizers import OPTIMIZERS
from pynn.steps import Diverged

ACTIVATIONS = ["tanh", "relu", "leaky_relu", "sigmoid", "linear"]


def settings_of(number: int, seed: int) -> dict[str, object]:
    """The run of this number: every set, activation and optimizer has its turn."""
    rng = random.Random(1000 * seed + number)
    hidden = [rng.choice([1, 2, 3, 5, 8, 12, 17, 32]) for _ in range(rng.randint(0, 5))]
    sets, optimizers = list(PLANAR), list(OPTIMIZERS)
    return {
        "dataset": sets[number % len(sets)],
        "activation": ACTIVATIONS[number % len(ACTIVATIONS)],
        "optimizer": optimizers[number % len(optimizers)],
        "hidden": hidden,
        "learning_rate": rng.choice([0.001, 0.01, 0.03, 0.03, 0.1, 0.1, 10.0]),
        "batch_size": rng.choice([1, 2, 3, 10, 16, 50, 300]),
        "l1": rng.choice([0.0, 0.0, 0.001]),
        "l2": rng.choice([0.0, 0.01]),
        "noise": rng.choice([0.0, 0.1, 0.5]),
        "seed": rng.randint(0, 2**32 - 1),
        "squared": rng.random() < 0.2,
        "dtype": rng.choice(["float32", "float64"]),
        "dropout": rng.choice([0.0, 0.0, 0.2]),
        "features": rng.choice([["x1", "x2"], list(FEATURES)]),
    }


def digest(settings: dict[str, object], batches: int) -> str:
    """Of points, weights and losses after so many mini-batches."""
    s = settings
    planar = PLANAR[s["dataset"]]
    points, y = planar.make(400, s["noise"], s["seed"])
    x = features(points, s["features"])
    one = planar.classes == 2
    penalties = {"l1": s["l1"], "l2": s["l2"]}
    layers: list[Layer] = [Dense(units, s["activation"], **penalties) for units in s["hidden"]]
    if s["dropout"]:
        layers.append(Dropout(s["dropout"]))
    last = (1, "sigmoid") if one else (planar.classes, "softmax")
    if not planar.classes:
        last = (1, "linear")
    network = Network(
        [*layers, Dense(*last, **penalties)],
        x.shape[1],
        seed=s["seed"],
        dtype=s["dtype"],
        exact=True,
    )
    usual = "binary_cross_entropy" if one else "cross_entropy"
    loss = "squared_error" if s["squared"] or not planar.classes else usual
    steps = train(
        network,
        x[:300],
        y[:300],
        loss=loss,
        # A surface that runs away ends in NaN, whose bits no standard states.
        optimizer=OPTIMIZERS[s["optimizer"]](
            min(s["learning_rate"], 10.0 if planar.classes else 0.1)
        ),
        batch_size=s["batch_size"],
        epochs=None,
        seed=s["seed"],
    )
    content = hashlib.sha256(x.tobytes() + y.astype("<f8").tobytes())
    try:
        for step in itertools.islice(steps, batches):
            content.update(np.float64(step.loss).tobytes())
    except Diverged as error:
        content.update(str(error).encode())  # and at the same step everywhere
        return content.hexdigest()[:16]
    for array in network.parameters.values():
        content.update(array.tobytes())
    measured = evaluate(network, x, y, loss=loss)
    content.update(np.float64([measured.loss, network.penalty()]).tobytes())
    content.update(network.predict(x).tobytes())
    return content.hexdigest()[:16]


def runs(count: int, batches: int, seed: int) -> list[str]:
    return [
        f"{number} {settings} {digest(settings, batches)}"
        for number in range(count)
        for settings in [settings_of(number, seed)]
    ]


def digest_of(lines: list[str]) -> str:
    """One digest for them all."""
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def use_kernel(path: str) -> None:
    loader = importlib.machinery.ExtensionFileLoader("kernel", path)
    spec = importlib.util.spec_from_file_location("kernel", path, loader=loader)
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    pynn.matmul._kernel = dict(vars(module))


if __name__ == "__main__":
    if len(sys.argv) > 4:
        use_kernel(sys.argv[4])
    print("\n".join(runs(*map(int, sys.argv[1:4]))))
