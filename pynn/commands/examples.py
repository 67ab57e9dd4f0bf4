"""DATA: examples by one word, to train on or to test with.

spiral             a planar set, its first 300 points to train, 100 more to test;
spiral:1000:0.2:7  of so many points, with this noise and seed
mnist:FOLDER       MNIST's files; fashion:FOLDER those of Fashion-MNIST; FOLDER alone is
                   MNIST; mnist alone is found or downloaded
FILE.csv           a table: --target names the column that is told from the others
FILE.npz           arrays x and y, or x_train, y_train, x_test and y_test
"""

import hashlib
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from pynn.commands.about import CLASSES, CLOTHES, DIGIT, RESIZED, About
from pynn.commands.tables import read_columns, read_table
from pynn.datasets import PLANAR, mnist
from pynn.datasets.points_csv import in_order
from pynn.datasets.selection import split
from pynn.layers import Shape
from pynn.limits import shown
from pynn.matmul import Array
from pynn.options import folder_at
from pynn.paths import as_path

TABLES = (".csv", ".tsv", ".txt")
CLOTHES_NAMES = (
    "T-shirt", "trousers", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "boot",
)  # fmt: skip
# Names of classes stand in the model file.
MOST_CLASSES = 1000
WANTED = "a planar set, mnist:FOLDER, fashion:FOLDER, a folder, a .csv or a .npz file"


@dataclass
class Examples:
    """x (n, …) and y (n,), class numbers or real targets; `classes` are the names of these.

    is_part  whether the data has a part to train and another one to test
    """

    x: Array
    y: Array
    classes: list[str]
    columns: list[str]
    target: str = ""
    prepare: str = RESIZED
    is_table: bool = False
    is_part: bool = False

    @property
    def inputs(self) -> Shape:
        """The shape of one, images as (height, width, channels)."""
        shape = self.x.shape[1:]
        return (*shape, 1) if len(shape) == 2 else shape

    @property
    def sha256(self) -> str:
        """Of all numbers."""
        found = hashlib.sha256(np.ascontiguousarray(self.x))
        found.update(np.ascontiguousarray(self.y))
        return found.hexdigest()


def examples(
    who: str, text: str, part: str, task: str, target: str | None = None, like: About | None = None
) -> Examples:
    """The "train" or the "test" part of what DATA means; a file of one part has all in it.

    who   the argument or option, for the sentence of an error
    like  the classes and columns to find again, those that a network has learned

    Raises ValueError, and OSError where a file cannot be read.
    """
    name, _, rest = text.partition(":")
    if name in PLANAR:
        return _points(who, name, rest, part, task)
    if name in ("mnist", "fashion") and (rest or name == "mnist"):
        return _images(who, rest, part, task, name)
    path = as_path(who, text)
    if path.is_dir():
        return _images(who, text, part, task, "mnist")
    if path.suffix.lower() not in (*TABLES, ".npz") or not path.exists():
        missing = "" if path.exists() else ", which is missing"
        raise ValueError(f"{who}: expected {WANTED}, got {text}{missing}")
    if path.suffix.lower() == ".npz":
        return _arrays(path, part, task, like)
    if like is not None and like.columns:
        table = read_columns(path, like.columns, like.target)
        if not table.said:
            raise ValueError(f"{path.name}: expected a column {like.target}, got none")
    else:
        table = read_table(path, target)
    if task == CLASSES:
        y, classes = _numbered(path.name, table.said, like, table.lines)
    else:
        y, classes = table.numbers(), []
    return Examples(table.x, y, classes, table.columns, table.target, is_table=True)


def _points(who: str, name: str, rest: str, part: str, task: str) -> Examples:
    words = rest.split(":") if rest else []
    try:
        points, noise, seed = (*words, *("400", "0.1", "0")[len(words) :])
        x, y = PLANAR[name].make(int(points), float(noise), int(seed))
    except ValueError as error:
        why = f": {error}" if "expected n" in str(error) else ""
        wanted = f"{name}:POINTS:NOISE:SEED"
        raise ValueError(f"{who}: expected {wanted}, got {name}:{rest}{why}") from None
    count = PLANAR[name].classes
    # The four corners of xor are all that there is to learn.
    halves = split(x, y, 1.0 if name == "xor" else 0.75)
    x, y = halves[0 if part == "train" else 1]
    if task == CLASSES and not count:
        raise ValueError(f"{who}: expected a set with classes, got {name}; --task regression")
    if task != CLASSES:
        y = y.astype(np.float64)
    names = [str(number) for number in range(count)] if task == CLASSES else []
    return Examples(x, y, names, ["x1", "x2"], is_part=name != "xor")


