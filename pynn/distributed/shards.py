"""Shards: the data in parts, each read and checked where it will be used."""

import os
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import dask.array as da
import numpy as np

from pynn.classes import class_numbers, cut_between
from pynn.distributed.kit import Kit
from pynn.limits import shown
from pynn.matmul import Array
from pynn.targets import as_examples

FILE = str, os.PathLike


@dataclass(frozen=True)
class Source:
    """Where a shard comes from: two tasks of Dask's, or a file."""

    name: str
    x: Any
    y: Any = None


@dataclass(frozen=True)
class Portion:
    """Rows and targets from `as_examples`, and how much each row counts.

    fault   what is wrong with them, and then there are none
    """

    rows: Array
    targets: Array
    weights: Array | None = None
    fault: str = ""


@dataclass(frozen=True)
class Report:
    """What one has to know of a shard to train on many.

    extremes  the smallest and the largest of its numbers, of the rows' dtype
    telling   the first target, and each that differs from the others in what `tells_classes`
              and `cut_between` look at: they say of these what they say of all
    classes   the number of each row's class (n,), where somebody asks
    """

    fault: str
    count: int
    extremes: Array
    telling: Array
    classes: Array | None


def sources(who: str, x: Any, y: Any) -> list[Source]:
    """The shards of Dask arrays, or of a list of files. Raises ValueError."""
    if isinstance(x, da.Array) and isinstance(y, da.Array):
        parts = [_chunks(who, name, array) for name, array in (("x", x), ("y", y))]
        if len(parts[0]) != len(parts[1]):
            raise ValueError(
                f"{who}: expected x and y in as many chunks, "
                f"got {len(parts[0])} and {len(parts[1])}"
            )
        names = (f"chunk {number}" for number in range(len(parts[0])))
        return [Source(name, *pair) for name, *pair in zip(names, *parts, strict=True)]
    files = isinstance(x, Sequence) and not isinstance(x, str) and y is None
    if files and x and all(isinstance(one, FILE) for one in x):
        return [Source(os.fspath(one), None) for one in x]
    raise ValueError(
        f"{who}: expected x and y as Dask arrays, or x as a list of .npz files, "
        f"got {_named(x)} and {_named(y)}"
    )


def _named(value: object) -> str:
    # Dask's own words are of its inner workings.
    return "a Dask array" if isinstance(value, da.Array) else shown(value)


def _chunks(who: str, name: str, array: da.Array) -> list[Any]:
    if not array.ndim or any(count != 1 for count in array.numblocks[1:]):
        raise ValueError(
            f"{who}: expected {name} in chunks along its first axis alone, "
            f"got {array.numblocks} of them; rechunk gives others"
        )
    return list(array.to_delayed().ravel())


def read(kit: Kit, name: str, x: Any, y: Any) -> Portion:
    """The examples of a shard; x and y are its chunks, where it is no file."""
    network, loss, *_ = kit.unpacked()
    try:
        if x is None:
            x, y = _in_file(name)
        return Portion(*as_examples("train", network, x, y, loss))
    except (ValueError, OSError, EOFError, zipfile.BadZipFile) as error:
        return Portion(np.empty(0), np.empty(0), None, f"in {name}: {error}")


def _in_file(name: str) -> tuple[Array, Array]:
    file = np.load(name, allow_pickle=False)
    if isinstance(file, np.ndarray):
        raise ValueError("expected a .npz file of x and y, got an .npy file")
    with file:
        if missing := {"x", "y"} - set(file.files):
            raise ValueError(f"expected a .npz file of x and y, got none of {min(missing)}")
        return file["x"], file["y"]


def report(kit: Kit, portion: Portion, classes: bool) -> Report:
    """What is to be known of it; of the classes only if asked."""
    rows, targets = portion.rows, portion.targets
    if portion.fault:
        return Report(portion.fault, 0, rows, targets, None)
    extremes = np.array([rows.min(), rows.max()], rows.dtype)
    cut = cut_between(targets, kit.unpacked()[0].last.activation)
    numbers = class_numbers(targets, cut) if classes else None
    return Report("", len(rows), extremes, telling(targets), numbers)


def telling(targets: Array) -> Array:
    """See `Report`."""
    odd = (
        ~np.isin(targets, (-1, 0, 1)).all(axis=1),
        (targets < 0).any(axis=1),
        (targets == -1).any(axis=1),
        (targets == 0).any(axis=1),
        (targets == 1).sum(axis=1) != 1,
    )
    return targets[[0, *(int(mask.argmax()) for mask in odd if mask.any())]]


def joined(shards: list[Portion], kept: Array | None, weights: Array | None) -> Portion:
    """One of several; of their rows those of these numbers, which have these weights."""
    rows = np.concatenate([shard.rows for shard in shards])
    targets = np.concatenate([shard.targets for shard in shards])
    if kept is not None:
        rows, targets = rows[kept], targets[kept]
    return replace(shards[0], rows=rows, targets=targets, weights=weights)
