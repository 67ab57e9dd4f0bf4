"""Chance: one seed, and a stream of random numbers of its own for each thing that is drawn.

Points, first weights and the order of the examples may all be given the same seed. Drawn from
one and the same generator they would repeat one another: the weights would *be* the points.
"""

import numpy as np
from numpy.random import SeedSequence

from pynn.limits import is_int, shown

Seed = int | np.random.Generator

# The places are part of what a seed means: a number that is in use never changes.
STREAMS = {"points": 0, "weights": 1, "order": 2, "noise": 3, "subset": 4, "hand": 5}


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
