"""The playground's points: those of a set, or a person's own, and what the network is told of them.

`pynn.live.planar_script` writes the same as Python to take home.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from pynn.datasets import PLANAR, balanced, features, mixed, read_points, split
from pynn.datasets.planar import Points
from pynn.datasets.points import PointsError
from pynn.matmul import Array
from pynn.settings import SettingsError

OWN = "own"
# Points that are where they are, as many as there are.
FIXED = frozenset({"xor", OWN})
EXTENT = (-1.3, 1.3)


def points(settings: Mapping[str, Any]) -> list[Points]:
    """The set to train on first, the one to test on last; of XOR they are one."""
    dataset, seed = settings["dataset"], settings["seed"]
    if dataset == "xor":
        return [PLANAR["xor"].make(4, 0.0, seed)] * 2
    if dataset == OWN:
        x, y = mixed(*own(settings["points"]), seed)
    elif is_balanced(settings):
        make = PLANAR[dataset].make
        x, y = balanced(make, settings["count"], settings["balance"], settings["noise"], seed)
    else:
        x, y = PLANAR[dataset].make(settings["count"], settings["noise"], seed)
    return split(x, y, settings["train_share"])


def is_balanced(settings: Mapping[str, Any]) -> bool:
    """Whether the classes of this set are chosen to be unequal; a surface has none."""
    return settings["balance"] != 1.0 and classes(settings) > 0


def inputs(settings: Mapping[str, Any], x: Array) -> Array:
    """(n, features) what the network is told of points x (n, 2)."""
    return features(x, settings["features"])


def classes(settings: Mapping[str, Any]) -> int:
    """How many; 0 for a surface."""
    if settings["dataset"] != OWN:
        return PLANAR[settings["dataset"]].classes
    return max(2, int(own(settings["points"])[1].max()) + 1)


def extent(settings: Mapping[str, Any]) -> tuple[float, float]:
    """The plane's ends, the same along both axes."""
    if settings["dataset"] == OWN:
        return EXTENT
    planar = PLANAR[settings["dataset"]]
    return planar.low, planar.high


@lru_cache(maxsize=4)  # each reading of the settings asks for them
def own(text: str) -> Points:
    """A person's points, one at least. Raises SettingsError."""
    try:
        x, y = read_points(text)
    except PointsError as error:
        raise refused(error) from None
    if not len(x):
        # No points are in order by themselves; to learn from them is not.
        raise SettingsError(
            "no_points", "dataset: expected one own point or more, got none", name="dataset"
        )
    for array in (x, y):
        array.flags.writeable = False
    return x, y


def refused(error: PointsError) -> SettingsError:
    """The same for whoever set them."""
    return SettingsError(f"points_{error.code}", str(error), name="points", **error.values)


def explained(loss: float, y: Array) -> float:
    """R^2, the share of a surface's variance that a network explains; 0 if it explains none.

    loss  the network's squared error for these heights, as `pynn.losses` has it: half the mean
    """
    variance = float(y.var())
    return max(0.0, 1.0 - 2.0 * loss / variance) if variance else float(loss == 0.0)
