"""Which points of a planar set there are: how many of each class, and which of them train."""

import math
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from pynn.chance import Seed, stream
from pynn.datasets.planar import MOST_POINTS, Points, xor
from pynn.datasets.points import as_points
from pynn.limits import as_float, check_whole, shown

# Of a class that falls where it falls, enough to know how many classes there are.
LEAST_DRAWN = 64
MOST_BALANCE = 1000.0


def balanced(
    make: Callable[[int, float, Seed], Points],
    n: int,
    balance: float,
    noise: float = 0.1,
    seed: Seed = 0,
) -> Points:
    """n points of a set, `balance` of the last class for each one of any other class.

    make     one of the makers, `spiral` say, but for `xor` and those of surfaces
    balance  1 for classes of the same size, 0.1 for a rare last class, 10 for a common one

    As many are drawn as are needed, and of each class the first are kept. Each class is
    spread evenly over the order: any part of it has the same balance. A Generator for seed
    has drawn them all once, more of them maybe. Raises ValueError.
    """
    given: object = make
    if not callable(given) or isinstance(given, type) or given is xor:
        raise ValueError(f"balanced: expected what makes n points with classes, got {shown(make)}")
    check_whole("balanced", "n", n, most=MOST_POINTS)
    if not 1 / MOST_BALANCE <= as_float(balance) <= MOST_BALANCE:
        raise ValueError(
            f"balanced: expected balance from {1 / MOST_BALANCE:g} to {MOST_BALANCE:g}, "
            f"got {shown(balance)}"
        )
    drawn = max(n, LEAST_DRAWN)
    x, y = _made(make, drawn, noise, seed)
    if y.dtype.kind != "i":
        raise ValueError("balanced: expected a set with classes, got a surface")
    counts = _counts(n, int(y.max()) + 1, float(balance))
    while (np.bincount(y, minlength=len(counts)) < counts).any():
        drawn *= 2
        x, y = make(check_whole("balanced", "points to draw", drawn, most=MOST_POINTS), noise, seed)
    places, turns = [], []
    for label, count in enumerate(counts):
        of_class = np.flatnonzero(y == label)[:count]
        places.append(of_class)
        turns.append((np.arange(count) + 0.5) / max(count, 1))
    order = np.argsort(np.concatenate(turns), kind="stable")
    kept = np.concatenate(places)[order]
    return x[kept], y[kept]


def mixed(x: npt.NDArray[np.float64], y: npt.NDArray[np.int64], seed: Seed = 0) -> Points:
    """The same points in an order by chance, so that any part of it is like the whole.

    Raises ValueError unless they are x (n, 2) and y (n,).
    """
    x, y = as_points("mixed", x, y)
    order = stream("mixed", seed, "points").permutation(len(x))
    return x[order], y[order]


def split(x: npt.NDArray[np.float64], y: npt.NDArray[np.int64], share: float) -> list[Points]:
    """The first `share` of the points to train on, and the others to test on.

    Each part has one point at least; where there are not as many, or `share` is 1, all do
    both. Raises ValueError unless share is from 0 to 1.
    """
    x, y = as_points("split", x, y)
    if not 0.0 <= as_float(share) <= 1.0:
        raise ValueError(f"split: expected share from 0 to 1, got {shown(share)}")
    count = max(1, math.floor(len(x) * share + 0.5))
    if share == 1.0 or len(x) < 2:
        return [(x, y), (x, y)]
    cut = min(count, len(x) - 1)
    return [(x[:cut], y[:cut]), (x[cut:], y[cut:])]


def _made(make: Callable[[int, float, Seed], Points], n: int, noise: float, seed: Seed) -> Points:
    made = make(n, noise, seed)
    if not isinstance(made, tuple) or len(made) != 2:
        raise ValueError(f"balanced: expected x and y of what makes points, got {shown(made)}")
    return as_points("balanced", *made)


def _counts(n: int, classes: int, balance: float) -> list[int]:
    """How many of each class: of the last as `balance` says, of the others alike."""
    last = min(max(round(n * balance / (classes - 1 + balance)), 1), max(n - classes + 1, 0))
    each, more = divmod(n - last, classes - 1)
    return [*(each + (label < more) for label in range(classes - 1)), last]
