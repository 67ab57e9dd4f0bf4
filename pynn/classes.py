"""Classes: as numbers, as one-hot rows, and as what a network answers."""

import numpy as np
import numpy.typing as npt

from pynn.activations import Activation, Softmax, Tanh
from pynn.limits import MOST, as_numbers, check_whole, dtype_kind, shown
from pynn.losses import Loss
from pynn.matmul import Array


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


def tells_classes(targets: Array, loss: Loss) -> bool:
    """Whether these rows (n, outputs) name classes, rather than numbers to come close to.

    Rows of several outputs do where one is 1 and the others are all 0, or all -1, and
    wherever softmax is presupposed; single outputs where all are 0 or 1, or -1 or 1.
    """
    if loss.output is Softmax:
        return True
    ones = targets == 1
    others = targets[~ones]
    two = not others.size or bool(others[0] in (0, -1) and (others == others[0]).all())
    return two and (targets.shape[1] == 1 or bool((ones.sum(axis=1) == 1).all()))


def cut_between(targets: Array, activation: Activation) -> float:
    """Where one output is cut into classes 0 and 1: halfway between the two labels.

    1/2 for labels 0 and 1, and 0 for labels -1 and 1. Where all are 1, tanh is taken
    to have learned -1 and 1.
    """
    signs = (targets < 0).any() or (isinstance(activation, Tanh) and not (targets == 0).any())
    return 0.0 if signs else 0.5
