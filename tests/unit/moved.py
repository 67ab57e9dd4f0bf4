"""What an optimizer makes of a single parameter."""

from collections.abc import Iterable, Sequence

import numpy as np

from pynn.optimizer import Optimizer


def moved(optimizer: Optimizer, gradients: Iterable[float], rates: Sequence[float] = ()) -> float:
    """Where a parameter is that began at 1, with these gradients, and these rates if there are."""
    w = {"w": np.ones(1)}
    for at, g in enumerate(gradients):
        if rates:
            optimizer.learning_rate = rates[at]
        optimizer.update(w, {"w": np.array([g])})
    return float(w["w"][0])
