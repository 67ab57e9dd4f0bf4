"""Reads a drawing as one piece of clothing, for networks that have learned Fashion-MNIST.

Its images are photographs cut out, 28 pixels along the longer side and in the middle (H. Xiao,
K. Rasul, R. Vollgraf 2017, "Fashion-MNIST: a novel image dataset for benchmarking machine
learning algorithms"). Who draws clothes draws their outline: what it encloses is filled here.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from pynn.digits import SIDE, shrink
from pynn.limits import check_at_least_0
from pynn.matmul import Array
from pynn.network import Network
from pynn.reader.pictures import ink_of
from pynn.reader.reader import Reader, Reading, Sight
from pynn.reader.strokes import Stroke, as_strokes, box_of, inked, size_of

# Width of the pen in pixels of the image, and how dark the cloth inside an outline is: about the
# median of Fashion-MNIST's pixels that are not paper.
PEN, CLOTH = 1.8, 0.6


class ClothesReader(Reader):
    """Everything that is drawn is one garment; whether it looks like any is not told."""

    def see(self, images: Array) -> list[Sight]:
        count = len(self.names)
        return [(np.full(count, 1.0 / count), 1.0)] * len(images)

    def read(
        self, strokes: Sequence[npt.ArrayLike], network: Network | None = None, pen: float = 0.0
    ) -> Reading:
        """The network's answer to all strokes together; see `Reader.read`."""
        self._check(network)
        check_at_least_0("Reader", "pen", pen)
        given = as_strokes("Reader", strokes)
        if not given:
            return Reading((), ())
        return Reading(self._digits([outlined(given)], [box_of(given)], [False], network), ())

    def read_picture(self, picture: npt.ArrayLike, network: Network | None = None) -> Reading:
        """The network's answer to a grey picture of one garment; see `Reader.read_picture`."""
        self._check(network)
        ink = ink_of(picture)
        rows, columns = (np.flatnonzero(ink.any(axis=axis)) for axis in (1, 0))
        if not len(rows):
            return Reading((), ())
        top, bottom, left, right = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
        box = tuple(float(side) / len(ink) for side in (left, top, right, bottom))
        cut = ink[top:bottom, left:right]
        image = in_the_middle(shrink(cut, SIDE / max(cut.shape)))
        return Reading(self._digits([image], [box], [False], network), ())


def outlined(strokes: Sequence[Stroke]) -> npt.NDArray[np.float32]:
    """The (784,) image, 0 to 1, of these lines and of the cloth that they enclose."""
    left, top, right, bottom = box_of(strokes)
    scale = (SIDE - PEN) / (size_of(strokes) or 1.0)
    middle = np.array([left + right, top + bottom]) / 2
    ink = inked([(stroke - middle) * scale + SIDE / 2 for stroke in strokes], PEN)
    return np.maximum(ink, np.where(enclosed(ink > 0.5), CLOTH, 0.0)).astype(np.float32).ravel()


def enclosed(lines: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """(height, width) what cannot be reached from the edges without crossing a line."""
    free = np.pad(~lines, 1, constant_values=True)
    outside = np.zeros_like(free)
    outside[0] = True
    before = 0
    while (count := int(outside.sum())) > before:
        before = count
        for axis in (0, 1):
            for step in (-1, 1):
                outside |= np.roll(outside, step, axis) & free
    return ~outside[1:-1, 1:-1] & ~lines


def in_the_middle(image: Array) -> npt.NDArray[np.float32]:
    """The (784,) image with this one, at most 28 x 28, in its middle."""
    found = np.zeros((SIDE, SIDE), np.float32)
    height, width = image.shape
    top, left = (SIDE - height) // 2, (SIDE - width) // 2
    found[top : top + height, left : left + width] = image
    return found.ravel()