def _images(who: str, folder: str, part: str, task: str, kind: str) -> Examples:
    if task != CLASSES:
        raise ValueError(f"{who}: expected numbers for --task regression, got images of classes")
    place = folder_at(who, folder) if folder else None
    x, y = mnist(place)[0 if part == "train" else 1]
    names = [str(digit) for digit in range(10)] if kind == "mnist" else [*CLOTHES_NAMES]
    return Examples(x, y, names, [], prepare=DIGIT if kind == "mnist" else CLOTHES, is_part=True)


def _arrays(path: Path, part: str, task: str, like: About | None) -> Examples:
    arrays = read_arrays(path)
    names = next(
        (pair for pair in (("x", "y"), (f"x_{part}", f"y_{part}")) if set(pair) <= set(arrays)),
        None,
    )
    if names is None:
        got = shown(", ".join(arrays)) if arrays else "none"
        raise ValueError(f"{path.name}: expected arrays x and y, got {got}")
    x, y = (arrays[name] for name in names)
    if not 2 <= x.ndim <= 4 or x.dtype.kind not in "fiub" or len(x) != len(y) or not len(x):
        raise ValueError(
            f"{path.name}: expected numbers x of shape (n, …) for n targets y, "
            f"got {x.dtype} {x.shape} and {y.shape}"
        )
    if task != CLASSES:
        if y.ndim > 2 or y.dtype.kind not in "fiub":
            raise ValueError(f"{path.name}: expected numbers y, got {y.dtype} {y.shape}")
        return Examples(x, y.astype(np.float64), [], [], is_part=names[0] != "x")
    if y.ndim != 1 or y.dtype.kind not in "fiubU":
        raise ValueError(f"{path.name}: expected y of shape (n,), got {y.dtype} {y.shape}")
    numbers, classes = _numbered(path.name, [str(one) for one in y.tolist()], like)
    return Examples(x, numbers, classes, [], is_part=names[0] != "x")


def read_arrays(path: Path) -> dict[str, Array]:
    """The arrays of an .npz file, or that of an .npy file as "x". Raises ValueError."""
    try:
        found: Any = np.load(path, allow_pickle=False)
        if isinstance(found, np.ndarray):
            return {"x": found}
        with found:
            return {name: found[name] for name in found.files}
    except (ValueError, EOFError, zipfile.BadZipFile):
        raise ValueError(f"{path.name}: expected an array that NumPy saved, got another") from None


def _numbered(
    file: str, said: list[str], like: About | None, lines: list[int] | None = None
) -> tuple[Array, list[str]]:
    """Class numbers (n,) of labels, and the labels in the order of these numbers."""
    labels = _in_one_way(said)
    names = in_order(set(labels))
    if like is not None and like.classes:
        names = like.classes
        known_ones = set(names)
        odd = next((at for at, one in enumerate(labels) if one not in known_ones), None)
        if odd is not None:
            where = f"line {lines[odd]}" if lines else f"example {odd + 1}"
            known = shown(", ".join(names))
            raise ValueError(f"{file}: {where}: expected a class of {known}, got {said[odd]}")
    elif not 2 <= len(names) <= MOST_CLASSES:
        raise ValueError(f"{file}: expected 2 to {MOST_CLASSES} classes, got {len(names)}")
    elif all(_is_number(name) for name in names) and any("." in name for name in names):
        part = next(name for name in names if "." in name)
        raise ValueError(
            f"{file}: expected classes as target, got {part}; --task regression learns numbers"
        )
    elif all(map(_is_number, names)) and len(names) > max(20, len(said) / 3):
        got = f"{len(names)} numbers in {len(said)} examples"
        raise ValueError(f"{file}: expected classes as target, got {got}; --task regression")
    places = {name: number for number, name in enumerate(names)}
    return np.array([places[label] for label in labels], np.int64), names


def _in_one_way(said: list[str]) -> list[str]:
    """Labels that are whole numbers all, written alike: 1 for 1.0."""
    if not all(map(_is_number, said)) or not all(float(one).is_integer() for one in said):
        return said
    return [str(int(float(one))) for one in said]


def _is_number(text: str) -> bool:
    try:
        return bool(np.isfinite(float(text)))
    except ValueError:
        return False
