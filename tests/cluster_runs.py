"""Trainings on a cluster, and what several tests of them share."""

import os
from pathlib import Path
from typing import Any

import dask.array as da
import numpy as np

from pynn import Adam, BatchNorm, Dense, Dropout, Network, fit
from pynn.activations import Activation, Tanh
from pynn.distributed import fit as fit_on
from pynn.matmul import Array

ROWS = 403
DRAW = np.random.default_rng(0)
X = DRAW.normal(size=(ROWS, 16)).astype("float32")
Y = X[:, :3].argmax(axis=1)
WORDS: dict[str, Any] = {"loss": "cross_entropy", "epochs": 3, "batch_size": 64, "verbose": False}


def chunked(*arrays: Array, size: int = 60) -> list[Any]:
    """The same as Dask arrays, in 7 chunks."""
    return [da.from_array(array, chunks=(size, *array.shape[1:])) for array in arrays]


def small(activation: str | Activation = "tanh", **words: Any) -> Network:
    return Network([Dense(12, activation, l2=1e-3), Dense(3, "softmax")], 16, seed=4, **words)


def drawing() -> Network:
    """Layers that draw by chance and keep statistics."""
    return Network([Dense(12, "relu"), BatchNorm(), Dropout(0.2), Dense(3, "softmax")], 16, seed=4)


def on_one(network: Network, x: Array = X, y: Array = Y, **words: Any) -> dict[str, list[float]]:
    return fit(network, x, y, **{"optimizer": Adam(0.01)} | WORDS | words)


def on_all(
    client: Any, network: Network, x: Array = X, y: Array = Y, **words: Any
) -> dict[str, list[float]]:
    """On the cluster, by four members, even if one of its workers is just coming back."""
    words = {"optimizer": Adam(0.01), "members": 4} | WORDS | words
    return fit_on(network, *chunked(x, y), client=client, **words)


def bits(network: Network) -> dict[str, bytes]:
    return {name: array.tobytes() for name, array in network.arrays.items()}


def apart(one: Network, other: Network) -> float:
    """The largest difference between two numbers of them."""
    arrays = other.arrays
    return max(float(np.abs(a - arrays[name]).max()) for name, a in one.arrays.items())


def deadly(flag: Path, after: int) -> Activation:
    """A tanh that ends the process in which it is used for the time `after`, once in all.

    Its class is nobody's to import, so it is sent out with the network.
    """

    class Deadly(Tanh):
        def __init__(self) -> None:
            self.count = 0

        def forward(self, z: Array, out: Array) -> Array:
            self.count += 1
            if self.count == after:
                try:
                    flag.touch(exist_ok=False)
                except FileExistsError:
                    pass
                else:
                    os._exit(1)
            return super().forward(z, out)

    return Deadly()
