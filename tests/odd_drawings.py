"""MNIST's test digits as people draw them on a pad: anywhere, of any size, turned, stretched."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from pen import strokes_of
from reader.redrawn import followed, middles

from pynn.reader.strokes import Stroke

Images = npt.NDArray[np.uint8]

# The pad's width in its heights, and its height in pixels of a screen, to which a pointer keeps.
WIDTH, PIXELS = 4 / 3, 324
# Width of the pen there, in the same heights.
PEN = 0.045
# Of the pad's height, both ways; degrees; how much wider or higher; and how many have a stray dot.
SIZES, TURN, STRETCH, DOTTED = (0.15, 0.9), 30.0, (3 / 4, 1.0, 4 / 3), 0.2


@dataclass(frozen=True)
class Drawing:
    """strokes (n, 2) in heights of the pad, and what they are to be read as."""

    strokes: list[Stroke]
    text: str


def digit_in(image: Images, rng: np.random.Generator) -> list[Stroke]:
    """The image as strokes: along its lines, or filled row by row."""
    if rng.random() < 0.5:
        return followed(middles(image[np.newaxis])[0])
    return [np.array(stroke) * 28 for stroke in strokes_of(image)]


def changed(strokes: list[Stroke], size: float, rng: np.random.Generator) -> list[Stroke]:
    """Turned, stretched and scaled, around 0, 0."""
    places = np.concatenate(strokes)
    middle = (places.min(axis=0) + places.max(axis=0)) / 2
    angle = np.deg2rad(rng.uniform(-TURN, TURN))
    turned = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    wide = float(rng.choice(STRETCH))
    moved = [(s - middle) @ np.diag([wide**0.5, wide**-0.5]) @ turned for s in strokes]
    longest = max(float(np.ptp(np.concatenate(moved), axis=0).max()), 1.0)
    return [s / longest * size for s in moved]


def on_pixels(stroke: Stroke) -> Stroke:
    return np.rint(stroke * PIXELS) / PIXELS


def single(image: Images, label: int, rng: np.random.Generator, width: float = WIDTH) -> Drawing:
    """One digit somewhere on the pad, a stray dot beside it now and then."""
    size = float(np.exp(rng.uniform(*np.log(SIZES))))
    edge = size / 2 + 0.04
    at = rng.uniform([edge, edge], [width - edge, 1 - edge])
    strokes = [on_pixels(s + at) for s in changed(digit_in(image, rng), size, rng)]
    if rng.random() < DOTTED:
        dot = at
        while np.abs(dot - at).max() < 0.7 * size:
            dot = rng.uniform([0.02, 0.02], [width - 0.02, 0.98])
        strokes.insert(int(rng.integers(len(strokes) + 1)), on_pixels(dot[np.newaxis]))
    return Drawing(strokes, str(label))


def number(
    images: Images,
    labels: npt.NDArray[np.uint8],
    rng: np.random.Generator,
    width: float = WIDTH,
) -> Drawing:
    """These digits in a row, near each other and of one size or so."""
    size = min(0.4, 0.6 * (width - 0.1) / len(images)) * rng.uniform(0.7, 1.0)
    right, strokes = 0.05, []
    for image in images:
        own = changed(digit_in(image, rng), size * rng.uniform(0.8, 1.2), rng)
        shift = np.array([right - np.concatenate(own)[:, 0].min(), 0.5 + rng.uniform(-0.04, 0.04)])
        strokes += [on_pixels(s + shift) for s in own]
        right = np.concatenate(own)[:, 0].max() + shift[0] + size * rng.uniform(0.15, 0.5)
    return Drawing(strokes, "".join(map(str, labels)))
