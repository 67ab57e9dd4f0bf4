"""What a program shows, as plain data: the same for a terminal, a page or a test."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from pynn.matmul import Array
from pynn.network import Network

Extent = tuple[float, float, float, float]


@dataclass(frozen=True)
class Line:
    """A line of text."""

    text: str


@dataclass(frozen=True)
class Point:
    """One more point of the curve of this name.

    chart  curves of one chart stand on the same axes
    more   further points follow at once, so that drawing may wait
    """

    curve: str
    x: float
    y: float
    chart: str = ""
    more: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class Images:
    """Images (count, height, width), the top row first, in any range of numbers.

    signed  0 is the middle of each, as of weights; otherwise it is paper
    """

    name: str
    images: Array
    signed: bool


@dataclass(frozen=True)
class Plane:
    """What a network of two inputs answers everywhere on the plane, as it is at this moment.

    extent  left, right, bottom and top
    points  rows (x, y, class number) to draw on it, by what they are for: "train", "test"
    """

    SIDE = 60

    network: Network
    extent: Extent
    points: Mapping[str, Array] = field(default_factory=dict)

    def chances(self) -> Array:
        """The outputs (classes, SIDE, SIDE) in the middles of its squares, the top row first."""
        left, right, bottom, top = self.extent
        middles = (np.arange(self.SIDE) + 0.5) / self.SIDE
        across, down = np.meshgrid(left + (right - left) * middles, top + (bottom - top) * middles)
        outputs = self.network.predict(np.column_stack([across.ravel(), down.ravel()]))
        return outputs.T.reshape(-1, self.SIDE, self.SIDE)


@dataclass(frozen=True)
class Diagram:
    """A network's layers and weights, as they are at this moment.

    layers   of each its kind and words, its output's shape, its number of parameters
    weights  (fan in, fan out) of each layer that has such, with copies of their own
    """

    inputs: tuple[int, ...]
    layers: list[tuple[str, tuple[int, ...], int]]
    weights: list[Array]

    @classmethod
    def of(cls, network: Network) -> "Diagram":
        layers = [
            (
                repr(layer),
                layer.output_shape,
                sum(array.size for array in layer.params.values()),
            )
            for layer in network.layers
        ]
        found = [layer.params.get("weights") for layer in network.layers]
        weights = [array.copy() for array in found if array is not None and array.ndim == 2]
        return cls(network.input_shape, layers, weights)


@dataclass(frozen=True)
class Table:
    """Rows of texts, all of one length, and a head of as many, or none."""

    name: str
    head: list[str]
    rows: list[list[str]]


@dataclass(frozen=True)
class Compared:
    """A result of this run beside the published one; "" where nothing was published.

    at  when or where it was had, as {"updates": 10000}
    """

    name: str
    published: str
    here: str
    at: Mapping[str, int | float | str] = field(default_factory=dict)


@dataclass(frozen=True)
class File:
    """A file that the program writes."""

    name: str
    content: bytes


Item = Line | Point | Images | Plane | Diagram | Table | Compared | File


class Backend(Protocol):
    """Where things are shown. It does with an item what it can, and may leave it alone."""

    def item(self, item: Item) -> None: ...

    def progress(self, share: float) -> None:
        """The loop that is under way is done by this share, 0 to 1."""
