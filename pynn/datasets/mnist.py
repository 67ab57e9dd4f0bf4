"""MNIST: 60,000 drawn digits to train on and 10,000 to test, 28 x 28 bytes each.

Y. LeCun, C. Cortes, C. J. C. Burges, "The MNIST database of handwritten digits".
Its four IDX files are read as published, with or without `.gz`, or with the images
cut into shards of equal length (`train-images-00.idx3-ubyte.gzip`, …). Of several
copies of one file the first that is in order is taken.
"""

import math
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pynn.chance import Seed, stream
from pynn.datasets.download import download, found, read_keras
from pynn.datasets.idx import IDXError, read_idx
from pynn.datasets.published import brought
from pynn.limits import as_numbers, is_int, shown
from pynn.matmul import Array
from pynn.paths import as_path

Images = npt.NDArray[np.uint8]
Labels = npt.NDArray[np.uint8]
Rows = npt.NDArray[np.intp]
Folder = str | os.PathLike[str]

SHARD = 5000
TRAIN, TEST = 60_000, 10_000
# How the files of a part begin: shards by the part's name, the published test files by t10k.
PREFIXES = {"train": ("train",), "test": ("test", "t10k")}


def mnist(
    folder: Folder | None = None, train: int | None = None, seed: Seed = 0
) -> tuple[tuple[Images, Labels], tuple[Images, Labels]]:
    """(x_train, y_train), (x_test, y_test): uint8 images (n, 28, 28), labels (n,) 0 to 9.

    folder       has the files; None: one of the usual places, or they are downloaded, see
                 `pynn.datasets.download`
    train, seed  a class-balanced subset of that many training images instead of all,
                 see `subset_rows`

    Raises ValueError where a file is missing or its content is not MNIST's.
    """
    place = (found() or download()) if folder is None else as_path("mnist", folder)
    if folder is None and place.suffix == ".npz":
        (x_train, y_train), tests = read_keras(place)
        if train is not None:
            rows = subset_rows(y_train, train, seed)
            x_train, y_train = x_train[rows], y_train[rows]
        return (x_train, y_train), tests
    y_train, y_test = read_labels(place, "train"), read_labels(place, "test")
    rows = np.arange(len(y_train)) if train is None else subset_rows(y_train, train, seed)
    last = int(rows.max()) + 1
    x_train = read_images(place, "train", last)
    if train is not None and train < len(y_train):
        x_train = x_train[rows]
    return (x_train, y_train[rows]), (read_images(place, "test", len(y_test)), y_test)


def subset_rows(labels: Labels, count: int, seed: Seed = 0) -> Rows:
    """`count` class-balanced rows out of the first 2 * count, at least one shard.

    Drawing from the front of the file means that a page has to fetch a part of it
    only. All rows are taken, in order, when `count` is all.
    """
    labels = _as_labels("mnist", labels)
    if not (is_int(count) and 1 <= count <= len(labels)):
        raise ValueError(f"mnist: expected 1 to {len(labels)} training images, got {shown(count)}")
    if count == len(labels):
        return np.arange(count)
    return balanced_rows(labels[: pool_size(count, len(labels))], count, seed)


def pool_size(count: int, all_rows: int = TRAIN) -> int:
    """How many rows at the front a subset of `count` is drawn from: whole shards."""
    return min(all_rows, SHARD * math.ceil(2 * count / SHARD))


def balanced_rows(labels: npt.ArrayLike, count: int, seed: Seed = 0) -> Rows:
    """`count` row numbers, in mixed order, with equally many of every class.

    Where `count` does not divide, or a class runs short, the others make up for it.
    Raises ValueError when there are fewer rows than `count`.
    """
    given = _as_labels("balanced_rows", labels)
    if not (is_int(count) and 0 <= count <= len(given)):
        raise ValueError(f"balanced_rows: expected 0 to {len(given)} rows, got {shown(count)}")
    mixed = stream("mnist", seed, "subset").permutation(len(given))
    # The first of every class, then the second of every class, and so on.
    turn = np.empty(len(given), np.intp)
    for label in np.unique(given):
        own = given[mixed] == label
        turn[own] = np.arange(np.count_nonzero(own))
    return mixed[np.argsort(turn, kind="stable")[:count]]


def read_labels(folder: Path, part: str) -> Labels:
    """All labels of "train" or "test", as (n,) uint8."""

    def read(path: Path) -> Labels:
        labels = read_idx(path)
        if labels.ndim != 1 or labels.dtype != np.uint8 or not labels.size or labels.max() > 9:
            raise ValueError(f"mnist: expected labels 0 to 9 in {part}, got other content")
        return labels

    return _first(folder, part, "labels", read)


def read_images(folder: Path, part: str, count: int) -> Images:
    """The first `count` images of "train" or "test", as (n, 28, 28) uint8."""
    images = np.empty((count, 28, 28), np.uint8)

    def fill(rows: slice, path: Path) -> Images:
        found, wanted = read_idx(path), len(images[rows])
        if found.shape[1:] != (28, 28) or found.dtype != np.uint8:
            raise ValueError(f"mnist: expected 28 x 28 images, got {found.shape} in {path.name}")
        if len(found) < wanted:
            raise ValueError(
                f"mnist: expected {wanted} images of {part}, got {len(found)} in {path.name}"
            )
        images[rows] = found[:wanted]
        return images

    try:
        _first(folder, part, "images", partial(fill, slice(None)))
    except (OSError, ValueError):
        if not _found(folder, part, "images-*"):
            raise
        for number in range(math.ceil(count / SHARD)):
            rows = slice(number * SHARD, (number + 1) * SHARD)
            _first(folder, part, f"images-{number:02d}", partial(fill, rows))
    return images


def file_names(part: str, count: int) -> list[str]:
    """The gzipped files in which a page finds `count` images of a part, and its labels."""
    shards = range(math.ceil(count / SHARD))
    images = [f"{part}-images-{number:02d}.idx3-ubyte.gzip" for number in shards]
    return [f"{part}-labels.idx1-ubyte.gzip", *images]


def _found(folder: Path, part: str, what: str) -> list[Path]:
    patterns = [f"{prefix}-{what}[-.]idx*" for prefix in PREFIXES[part]]
    place = as_path("mnist", folder)
    found = [path for pattern in patterns for path in sorted(place.glob(pattern))]
    return [path for path in found if path.is_file()] or brought(place, part, what)


def _first(folder: Path, part: str, what: str, read: Callable[[Path], Array]) -> Array:
    """What `read` makes of the first of these files that it can read."""
    found = _found(folder, part, what)
    if not found:
        name = f"{PREFIXES[part][-1]}-{what}"
        raise IDXError(f"mnist: expected {name}-idx…-ubyte, with or without .gz, in {folder}")
    errors: list[OSError | ValueError] = []
    for path in found:
        try:
            return read(path)
        except (OSError, ValueError) as error:
            errors.append(error)
    if len(errors) == 1:
        raise errors[0]
    names = ", ".join(path.name for path in found)
    raise IDXError(
        f"mnist: expected {part} {what} in {folder}, got none that is in order among {names}"
    ) from errors[0]


def _as_labels(who: str, labels: npt.ArrayLike) -> Array:
    array = as_numbers(f"{who}: expected labels", labels)
    if array.ndim != 1 or array.dtype.kind == "f":
        raise ValueError(
            f"{who}: expected labels (whole, one-dimensional), "
            f"got {array.dtype} of shape {array.shape}"
        )
    return array
