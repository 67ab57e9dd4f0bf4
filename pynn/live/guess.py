"""The boundary that a person expects, and how near the network's comes to it.

As a text, for an address: "100-250_130-260*700-800_720-790" is two strokes, each point by its
place from left to right and from bottom to top, in thousandths of the plane.
"""

import re
from functools import lru_cache

import numpy as np

from pynn.matmul import Array
from pynn.settings import SettingsError

MOST_POINTS = 500
# Along a stroke, in sides of the plane.
APART = 0.01
POINT = re.compile(r"(\d{1,4})-(\d{1,4})", re.ASCII)


@lru_cache(maxsize=4)  # each frame asks for the guess of its run
def read_guess(text: str) -> list[Array]:
    """Strokes (n, 2), from 0 to 1 along each side. Raises SettingsError."""
    strokes, count = [], 0
    for stroke in text.split("*") if text else []:
        points = [POINT.fullmatch(point) for point in stroke.split("_")]
        places = [(int(found[1]), int(found[2])) for found in points if found]
        count += len(points)
        if len(places) < len(points) or max(map(max, places)) > 1000 or count > MOST_POINTS:
            got = stroke[:40] if count <= MOST_POINTS else f"{count} points"
            wanted = f"at most {MOST_POINTS} places from 0-0 to 1000-1000"
            sentence = f"guess: expected {wanted}, got {got}"
            raise SettingsError("guess", sentence, name="guess", got=got, wanted=wanted)
        strokes.append(np.array(places) / 1000.0)
    return strokes


def distance(strokes: list[Array], answers: Array) -> float | None:
    """How far the strokes are from the boundary in a map, and it from them, on average.

    answers  (side, side) below and above 0, or (classes, side, side); the top row first
    Returns shares of the plane's side; None where there is no boundary, or no stroke.
    """
    decided = answers > 0 if answers.ndim == 2 else answers.argmax(axis=0)
    boundary = _boundary(decided)
    if not strokes or not len(boundary):
        return None
    drawn = np.concatenate([_along(stroke) for stroke in strokes])
    apart = np.hypot(*(drawn[:, np.newaxis] - boundary).transpose(2, 0, 1))
    return float((apart.min(axis=1).mean() + apart.min(axis=0).mean()) / 2)


def _boundary(decided: Array) -> Array:
    """(n, 2) places half way between neighbours that are decided otherwise."""
    side = len(decided)
    rows, columns = np.nonzero(decided[:, 1:] != decided[:, :-1])
    beside = np.column_stack([columns + 1.0, side - rows - 0.5])
    rows, columns = np.nonzero(decided[1:] != decided[:-1])
    below = np.column_stack([columns + 0.5, side - rows - 1.0])
    found: Array = np.concatenate([beside, below]) / side
    return found


def _along(stroke: Array) -> Array:
    """(n, 2) places on a stroke, evenly apart, its ends among them."""
    lengths = np.hypot(*np.diff(stroke, axis=0).T)
    ends = np.concatenate([[0.0], np.cumsum(lengths)])
    places = np.linspace(0.0, ends[-1], int(ends[-1] / APART) + 2)
    return np.column_stack([np.interp(places, ends, stroke[:, axis]) for axis in (0, 1)])
