"""Points in the plane with a class each: small problems whose answer one can see.

Every maker takes n (how many points), noise (how far they stray, in units of the
plane; 0 is the clean shape) and seed, and returns x (n, 2) float64 and the class
numbers y (n,). One seed gives the same points, to the last bit and everywhere; the
order is mixed already, so the first part of it can train and the rest test.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pynn.chance import ExactGenerator, Seed, stream
from pynn.exact.functions import cos, sin
from pynn.limits import as_float, is_int, shown

# Of more there would be no memory, and further out no plane.
MOST_POINTS, MOST_NOISE = 10_000_000, 1_000_000
Points = tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]


def xor() -> Points:
    """The four corners of the unit square; class 1 where exactly one coordinate is 1."""
    x = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    return x, np.array([0, 1, 1, 0])


def xor_cloud(n: int = 400, noise: float = 0.1, seed: Seed = 0) -> Points:
    """Points spread over [-1, 1]^2; class 1 where the coordinates' signs differ."""
    n, noise, rng = _begun("xor_cloud", n, noise, seed)
    x = rng.uniform(-1.0, 1.0, (n, 2))
    y = (x[:, 0] > 0) != (x[:, 1] > 0)
    return x + noise * rng.standard_normal((n, 2)), y.astype(np.int64)


def circle(n: int = 400, noise: float = 0.1, seed: Seed = 0) -> Points:
    """A disc of radius 0.5 (class 1) inside a ring of radius 0.7 to 1 (class 0)."""
    n, noise, rng = _begun("circle", n, noise, seed)
    y = _halves(n, rng)
    # The square root spreads points evenly over the disc's area.
    radius = np.where(y == 1, 0.5 * np.sqrt(rng.uniform(size=n)), rng.uniform(0.7, 1.0, n))
    angle = rng.uniform(0.0, 2.0 * np.pi, n)
    x = np.column_stack([radius * cos(angle), radius * sin(angle)])
    return x + noise * rng.standard_normal((n, 2)), y


def gauss(n: int = 400, noise: float = 0.1, seed: Seed = 0) -> Points:
    """Two round Gaussians, class 1 around (0.4, 0.4) and class 0 around (-0.4, -0.4).

    Their standard deviation is 0.15 + noise, so that noise 0.1 makes them touch.
    """
    n, noise, rng = _begun("gauss", n, noise, seed)
    y = _halves(n, rng)
    centre = np.where(y == 1, 0.4, -0.4)[:, np.newaxis]
    return centre + (0.15 + noise) * rng.standard_normal((n, 2)), y


def spiral(n: int = 400, noise: float = 0.1, seed: Seed = 0) -> Points:
    """Two arms, one a half turn behind the other, each 1.75 times around the centre."""
    n, noise, rng = _begun("spiral", n, noise, seed)
    y = _halves(n, rng)
    along = rng.uniform(0.05, 1.0, n)
    angle = 1.75 * 2.0 * np.pi * along + np.pi * y
    x = np.column_stack([along * sin(angle), along * cos(angle)])
    # A third of the noise: at the full one the arms, 0.29 apart, would run together.
    return x + noise / 3.0 * rng.standard_normal((n, 2)), y


def moons(n: int = 400, noise: float = 0.1, seed: Seed = 0) -> Points:
    """Two half circles that reach into one another, scaled into [-1, 1]."""
    n, noise, rng = _begun("moons", n, noise, seed)
    y = _halves(n, rng)
    angle = rng.uniform(0.0, np.pi, n)
    upper = np.column_stack([cos(angle), sin(angle)])
    lower = np.column_stack([1.0 - cos(angle), 0.5 - sin(angle)])
    x = (np.where(y[:, np.newaxis] == 1, upper, lower) - [0.5, 0.25]) / 1.5
    return x + noise / 1.5 * rng.standard_normal((n, 2)), y


def quadrants(n: int = 400, noise: float = 0.1, seed: Seed = 0) -> Points:
    """Points spread over [-1, 1]^2; classes 0 to 3 are quadrants I to IV."""
    n, noise, rng = _begun("quadrants", n, noise, seed)
    x = rng.uniform(-1.0, 1.0, (n, 2))
    right, top = x[:, 0] > 0, x[:, 1] > 0
    y = np.where(top, np.where(right, 0, 1), np.where(right, 3, 2))
    return x + noise * rng.standard_normal((n, 2)), y.astype(np.int64)


@dataclass(frozen=True)
class Planar:
    """A planar set as settings name it: its maker, classes and the square to draw."""

    make: Callable[[int, float, Seed], Points]
    classes: int = 2
    low: float = -1.3
    high: float = 1.3


PLANAR: dict[str, Planar] = {
    "xor": Planar(lambda n, noise, seed: xor(), low=-0.35, high=1.35),
    "xor-cloud": Planar(xor_cloud),
    "circle": Planar(circle),
    "gauss": Planar(gauss),
    "spiral": Planar(spiral),
    "moons": Planar(moons),
    "quadrants": Planar(quadrants, classes=4),
}


def _begun(who: str, n: int, noise: float, seed: Seed) -> tuple[int, float, np.random.Generator]:
    """n and noise as plain numbers, and what draws the points. Raises ValueError."""
    if not (is_int(n) and 1 <= n <= MOST_POINTS and 0.0 <= as_float(noise) <= MOST_NOISE):
        raise ValueError(
            f"{who}: expected n from 1 to {MOST_POINTS:,} and noise from 0 to {MOST_NOISE:,}, "
            f"got {shown(n)} and {shown(noise)}"
        )
    return int(n), float(noise), ExactGenerator(stream(who, seed, "points").bit_generator)


def _halves(n: int, rng: np.random.Generator) -> npt.NDArray[np.int64]:
    """Classes 0 and 1 in equal parts, in mixed order."""
    return rng.permutation(np.arange(n) % 2)
