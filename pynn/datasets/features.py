"""What a network is told of a point (x1, x2) of the plane: its coordinates, and what follows.

The seven are those of TensorFlow Playground; its plane is about five times as wide, so that
its sin(x1) bends about as often there as sin(pi x1) does here.
"""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from pynn.exact.functions import sin
from pynn.limits import as_numbers, cast, shown

Column = npt.NDArray[np.float64]

FEATURES: dict[str, Callable[[Column, Column], Column]] = {
    "x1": lambda x1, x2: x1,
    "x2": lambda x1, x2: x2,
    "x1-squared": lambda x1, x2: x1 * x1,
    "x2-squared": lambda x1, x2: x2 * x2,
    "x1-x2": lambda x1, x2: x1 * x2,
    "sin-x1": lambda x1, x2: sin(np.pi * x1),
    "sin-x2": lambda x1, x2: sin(np.pi * x2),
}
PLAIN = ("x1", "x2")
# As far as `sin` is exact.
FURTHEST = 1e4


def features(x: npt.ArrayLike, names: Sequence[str]) -> npt.NDArray[np.float64]:
    """(n, len(names)) what the network is told of points x (n, 2), the names from `FEATURES`.

    x1-squared is x1 times x1, sin-x1 is sin(pi x1). The same bits everywhere. Raises
    ValueError for another name, or for points beyond 10,000.
    """
    points = cast(as_numbers("features: expected x", x), np.float64)
    if points.ndim != 2 or points.shape[1] != 2:
        raise ValueError(f"features: expected points of shape (any, 2), got {points.shape}")
    if points.size and not np.abs(points).max() <= FURTHEST:
        raise ValueError(
            f"features: expected points from -{FURTHEST:g} to {FURTHEST:g}, "
            f"got {points.min():g} to {points.max():g}"
        )
    if not isinstance(names, (list, tuple)):
        raise ValueError(f"features: expected names as a list, got {shown(names)}")
    known = [isinstance(name, str) and name in FEATURES for name in names]
    if not all(known) or not known:
        got = shown(names[known.index(False)]) if known else "none"
        raise ValueError(f"features: expected some of {', '.join(FEATURES)}, got {got}")
    columns = [FEATURES[name](points[:, 0], points[:, 1]) for name in names]
    return np.column_stack(columns)
