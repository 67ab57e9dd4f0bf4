"""A training step makes no new array as large as a layer's weights, and nothing piles up."""

import tracemalloc
from collections.abc import Callable

import numpy as np
import pytest

from pynn import AvgPool2D, BatchNorm, Conv2D, Dense, Dropout, Flatten, MaxPool2D, Network, train
from pynn.layers import Layer
from pynn.optimizers import OPTIMIZERS

BATCH = 16


def peak_of_steps(network: Network, optimizer: str, x: np.ndarray, classes: int) -> int:
    """Bytes above what was held before, at the worst moment of three steps in the middle."""
    y = np.arange(len(x)) % classes
    steps = train(
        network, x, y, loss="cross_entropy", optimizer=OPTIMIZERS[optimizer](0.01),
        batch_size=BATCH, epochs=None,
    )  # fmt: skip
    for _ in range(12):
        next(steps)
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        for _ in range(3):
            next(steps)
        return tracemalloc.get_traced_memory()[1] - before
    finally:
        tracemalloc.stop()


CASES = [("relu", optimizer) for optimizer in OPTIMIZERS] + [
    (activation, "momentum") for activation in ("tanh", "sigmoid", "leaky_relu", "linear")
]


@pytest.mark.parametrize("kind", ["bytes", "floats"])
@pytest.mark.parametrize(("activation", "optimizer"), CASES)
def test_step_of_a_dense_network_makes_nothing_of_a_layers_size(
    activation: str, optimizer: str, kind: str
) -> None:
    layers = [Dense(256, activation, l2=0.0), Dense(10, "softmax")]
    network = Network(layers, inputs=784)
    x = np.random.default_rng(0).integers(0, 256, (3 * BATCH, 784)).astype(np.uint8)
    peak = peak_of_steps(network, optimizer, x if kind == "bytes" else x / 255, 10)
    weights = network.parameters["dense_1.weights"].nbytes  # 800 kB
    inputs = BATCH * 784 * 4  # 50 kB
    assert peak < weights / 8 and peak < 2 * inputs


def test_relu_step_makes_no_array_of_activations_either() -> None:
    # The widest thing here is the hidden layer of a batch: 16 x 20,000 float32, 1.3 MB.
    network = Network([Dense(20_000, "relu"), Dense(2, "softmax")], inputs=2)
    x = np.random.default_rng(0).standard_normal((3 * BATCH, 2))
    assert peak_of_steps(network, "momentum", x, 2) < 0.3 * BATCH * 20_000 * 4


@pytest.mark.parametrize("layer", [Dropout, BatchNorm])
def test_layer_that_learns_makes_no_array_of_its_size(layer: Callable[[], Layer]) -> None:
    network = Network([Dense(20_000, "relu"), layer(), Dense(2, "softmax")], inputs=2)
    x = np.random.default_rng(0).standard_normal((3 * BATCH, 2))
    # BatchNorm's mean, variance and root are 80 kB each.
    assert peak_of_steps(network, "momentum", x, 2) < 0.4 * BATCH * 20_000 * 4


def image_network(convolution: Callable[[], Layer]) -> Network:
    layers = [convolution(), MaxPool2D(2), Flatten(), Dense(2, "softmax")]
    return Network(layers, inputs=(28, 28, 4))


def test_step_with_an_average_pool_makes_nothing_of_an_images_size() -> None:
    layers = [Conv2D(8, 1, "relu"), AvgPool2D(2), Flatten(), Dense(2, "softmax")]
    network = Network(layers, inputs=(29, 28, 1))
    x = np.random.default_rng(0).standard_normal((2 * BATCH, 29, 28, 1))
    assert peak_of_steps(network, "momentum", x, 2) < 0.6 * BATCH * 29 * 28 * 8 * 4


@pytest.mark.parametrize("padding", ["valid", "same"])
def test_step_of_a_convolutional_network_makes_no_array_of_windows(padding: str) -> None:
    network = image_network(lambda: Conv2D(2, 3, "relu", padding=padding))
    x = np.random.default_rng(0).standard_normal((2 * BATCH, 28, 28, 4))
    windows = BATCH * 26 * 26 * 9 * 4 * 4  # the rows of the matrix product: 1.6 MB
    assert peak_of_steps(network, "adam", x, 2) < windows / 2


def test_long_training_holds_no_more_than_a_short_one() -> None:
    network = Network([Dense(64, "relu"), Dense(2, "softmax")], inputs=50)
    x = np.random.default_rng(0).standard_normal((3 * BATCH + 5, 50))
    y = np.arange(len(x)) % 2
    steps = train(
        network, x, y, loss="cross_entropy", optimizer=OPTIMIZERS["adam"](0.01),
        batch_size=BATCH, epochs=None,
    )  # fmt: skip
    tracemalloc.start()
    try:
        held = []
        for count in (300, 400):
            for _ in range(count):
                next(steps)
            held.append(tracemalloc.get_traced_memory()[0])
    finally:
        tracemalloc.stop()
    assert held[1] - held[0] < 5_000
