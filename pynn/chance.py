"""Chance: one seed, and a stream of random numbers of its own for each thing that is drawn.

Points, first weights and the order of the examples may all be given the same seed. Drawn from
one and the same generator they would repeat one another: the weights would *be* the points.
"""

from typing import Any

import numpy as np
from numpy.random import SeedSequence

from pynn.limits import is_int, shown

Seed = int | np.random.Generator

# The places are part of what a seed means: a number that is in use never changes.
STREAMS = {
    "points": 0,
    "weights": 1,
    "order": 2,
    "noise": 3,
    "subset": 4,
    "hand": 5,
    "learning": 6,
    "validation": 7,
}


# Beyond this NumPy's normal numbers come from the C library's log1p (its ziggurat's tail).
TAIL = 3.6541528853610088
STEPS = 2.0**20


class ExactGenerator(np.random.Generator):
    """Draws what any generator draws, with the same bits on every processor.

    NumPy's own may fuse `low + (high - low) u`; and one normal number in 4000 has a last
    bit of the C library's, which is rounded away to a multiple of 2^-20: two libraries
    come to different multiples for one number in 10^13.
    """

    def uniform(self, low: Any = 0.0, high: Any = 1.0, size: Any = None) -> Any:
        return low + (high - low) * self.random(size)

    def standard_normal(self, size: Any = None) -> Any:  # type: ignore[override]
        x = np.asarray(super().standard_normal(size))
        return np.where(np.abs(x) > TAIL, np.rint(x * STEPS) / STEPS, x)

    def normal(self, loc: Any = 0.0, scale: Any = 1.0, size: Any = None) -> Any:
        return loc + scale * self.standard_normal(size)


def stream(who: str, seed: Seed, use: str) -> np.random.Generator:
    """The generator with which `who` draws for one `use` of STREAMS, told by the seed.

    Streams of one seed have nothing to do with one another (numpy.random.SeedSequence,
    spawn_key). A Generator is used as it is given. Raises ValueError unless the seed is
    a Generator or a whole number from 0.
    """
    if isinstance(seed, np.random.Generator):
        return seed
    if not is_int(seed) or seed < 0:
        raise ValueError(
            f"{who}: expected seed as a whole number from 0 or a NumPy Generator, got {shown(seed)}"
        )
    return np.random.default_rng(SeedSequence(int(seed), spawn_key=(STREAMS[use],)))


def check_generator(who: str, name: str, value: object) -> np.random.Generator:
    """A NumPy Generator, or ValueError."""
    if not isinstance(value, np.random.Generator):
        raise ValueError(f"{who}: expected {name} as a NumPy Generator, got {shown(value)}")
    return value
