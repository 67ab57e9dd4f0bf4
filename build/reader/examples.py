"""What the reader's networks learn from: MNIST's images, and drawings that are inked as in use."""

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

import numpy as np
import numpy.typing as npt

from pynn.reader.strokes import image_of
from reader.hand import Strokes, pen, varied
from reader.letters import Written
from reader.others import Letters, other
from reader.redrawn import filled, followed, middles

Images = npt.NDArray[np.uint8]
Labels = npt.NDArray[np.uint8]
# Drawings that are made from one stream of random numbers.
PORTION = 1000
# Of MNIST's training images, so many lend their digits to drawings that are none.
DIGITS = 10_000


def inked(strokes: Strokes, rng: np.random.Generator) -> Images:
    """The (784,) image of these strokes, in bytes, with a pen of any usual width."""
    return np.rint(255 * image_of(strokes, pen(rng))).astype(np.uint8)


def redrawn(images: Images, seed: int) -> Images:
    """(n, 784): each image drawn again by another hand; half follow the lines, half fill them."""
    firsts = range(0, len(images), PORTION)
    return _together(_redrawn, [(images[first : first + PORTION],) for first in firsts], seed)


def by_hands(characters: Sequence[Written], times: int, seed: int) -> Images:
    """(times * n, 784): each of these characters, so many times over, never the same."""
    strokes = [character.strokes for character in characters] * times
    firsts = range(0, len(strokes), PORTION)
    return _together(_by_hands, [(strokes[first : first + PORTION],) for first in firsts], seed)


def others(images: Images, labels: Labels, letters: Letters, count: int, seed: int) -> Images:
    """(count, 784) drawings that are no digit; some are made of the digits of these images."""
    counts = [min(PORTION, count - first) for first in range(0, count, PORTION)]
    digits = images[:DIGITS], labels[:DIGITS]
    return _together(_others, [(*digits, letters, part) for part in counts], seed)


def _together(
    make: Callable[..., Images], portions: Sequence[tuple[Any, ...]], seed: int
) -> Images:
    """What `make` gives for each portion, each with random numbers of its own."""
    streams = [np.random.default_rng([seed, number]) for number in range(len(portions))]
    # Not forked: NumPy's threads would be missing in the copies.
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        tasks = [pool.submit(make, *part, rng) for part, rng in zip(portions, streams, strict=True)]
        return np.concatenate([task.result() for task in tasks])


def _redrawn(images: Images, rng: np.random.Generator) -> Images:
    follows = rng.random(len(images)) < 0.5
    drawn = [
        followed(line) if follow else filled(image)
        for image, line, follow in zip(images, middles(images), follows, strict=True)
    ]
    return np.array([inked(varied(strokes, rng), rng) for strokes in drawn])


def _by_hands(characters: Sequence[Strokes], rng: np.random.Generator) -> Images:
    return np.array([inked(varied(strokes, rng, turn=15.0), rng) for strokes in characters])


def _others(
    images: Images, labels: Labels, letters: Letters, count: int, rng: np.random.Generator
) -> Images:
    def digits(among: Sequence[int], rng: np.random.Generator) -> Strokes:
        fitting = np.flatnonzero(np.isin(labels, among))
        image = images[fitting[rng.integers(len(fitting))]]
        return followed(middles(image[np.newaxis])[0]) if rng.random() < 0.7 else filled(image)

    return np.array([inked(other(digits, letters, rng), rng) for _ in range(count)])
