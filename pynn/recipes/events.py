"""What a recipe's run tells, piece by piece: plain data for a terminal or a page."""

from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from pynn.matmul import Array
from pynn.network import CHUNK, Network
from pynn.recipes.data import MNIST
from pynn.targets import class_numbers


@dataclass(frozen=True)
class Progress:
    """The share of the whole run that is done, 0 to 1; also a moment to look elsewhere."""

    done: float


@dataclass(frozen=True)
class Line:
    """A line that the program prints."""

    text: str


@dataclass(frozen=True)
class Point:
    """A point of a curve, `curve` naming it: x is in updates, images or epochs."""

    curve: str
    x: float
    y: float


@dataclass(frozen=True)
class Picture:
    """Images (count, height, width), the top row first, in any range of numbers.

    "weights": what each hidden neuron looks for; "map": the probability of each class
    over `extent` (left, right, bottom, top) of the plane, and `points` to draw on it:
    rows of x, y and class number, by what they are for, "train" or "test".
    """

    name: str
    images: Array
    extent: tuple[float, float, float, float] | None = None
    points: dict[str, Array] = field(default_factory=dict)


@dataclass(frozen=True)
class Compared:
    """A result of this run next to the published one; "" where the post has none."""

    name: str
    published: str
    here: str


@dataclass(frozen=True)
class File:
    """A file that the program writes."""

    name: str
    content: bytes


Event = Progress | Line | Point | Picture | Compared | File


def compared(name: str, published: Iterable[str], here: Iterable[float]) -> Iterator[Compared]:
    """Numbers next to published ones, each with as many decimals as were published."""
    for text, number in zip(published, np.ravel(list(here)), strict=True):
        decimals = len(text.partition(".")[2])
        yield Compared(name, text, f"{number:.{decimals}f}")


def measured(
    network: Network,
    data: MNIST,
    point: tuple[str, float],
    done: float,
    inputs: Callable[[Array], Array] = lambda rows: rows,
) -> Generator[Event, None, int]:
    """How many of the test images the network answers right; a point of the accuracy curve.

    point   the curve's name, and where on it
    done    the progress of the run, which stays where it is meanwhile
    inputs  makes images ready for the network
    """
    right = 0
    for start in range(0, len(data.x_test), CHUNK):
        rows = slice(start, start + CHUNK)
        answers = class_numbers(network.predict(inputs(data.x_test[rows])))
        right += int(np.count_nonzero(answers == data.y_test[rows]))
        yield Progress(done)
    yield Point(*point, right / len(data.y_test))
    return right
