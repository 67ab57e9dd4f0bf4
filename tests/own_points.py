"""Points as a person may have put them on the plane."""

import numpy as np


def some_points(count: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    draw = np.random.default_rng(seed)
    return draw.uniform(-1.25, 1.25, (count, 2)), draw.integers(0, 4, count)
