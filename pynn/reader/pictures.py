"""Photos of digits: dark ink on light paper or light on dark, one digit or several in a row.

The paper is what lies around the ink, brighter here and darker there; the ink is what differs from
it. Digits in a picture are parted by columns without ink.
"""

import numpy as np
import numpy.typing as npt

from pynn.limits import as_numbers
from pynn.matmul import Array
from pynn.reader.runs import runs

Box = tuple[int, int, int, int]

# The paper is estimated in so many patches along each side …
PATCHES = 6
# … and what differs from it by less than this share of the darkest ink is paper.
FAINT = 0.3
# The darkest so many pixels are full ink. Less contrast than that, of 1, is none, and so is what
# differs from the paper by no more than so many times the usual.
DARKEST, LEAST_CONTRAST, NOISE = 12, 0.06, 8.0
# A gap between two digits, and the least ink of one, as shares of the row's height and most ink.
GAP, LEAST = 0.04, 0.06
# Larger pictures are read at this height or width.
MOST = 400


def ink_of(picture: npt.ArrayLike) -> Array:
    """(height, width) ink from 0 to 1 of a grey picture (height, width), bytes or 0 to 1.

    Large ones come out smaller, at most MOST pixels high and wide. Raises ValueError.
    """
    given = as_numbers("ink_of: expected a grey picture", picture)
    if given.ndim != 2 or min(given.shape) < 2:
        raise ValueError(
            f"ink_of: expected a grey picture (height, width), got shape {given.shape}"
        )
    if not np.isfinite(given).all():
        raise ValueError("ink_of: expected a grey picture of finite numbers, got NaN or infinity")
    grey = _smaller(given / 255.0 if given.dtype == np.uint8 else given.astype(np.float64))
    edge = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    if np.median(edge) < (grey.min() + grey.max()) / 2:
        grey = -grey  # chalk on a board
    differs = _paper(grey) - grey
    darkest = float(np.sort(differs, axis=None)[-DARKEST:].mean())
    if darkest < max(LEAST_CONTRAST, NOISE * float(np.median(np.abs(differs)))):
        return np.zeros_like(differs)
    ink = np.clip(differs / darkest, 0.0, 1.0)
    return np.where(ink < FAINT, 0.0, ink)


def boxes_in(ink: Array) -> list[Box]:
    """Left, top, right and bottom of each digit in a row, from left to right; ends excluded."""
    columns = np.flatnonzero(ink.sum(axis=0) > 0.5)
    if not len(columns):
        return []
    rows = np.flatnonzero(ink.sum(axis=1) > 0.5)
    height = rows[-1] - rows[0] + 1 if len(rows) else 1
    parts = runs(columns, max(1.0, GAP * height))
    weights = [float(ink[:, run[0] : run[-1] + 1].sum()) for run in parts]
    boxes = []
    for run, weight in zip(parts, weights, strict=True):
        if weight >= LEAST * max(weights):
            left, right = int(run[0]), int(run[-1]) + 1
            inked = np.flatnonzero(ink[:, left:right].sum(axis=1) > 0)
            boxes.append((left, int(inked[0]), right, int(inked[-1]) + 1))
    return boxes


def _smaller(grey: Array) -> Array:
    """At most MOST pixels high and wide, each the mean of those it covers."""
    step = -(-max(grey.shape) // MOST)
    height, width = (max(side // step, 1) * step for side in grey.shape)
    if step == 1 or min(grey.shape) < step:
        return grey
    blocks = grey[:height, :width].reshape(height // step, step, width // step, step)
    return blocks.mean(axis=(1, 3))


def _paper(grey: Array) -> Array:
    """How bright the paper is at each pixel: the brighter part of each patch, smoothed."""
    height, width = grey.shape
    edges = [np.linspace(0, side, min(PATCHES, side) + 1).astype(int) for side in grey.shape]
    patches = np.array(
        [
            [np.percentile(grey[top:bottom, left:right], 75) for left, right in _pairs(edges[1])]
            for top, bottom in _pairs(edges[0])
        ]
    )
    middles = [(edge[1:] + edge[:-1] - 1) / 2 for edge in edges]
    across = np.array([np.interp(np.arange(width), middles[1], row) for row in patches])
    return np.array([np.interp(np.arange(height), middles[0], column) for column in across.T]).T


def _pairs(edges: Array) -> list[tuple[int, int]]:
    return list(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True))
