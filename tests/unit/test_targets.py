"""Targets as class numbers, one-hot rows and real values; what each loss refuses."""

import numpy as np
import pytest

from pynn import one_hot
from pynn.classes import class_numbers
from pynn.losses import get_loss
from pynn.targets import as_targets

SQUARED, BINARY, CROSS = "squared_error", "binary_cross_entropy", "cross_entropy"
EYE = [[1, 0, 0], [0, 0, 1]]

TAKEN = {
    "class-numbers": ([0, 2], 3, CROSS, EYE),
    "class-numbers-uint8": (np.array([0, 2], np.uint8), 3, CROSS, EYE),
    "class-numbers-int64": (np.array([0, 2], np.int64), 3, CROSS, EYE),
    "class-numbers-for-squared-error": ([0, 2], 3, SQUARED, EYE),
    "one-hot": (EYE, 3, CROSS, EYE),
    "one-hot-bool": (np.array(EYE, bool), 3, CROSS, EYE),
    "soft-rows": ([[0.25, 0.75]], 2, CROSS, [[0.25, 0.75]]),
    "soft-rows-rounded-to-float32": (
        np.full((1, 3), 1 / 3, np.float32), 3, CROSS, np.full((1, 3), 1 / 3, np.float32),
    ),
    "one-output-flat": ([0, 1], 1, BINARY, [[0], [1]]),
    "one-output-column": ([[0.0], [1.0]], 1, BINARY, [[0], [1]]),
    "one-output-bool": ([True, False], 1, BINARY, [[1], [0]]),
    "shares": ([0.0, 0.25, 1.0], 1, BINARY, [[0], [0.25], [1]]),
    "several-yes-or-no": ([[1, 1, 0]], 3, BINARY, [[1, 1, 0]]),
    "real-flat": ([-3.5, 1e6], 1, SQUARED, [[-3.5], [1e6]]),
    "real-rows": ([[-3.5, 2.0]], 2, SQUARED, [[-3.5, 2.0]]),
}  # fmt: skip


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize(("y", "outputs", "loss", "rows"), TAKEN.values(), ids=TAKEN)
def test_targets_become_rows(y, outputs: int, loss: str, rows, dtype: str) -> None:  # type: ignore[no-untyped-def]
    got = as_targets(y, outputs, get_loss(loss), dtype)
    assert got.dtype == dtype
    np.testing.assert_array_equal(got, np.array(rows, dtype))


WHOLE = "one_hot: expected class numbers (whole, one-dimensional), got "
RANGE = "one_hot: expected class numbers from 0 to 2, got "
REFUSED = {
    "class-too-large": ([0, 3], 3, CROSS, RANGE + "0 to 3"),
    "class-negative": ([-1, 1], 3, CROSS, RANGE + "-1 to 1"),
    "class-as-float": ([0.0, 1.0], 3, CROSS, WHOLE + "float64 of shape (2,)"),
    "too-few-columns": (
        [[1, 0]], 3, CROSS, "targets: expected shape (any,) or (any, 3), got (1, 2)",
    ),
    "class-column": (
        [[1], [0]], 3, CROSS, "targets: expected shape (any,) or (any, 3), got (2, 1)",
    ),
    "three-axes": (
        [[[1]]], 1, SQUARED, "targets: expected shape (any,) or (any, 1), got (1, 1, 1)",
    ),
    "no-axis": (1.0, 1, SQUARED, "targets: expected shape (any,) or (any, 1), got ()"),
    "two-columns-for-one": (
        [[1, 0]], 1, BINARY, "targets: expected shape (any,) or (any, 1), got (1, 2)",
    ),
    "text": (["a"], 1, SQUARED, "targets: expected y as numbers, got text"),
    "complex": ([1j], 1, SQUARED, "targets: expected y as numbers, got complex128"),
    "nan": ([np.nan], 1, SQUARED, "targets: expected finite numbers, got NaN or infinity"),
    "infinite": ([np.inf], 1, BINARY, "targets: expected finite numbers, got NaN or infinity"),
    "above-1": ([1.5], 1, BINARY, f"{BINARY}: expected targets between 0 and 1, got 1.5 to 1.5"),
    "below-0": ([-1, 1], 1, BINARY, f"{BINARY}: expected targets between 0 and 1, got -1 to 1"),
    "sum-not-1": (
        [[1, 1, 0]], 3, CROSS,
        f"{CROSS}: expected class numbers, or rows of probabilities that sum to 1, "
        f"got numbers from 0 to 1",
    ),
    "sum-1-with-negative": (
        [[-1, 2, 0]], 3, CROSS,
        f"{CROSS}: expected class numbers, or rows of probabilities that sum to 1, "
        f"got numbers from -1 to 2",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("y", "outputs", "loss", "sentence"), REFUSED.values(), ids=REFUSED)
def test_targets_that_do_not_fit_are_refused(y, outputs: int, loss: str, sentence: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError) as caught:
        as_targets(y, outputs, get_loss(loss), "float32")
    assert str(caught.value) == sentence


def test_as_targets_never_returns_the_callers_array() -> None:
    y = np.array([[0.5], [1.0]], np.float32)
    as_targets(y, 1, get_loss(SQUARED), "float32")[...] = 9
    assert y.max() == 1.0


def test_one_hot_gives_rows() -> None:
    np.testing.assert_array_equal(one_hot([1, 0, 2], 3), [[0, 1, 0], [1, 0, 0], [0, 0, 1]])
    assert one_hot([1], 2).dtype == np.float32 and one_hot([1], 2, "float64").dtype == np.float64
    assert one_hot(np.zeros(0, int), 4).shape == (0, 4)


@pytest.mark.parametrize("classes", [[0, 10], [-1], [[0], [1]], [0.5], ["1"]])
def test_one_hot_refuses_what_is_no_class(classes: list) -> None:
    with pytest.raises(ValueError, match=r"^one_hot: expected class"):
        one_hot(classes, 10)


@pytest.mark.parametrize(
    ("rows", "classes"),
    [
        ([0, 3, 1], [0, 3, 1]),
        (np.array([7], np.uint8), [7]),
        ([1.0, 2.0], [1, 2]),
        ([True, False], [1, 0]),
        ([[0.1, 0.7, 0.2], [0.5, 0.2, 0.3]], [1, 0]),
        ([[0.4, 0.4]], [0]),
        ([[0.5], [0.51], [0.0], [1.0]], [0, 1, 0, 1]),
        (np.zeros((0, 3)), []),
        ([], []),
    ],
)
def test_class_numbers_reads_answers(rows, classes: list[int]) -> None:  # type: ignore[no-untyped-def]
    got = class_numbers(rows)
    assert got.dtype == np.intp
    np.testing.assert_array_equal(got, classes)


@pytest.mark.parametrize("rows", [1, [[[1]]], ["1"], [0.5], [np.nan], [np.inf]])
def test_class_numbers_refuses_the_rest(rows) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=r"^class_numbers: expected "):
        class_numbers(rows)
