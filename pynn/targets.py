"""Targets in, rows out: class numbers, one-hot rows or real values become (n, k)."""

import numpy as np
import numpy.typing as npt

from pynn.activations import Activation, Tanh
from pynn.limits import MOST, as_numbers, cast, check_whole, dtype_kind, shown
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


def one_hot(classes: npt.ArrayLike, count: int, dtype: npt.DTypeLike = "float32") -> Array:
    """Rows (n, count) with a 1 in the column of each class number (n,)."""
    numbers = as_numbers("one_hot: expected classes", classes)
    if numbers.ndim != 1 or numbers.dtype.kind not in "iub":
        raise ValueError(
            f"one_hot: expected class numbers (whole, one-dimensional), "
            f"got {numbers.dtype} of shape {numbers.shape}"
        )
    count = check_whole("one_hot", "count", count, most=MOST // max(1, len(numbers)))
    if dtype_kind(dtype) not in "fiub":
        raise ValueError(f"one_hot: expected a dtype of numbers, got {shown(dtype)}")
    if numbers.size and not (numbers.min() >= 0 and numbers.max() < count):
        raise ValueError(
            f"one_hot: expected class numbers from 0 to {count - 1}, "
            f"got {numbers.min()} to {numbers.max()}"
        )
    rows = np.zeros((len(numbers), count), dtype)
    rows[np.arange(len(numbers)), numbers.astype(np.intp)] = 1
    return rows


def class_numbers(rows: npt.ArrayLike, cut: float = 0.5) -> npt.NDArray[np.intp]:
    """The class of each row: the largest of several outputs, one output above `cut`.

    One-dimensional input is taken for class numbers already. Raises ValueError for
    any other shape, and for numbers that are not whole.
    """
    given = as_numbers("class_numbers: expected classes", rows)
    if given.ndim not in (1, 2):
        raise ValueError(
            f"class_numbers: expected numbers of shape (any,) or (any, classes), "
            f"got {given.dtype} of shape {given.shape}"
        )
    if given.ndim == 1:
        if not (np.isfinite(given) & (given == np.floor(given))).all():
            raise ValueError("class_numbers: expected whole class numbers, got fractions")
        if given.size and not (given.min() >= -MOST and given.max() <= MOST):
            raise ValueError(
                f"class_numbers: expected class numbers, got {given.min()} to {given.max()}"
            )
        return given.astype(np.intp)
    if given.shape[1] == 1:
        return (given[:, 0] > cut).astype(np.intp)
    return given.argmax(axis=1)


def cut_between(targets: Array, activation: Activation) -> float:
    """Where one output is cut into classes 0 and 1: halfway between the two labels.

    1/2 for labels 0 and 1, and 0 for labels -1 and 1. Where all are 1, tanh is taken
    to have learned -1 and 1.
    """
    signs = (targets < 0).any() or (isinstance(activation, Tanh) and not (targets == 0).any())
    return 0.0 if signs else 0.5
