"""How much each example counts: a weight of its own, or of its class."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from pynn.classes import class_numbers, cut_between, tells_classes
from pynn.limits import as_float, as_numbers, cast, is_int, shown
from pynn.losses import Loss
from pynn.matmul import Array
from pynn.network import Network

ClassWeight = str | Mapping[int, float]


def example_weights(
    who: str,
    network: Network,
    targets: Array,
    loss: Loss,
    sample_weight: npt.ArrayLike | None,
    class_weight: ClassWeight | None,
) -> Array | None:
    """The product of both for each row of `targets` (n, outputs); None where there is neither.

    sample_weight  (n,), each at least 0
    class_weight   {class: weight}, where a class that is not named weighs 1; or "balanced",
                   with which each class counts as much as another: n / (classes * count)

    The loss divides by n, as in Keras; PyTorch's CrossEntropyLoss by the sum of the weights.

    Raises ValueError.
    """
    classes = None
    if class_weight is not None:
        if not tells_classes(targets, loss):
            raise ValueError(
                f"{who}: expected targets that are classes with class_weight, got other numbers"
            )
        classes = class_numbers(targets, cut_between(targets, network.last.activation))
    return weights_together(who, network, len(targets), sample_weight, classes, class_weight)


def weights_together(
    who: str,
    network: Network,
    count: int,
    sample_weight: npt.ArrayLike | None,
    classes: Array | None,
    class_weight: ClassWeight | None,
) -> Array | None:
    """The same for `count` rows of these classes (n,), which only `class_weight` asks for."""
    weights = None
    if sample_weight is not None:
        weights = weights_of(who, sample_weight, count)
    if class_weight is not None and classes is not None:
        own = _of_classes(who, classes, max(network.outputs, 2), class_weight)
        with np.errstate(over="ignore"):  # refused below
            weights = own if weights is None else weights * own
    if weights is None:
        return None
    kept = cast(weights, network.dtype)
    if not np.isfinite(kept).all():
        raise ValueError(
            f"{who}: expected weights that {network.dtype} can hold, got {weights.max():g}"
        )
    if not kept.any():
        raise ValueError(f"{who}: expected weights of which some are above 0, got zeros")
    return kept


def weights_of(who: str, given: npt.ArrayLike, count: int) -> Array:
    """`sample_weight` of so many examples. Raises ValueError."""
    weights = cast(as_numbers(f"{who}: expected sample_weight", given), np.float64)
    if weights.shape != (count,):
        raise ValueError(f"{who}: expected sample_weight of shape ({count},), got {weights.shape}")
    if not (np.isfinite(weights).all() and weights.min() >= 0):
        raise ValueError(f"{who}: expected sample_weight as finite numbers >= 0, got others")
    return weights


def _of_classes(who: str, classes: Array, count: int, given: Any) -> Array:
    counts = np.bincount(classes, minlength=count)
    if isinstance(given, str) and given == "balanced":
        present = np.count_nonzero(counts)
        return (len(classes) / (present * np.maximum(counts, 1)))[classes]
    if not isinstance(given, Mapping):
        raise ValueError(
            f'{who}: expected class_weight as "balanced" or {{class: weight}}, got {shown(given)}'
        )
    weights = np.ones(count)
    for name, value in given.items():
        weight = as_float(value)
        if not (is_int(name) and 0 <= name < count and 0.0 <= weight < np.inf):
            raise ValueError(
                f"{who}: expected class_weight with classes from 0 to {count - 1} and weights "
                f">= 0, got {shown(name)}: {shown(value)}"
            )
        weights[int(name)] = weight
    return weights[classes]
