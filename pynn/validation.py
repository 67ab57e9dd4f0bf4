"""What a `fit` measures after each epoch and never trains on: given, or split off."""

from typing import Any

import numpy as np

from pynn.chance import Seed, stream
from pynn.limits import as_float, shown
from pynn.losses import Loss
from pynn.matmul import Array
from pynn.network import Network
from pynn.targets import as_examples


def given(network: Network, validation: Any, loss: Loss) -> tuple[Array, Array]:
    """Rows and targets of the pair (x, y). ValueError, better now than after an epoch."""
    if not isinstance(validation, (tuple, list)) or len(validation) != 2:
        raise ValueError(
            f"fit: expected validation as a pair (x, y), got {type(validation).__name__}"
        )
    return as_examples("validation", network, validation[0], validation[1], loss)


def split(count: int, share: object, seed: Seed) -> tuple[Array, Array]:
    """The numbers of the rows to train on, and of those to measure, each in their order.

    Raises ValueError unless both are some.
    """
    part = as_float(share)
    if not 0.0 < part < 1.0:
        raise ValueError(
            f"fit: expected validation_split as a number between 0 and 1, got {shown(share)}"
        )
    measured = round(part * count)
    if not 0 < measured < count:
        raise ValueError(
            f"fit: expected validation_split to leave examples on both sides, "
            f"got {shown(share)} of {count}"
        )
    drawn = stream("fit", seed, "validation").permutation(count)
    return np.sort(drawn[measured:]), np.sort(drawn[:measured])
