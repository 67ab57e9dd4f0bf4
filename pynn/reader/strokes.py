"""A pen's strokes, and the image that a network sees of them.

A stroke is the way of the pen, with no width. So a digit is scaled first and inked then, with a
pen in proportion to it: however small or large it was drawn, its lines come out as wide as
MNIST's. See `pynn.digits` for images of ink that is there already.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from pynn.digits import BOX, SIDE
from pynn.limits import as_float, as_numbers, cast, shown
from pynn.matmul import Array

# (n, 2) places of the pen, to the right and down, in any unit: one for a dot.
Stroke = npt.NDArray[np.float64]

# Width of the pen in pixels of the image: the lines of MNIST's test images are 2.36 wide at the
# median, by `thickness`. Lines wider than the pen by more than is usual were filled in, to and fro;
# a thinner one makes up for it.
PEN, THINNEST, USUAL = 2.3, 1.2, 0.3
# Around the box, where the ink lies in the middle.
MARGIN = (SIDE - BOX) / 2
# Between two places of the pen, in pixels: what is nearer adds work and no ink. Of a long way, as
# no digit has, so many places are enough.
APART, MOST_PLACES = 0.35, 500
# Numbers worked on together when distances are taken.
MOST_NUMBERS = 1 << 18


def as_strokes(who: str, given: Sequence[npt.ArrayLike]) -> list[Stroke]:
    """The strokes as arrays (n, 2) of finite numbers. Raises ValueError."""
    if not isinstance(given, (list, tuple)) and not (isinstance(given, np.ndarray) and given.ndim):
        raise ValueError(f"{who}: expected a list of strokes, got {shown(given)}")
    strokes = []
    for stroke in given:
        places = as_numbers(f"{who}: expected strokes of places (x, y)", stroke)
        if places.ndim != 2 or places.shape[1] != 2 or not len(places):
            raise ValueError(
                f"{who}: expected strokes of places (x, y), got one of shape {places.shape}"
            )
        if not np.isfinite(places).all():
            raise ValueError(f"{who}: expected finite places of the pen, got NaN or infinity")
        strokes.append(cast(places, np.float64))
    return strokes


def box_of(strokes: Sequence[Stroke]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of all places of the pen."""
    places = np.concatenate(strokes)
    (left, top), (right, bottom) = places.min(axis=0), places.max(axis=0)
    return float(left), float(top), float(right), float(bottom)


def size_of(strokes: Sequence[Stroke]) -> float:
    """The longer side of the box around them."""
    left, top, right, bottom = box_of(strokes)
    return max(right - left, bottom - top)


def length_of(strokes: Sequence[Stroke]) -> float:
    """How far the pen went."""
    return float(sum(np.hypot(*np.diff(stroke, axis=0).T).sum() for stroke in strokes))


def image_of(strokes: Sequence[Stroke], pen: float | None = None) -> npt.NDArray[np.float32]:
    """The (784,) image, 0 to 1, of one digit's strokes, laid out as MNIST's are.

    The ink, the pen's width included, fills a box of 20 x 20 pixels in proportion, and its
    centre of mass lies in the middle of 28 x 28. A dot alone fills the box.

    pen  its width in pixels of the image; as wide as MNIST's lines where none is given, and
         thinner where a hand fills its lines in, to and fro

    Raises ValueError.
    """
    strokes = as_strokes("image_of", strokes)
    if pen is not None and not 0.0 < as_float(pen) <= BOX:
        raise ValueError(f"image_of: expected pen above 0 and at most {BOX}, got {shown(pen)}")
    image = np.zeros((SIDE, SIDE))
    if strokes:
        is_dot = size_of(strokes) == 0
        width = BOX if is_dot else PEN if pen is None else as_float(pen)
        # Inked once to see how it lies, and once more as it should.
        roughly = inked([line + MARGIN for line in fitted(strokes, width)], width)
        if pen is None and not is_dot:
            width = max(PEN - max(thickness(roughly) - PEN - USUAL, 0.0), THINNEST)
        lines = fitted(strokes, width)
        _, _, right, bottom = box_of(lines)
        room = SIDE - np.ceil(np.array([right, bottom]) + width / 2)
        # By whole pixels, as MNIST's were: the ink begins and ends with the box.
        corner = np.clip(np.rint(SIDE / 2 + 0.5 + MARGIN - centre_of(roughly)), 0, room)
        image = inked([line + corner for line in lines], width)
    return image.astype(np.float32).ravel()


def fitted(strokes: Sequence[Stroke], pen: float) -> list[Stroke]:
    """The strokes as large as a pen of that width fills the box with; its ink begins at 0, 0."""
    left, top, _, _ = box_of(strokes)
    scale = (BOX - pen) / (size_of(strokes) or 1.0)
    moved = [(stroke - (left, top)) * scale + pen / 2 for stroke in strokes]
    apart = max(APART, length_of(moved) / MOST_PLACES)
    return [thinned(line, apart) for line in moved]


def thickness(image: Array) -> float:
    """How wide the lines of an image are, in pixels: twice its ink over its outline."""
    steps = np.abs(np.diff(image, axis=0)).sum() + np.abs(np.diff(image, axis=1)).sum()
    # Steps down and to the right, against the way itself: as for a line in all directions.
    return float(2.0 * image.sum() / max(steps * np.pi / 4, 1e-9))


def centre_of(image: Array) -> Array:
    """(x, y) of the centre of mass; the middle of the first pixel is 0.5, 0.5."""
    ink = max(float(image.sum()), 1e-9)
    along = np.arange(len(image)) + 0.5
    return np.array([image.sum(axis=0) @ along, image.sum(axis=1) @ along]) / ink


def inked(lines: Sequence[Stroke], pen: float) -> Array:
    """(28, 28) share of each pixel that a round pen covers; places are in pixels."""
    starts = np.concatenate([line[:-1] if len(line) > 1 else line for line in lines])
    ends = np.concatenate([line[1:] if len(line) > 1 else line for line in lines])
    middles = np.arange(SIDE) + 0.5
    nearest = np.full(SIDE * SIDE, np.inf)
    portion = max(1, MOST_NUMBERS // (SIDE * SIDE))
    for first in range(0, len(starts), portion):
        # Each pixel against each piece of the lines: the nearest point on it is at `along`.
        start, way = starts[first : first + portion], ends[first : first + portion]
        way = way - start
        x = middles[:, np.newaxis] - start[:, 0]
        y = middles[:, np.newaxis] - start[:, 1]
        length = np.maximum((way**2).sum(axis=1), 1e-12)
        along = (x * way[:, 0])[np.newaxis] + (y * way[:, 1])[:, np.newaxis]
        along = np.clip(along / length, 0.0, 1.0)
        apart = (x - along * way[:, 0]) ** 2
        apart += (y[:, np.newaxis] - along * way[:, 1]) ** 2
        np.minimum(nearest, apart.min(axis=2).ravel(), out=nearest)
    cover = np.clip(pen / 2 + 0.5 - np.sqrt(nearest), 0.0, 1.0)
    return cover.reshape(SIDE, SIDE)


def thinned(stroke: Stroke, apart: float) -> Stroke:
    """The stroke without places nearer than that to the one before; its last one stays."""
    if len(stroke) < 3:
        return stroke
    gone = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(stroke, axis=0).T))])
    keep = np.diff(np.floor(gone / apart), prepend=-1.0) > 0
    keep[-1] = True
    return stroke[keep]
