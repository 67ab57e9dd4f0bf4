"""Targets in, rows out: class numbers, one-hot rows or real values become (n, k)."""

import numpy as np
import numpy.typing as npt

from pynn.classes import one_hot
from pynn.limits import as_numbers, cast
from pynn.losses import Loss
from pynn.matmul import Array
from pynn.network import Network


def as_examples(
    who: str, network: Network, x: npt.ArrayLike, y: npt.ArrayLike, loss: Loss
) -> tuple[Array, Array]:
    """x and y as the rows (n, *inputs) and (n, outputs) of this network, at least one.

    Bytes stay bytes. Raises ValueError, begun with `who` where x and y do not fit
    together or x is not finite.
    """
    last = network.last.activation
    loss.check_output(last)
    if last.name == "softmax" and network.outputs == 1:
        raise ValueError(
            f"{who}: expected at least 2 outputs with softmax, got 1, which is always 1; "
            f"one output takes sigmoid"
        )
    rows = network.as_rows(x)
    targets = as_targets(y, network.outputs, loss, network.dtype)
    if len(rows) != len(targets) or not len(rows):
        raise ValueError(
            f"{who}: expected as many targets as examples, at least one, "
            f"got {len(rows)} examples and {len(targets)} targets"
        )
    if rows.dtype != np.uint8 and not np.isfinite(rows).all():
        raise ValueError(f"{who}: expected x as finite numbers, got NaN or infinity")
    return rows, targets


def as_targets(y: npt.ArrayLike, outputs: int, loss: Loss, dtype: npt.DTypeLike) -> Array:
    """Target rows (n, outputs) of `dtype` for a network with that many outputs.

    `y` is (n, outputs), or (n,) with class numbers 0 to outputs - 1, or (n,)
    with one value each where there is one output. Raises ValueError for any
    other shape, for class numbers out of range, and for what the loss refuses.
    """
    given = as_numbers("targets: expected y", y)
    if given.ndim == 1 and outputs > 1:
        rows = one_hot(given, outputs, dtype)
    elif given.ndim == 1 or (given.ndim == 2 and given.shape[1] == outputs):
        rows = cast(given, dtype).reshape(len(given), outputs)
    else:
        raise ValueError(f"targets: expected shape (any,) or (any, {outputs}), got {given.shape}")
    if given.dtype.kind == "f" and not np.isfinite(rows).all():
        raise ValueError("targets: expected finite numbers, got NaN or infinity")
    loss.check_targets(rows)
    return rows
