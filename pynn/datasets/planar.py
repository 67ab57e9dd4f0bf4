"""Points in the plane with a class each: small problems whose answer one can see.

Every maker takes n (how many points), noise (how far they stray, in units of the
plane; 0 is the clean shape) and seed, and returns x (n, 2) float64 and the class
numbers y (n,). One seed gives the same points, to the last bit and everywhere; the
order is mixed already, so the first part of it can train and the rest test.

Points of a surface (`slope`, `hills`) have a value y (n,) float64 instead of a class,
about -1 to 1; there the noise moves the value and not the point.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from pynn.chance import Seed, stream
from pynn.exact.functions import cos, exp, sin
from pynn.exact.generator import ExactGenerator
from pynn.limits import as_float, is_int, shown

# Of more there would be no memory, and further out no plane.
MOST_POINTS, MOST_NOISE = 10_000_000, 1_000_000
Points = tuple[npt.NDArray[np.float64], npt.NDArray[Any]]


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
    y = _parts(n, 2, rng)
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
    y = _parts(n, 2, rng)
    centre = np.where(y == 1, 0.4, -0.4)[:, np.newaxis]
    return centre + (0.15 + noise) * rng.standard_normal((n, 2)), y


def spiral(n: int = 400, noise: float = 0.1, seed: Seed = 0) -> Points:
    """Two arms, one a half turn behind the other, each 1.75 times around the centre."""
    n, noise, rng = _begun("spiral", n, noise, seed)
    y = _parts(n, 2, rng)
    along = rng.uniform(0.05, 1.0, n)
    angle = 1.75 * 2.0 * np.pi * along + np.pi * y
    x = np.column_stack([along * sin(angle), along * cos(angle)])
    # A third of the noise: at the full one the arms, 0.29 apart, would run together.
    return x + noise / 3.0 * rng.standard_normal((n, 2)), y


def moons(n: int = 400, noise: float = 0.1, seed: Seed = 0) -> Points:
    """Two half circles that reach into one another, scaled into [-1, 1]."""
    n, noise, rng = _begun("moons", n, noise, seed)
    y = _parts(n, 2, rng)
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


def rings(n: int = 400, noise: float = 0.1, seed: Seed = 0) -> Points:
    """A disc and three rings around it, class 1, 0, 1 and 0, each 0.16 wide and 0.12 apart."""
    n, noise, rng = _begun("rings", n, noise, seed)
    y = _parts(n, 2, rng)
    # Of the two rings of a class the outer has more room, and as many more points.
    outer = rng.uniform(size=n) < np.where(y == 1, 0.83, 0.7)
    inside = np.where(y == 1, 0.0, 0.28) + np.where(outer, 0.56, 0.0)
    share = rng.uniform(size=n)
    radius = np.sqrt(inside**2 + share * ((inside + 0.16) ** 2 - inside**2))
    angle = rng.uniform(0.0, 2.0 * np.pi, n)
    x = np.column_stack([radius * cos(angle), radius * sin(angle)])
    return x + noise / 3.0 * rng.standard_normal((n, 2)), y


def checkerboard(n: int = 400, noise: float = 0.1, seed: Seed = 0) -> Points:
    """Points spread over [-1, 1]^2, on 4 by 4 fields; class 1 is the one at the lower right."""
    n, noise, rng = _begun("checkerboard", n, noise, seed)
    x = rng.uniform(-1.0, 1.0, (n, 2))
    fields = np.floor(2.0 * (x + 1.0)).astype(np.int64)
    return x + noise / 3.0 * rng.standard_normal((n, 2)), fields.sum(axis=1) % 2


def blobs(n: int = 400, noise: float = 0.1, seed: Seed = 0) -> Points:
    """Three round Gaussians at the corners of a triangle, 0.6 from the middle.

    Their standard deviation is 0.12 + noise.
    """
    n, noise, rng = _begun("blobs", n, noise, seed)
    y = _parts(n, 3, rng)
    angle = 2.0 * np.pi * (y / 3.0 + 0.25)
    centre = 0.6 * np.column_stack([cos(angle), sin(angle)])
    return centre + (0.12 + noise) * rng.standard_normal((n, 2)), y


def pinwheel(n: int = 400, noise: float = 0.1, seed: Seed = 0) -> Points:
    """Four arms, a quarter turn apart, each bent by a third of a turn; a class each."""
    n, noise, rng = _begun("pinwheel", n, noise, seed)
    y = _parts(n, 4, rng)
    along = rng.uniform(0.1, 1.0, n)
    angle = 2.0 * np.pi * (along / 3.0 + y / 4.0)
    x = np.column_stack([along * cos(angle), along * sin(angle)])
    return x + noise / 1.5 * rng.standard_normal((n, 2)), y


def slope(n: int = 400, noise: float = 0.1, seed: Seed = 0) -> Points:
    """A plane that rises from -1 at the lower left to 1 at the upper right: (x1 + x2) / 2."""
    n, noise, rng = _begun("slope", n, noise, seed)
    x = rng.uniform(-1.0, 1.0, (n, 2))
    return x, (x[:, 0] + x[:, 1]) / 2.0 + noise * rng.standard_normal(n)


# Where the tops of the hills and the bottoms of the valleys are, and how high.
HILLS = ((-0.55, 0.55, 1.0), (0.3, 0.6, -1.0), (0.65, -0.1, 1.0), (0.0, -0.6, -1.0))
HILL_WIDTH = 0.3


def hills(n: int = 400, noise: float = 0.1, seed: Seed = 0) -> Points:
    """Two hills up to 1 and two valleys down to -1, Gaussians of width 0.3."""
    n, noise, rng = _begun("hills", n, noise, seed)
    x = rng.uniform(-1.0, 1.0, (n, 2))
    y = np.zeros(n)
    for right, up, height in HILLS:
        away = (x[:, 0] - right) ** 2 + (x[:, 1] - up) ** 2
        y += height * exp(-away / (2.0 * HILL_WIDTH**2))
    return x, y + noise * rng.standard_normal(n)


@dataclass(frozen=True)
class Planar:
    """A planar set as settings name it: its maker, classes and the square to draw.

    classes  0 for a surface
    """

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
    "rings": Planar(rings),
    "checkerboard": Planar(checkerboard),
    "blobs": Planar(blobs, classes=3),
    "pinwheel": Planar(pinwheel, classes=4),
    "slope": Planar(slope, classes=0),
    "hills": Planar(hills, classes=0),
}


def _begun(who: str, n: int, noise: float, seed: Seed) -> tuple[int, float, np.random.Generator]:
    """n and noise as plain numbers, and what draws the points. Raises ValueError."""
    if not (is_int(n) and 1 <= n <= MOST_POINTS and 0.0 <= as_float(noise) <= MOST_NOISE):
        raise ValueError(
            f"{who}: expected n from 1 to {MOST_POINTS:,} and noise from 0 to {MOST_NOISE:,}, "
            f"got {shown(n)} and {shown(noise)}"
        )
    return int(n), float(noise), ExactGenerator(stream(who, seed, "points").bit_generator)


def _parts(n: int, classes: int, rng: np.random.Generator) -> npt.NDArray[np.int64]:
    """Class numbers in equal parts, in mixed order."""
    return rng.permutation(np.arange(n) % classes)
