"""Random numbers with the same bits on every processor."""

from typing import Any

import numpy as np

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
