"""What the reader's networks learn from: MNIST's images, and drawings that are inked as in use."""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from pynn.reader.strokes import image_of
from reader.hand import Strokes, pen, varied
from reader.others import other
from reader.redrawn import filled, followed, middles

Images = npt.NDArray[np.uint8]
# Drawings that are made from one stream of random numbers.
PORTION = 1000


def inked(strokes: Strokes, rng: np.random.Generator) -> Images:
    """The (784,) image of these strokes, in bytes, with a pen of any usual width."""
    return np.rint(255 * image_of(strokes, pen(rng))).astype(np.uint8)


def redrawn(images: Images, seed: int) -> Images:
    """(n, 784): each image drawn again by another hand; half follow the lines, half fill them."""
    return _portions(partial(_redrawn, images), len(images), seed)


def others(images: Images, labels: npt.NDArray[np.uint8], count: int, seed: int) -> Images:
    """(count, 784) drawings that are no digit; some are made of the digits of these images."""
    return _portions(partial(_others, images, labels), count, seed)


def _portions(make: Any, count: int, seed: int) -> Images:
    firsts = range(0, count, PORTION)
    with ProcessPoolExecutor() as pool:
        made = pool.map(
            make,
            [range(first, min(first + PORTION, count)) for first in firsts],
            [np.random.default_rng([seed, first]) for first in firsts],
        )
        return np.concatenate(list(made))


def _redrawn(images: Images, rows: range, rng: np.random.Generator) -> Images:
    own = images[rows.start : rows.stop]
    follows = rng.random(len(own)) < 0.5
    drawn = [
        followed(line) if follow else filled(image)
        for image, line, follow in zip(own, middles(own), follows, strict=True)
    ]
    return np.array([inked(varied(strokes, rng), rng) for strokes in drawn])


def _others(
    images: Images, labels: npt.NDArray[np.uint8], rows: range, rng: np.random.Generator
) -> Images:
    def digits(among: Sequence[int], rng: np.random.Generator) -> Strokes:
        fitting = np.flatnonzero(np.isin(labels, among))
        image = images[fitting[rng.integers(len(fitting))]]
        return followed(middles(image[np.newaxis])[0]) if rng.random() < 0.7 else filled(image)

    return np.array([inked(other(digits, rng), rng) for _ in rows])
