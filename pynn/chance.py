"""Chance: one seed, and a stream of random numbers of its own for each thing that is drawn.

Points, first weights and the order of the examples may all be given the same seed. Drawn from
one and the same generator they would repeat one another: the weights would *be* the points.
"""

from __future__ import annotations

from typing import Union

import numpy as np

from pynn.limits import is_int, shown

# In quotes: numpy.random is a sixth of what `import numpy` takes, and read when it is used.
Seed = Union[int, "np.random.Generator"]

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
    sequence = np.random.SeedSequence(int(seed), spawn_key=(STREAMS[use],))
    return np.random.default_rng(sequence)


def check_generator(who: str, name: str, value: object) -> np.random.Generator:
    """A NumPy Generator, or ValueError."""
    if not isinstance(value, np.random.Generator):
        raise ValueError(f"{who}: expected {name} as a NumPy Generator, got {shown(value)}")
    return value
