"""Networks of all kinds of layers, drawn by chance, with numbers as a training leaves them."""

import numpy as np

from pynn import ELU, Network
from pynn.activations import Activation, LeakyReLU
from pynn.layers import AvgPool2D, BatchNorm, Conv2D, Dense, Dropout, Flatten, MaxPool2D
from pynn.layers.layer import Layer, Shape

HIDDEN = (
    "tanh", "relu", "leaky_relu", "sigmoid", "linear", LeakyReLU(0.3),
    "silu", "elu", ELU(0.4), "softplus",
)  # fmt: skip
LAST = ("softmax", "sigmoid", "linear")


def random_network(seed: int, dtype: str = "float32") -> Network:
    """An odd seed has images, an even one is flat."""
    rng = np.random.default_rng(seed)
    layers: list[Layer] = []
    inputs: int | Shape = int(rng.integers(2, 9))
    if seed % 2:
        shape: Shape = (*map(int, rng.integers(7, 18, 2)), int(rng.integers(1, 4)))
        inputs = shape
        for _ in range(rng.integers(1, 5)):
            layer = image_layer(rng, shape)
            layers.append(layer)
            shape = layer.shapes(shape)[1]
        layers.append(Flatten())
    for _ in range(rng.integers(0, 3)):
        layers += [flat_layer(rng), BatchNorm(epsilon=1e-3)][: rng.integers(1, 3)]
    layers.append(Dense(int(rng.integers(2, 7)), str(rng.choice(LAST))))
    network = Network(layers, inputs, seed=rng, dtype=dtype)
    as_trained(network, rng)
    return network


def as_trained(network: Network, rng: np.random.Generator) -> None:
    """Biases, and what batch normalisation has, are no longer those of the start."""
    for name, array in network.arrays.items():
        if name.endswith((".scale", ".variance")):
            array[...] = rng.uniform(0.3, 3.0, array.shape)
        elif not name.endswith(".weights"):
            array[...] = rng.normal(0.0, 0.5, array.shape)


def image_layer(rng: np.random.Generator, shape: Shape) -> Layer:
    most = min(shape[:2])
    size = int(rng.integers(2, 4))
    pools = [MaxPool2D(size), AvgPool2D(size)] if most >= size else []
    convolution = Conv2D(
        int(rng.integers(1, 5)),
        int(rng.integers(1, 1 + min(5, most))),
        activation(rng),
        stride=int(rng.integers(1, 4)),
        padding=str(rng.choice(["same", "valid"])),
    )
    some = [convolution, convolution, BatchNorm(0.8), Dropout(0.2), *pools]
    return some[rng.integers(len(some))]


def flat_layer(rng: np.random.Generator) -> Layer:
    dense = Dense(int(rng.integers(1, 9)), activation(rng), bias=bool(rng.integers(2)))
    return (dense, dense, Dropout(0.4), BatchNorm(0.95), Flatten())[rng.integers(5)]


def activation(rng: np.random.Generator) -> str | Activation:
    return HIDDEN[rng.integers(len(HIDDEN))]


def examples(network: Network, count: int, seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return rng.normal(size=(count, *network.input_shape)).astype(network.dtype)
