"""What a network is told of a point."""

import math

import numpy as np
import pytest

from pynn.datasets import FEATURES, features


def test_every_feature_is_what_its_name_says() -> None:
    x = np.random.default_rng(1).uniform(-1.3, 1.3, (50, 2))
    told = features(x, list(FEATURES))
    for (a, b), row in zip(x, told, strict=True):
        wanted = [a, b, a * a, b * b, a * b, math.sin(math.pi * a), math.sin(math.pi * b)]
        np.testing.assert_allclose(row, wanted, rtol=0, atol=4e-16)


def test_columns_have_the_order_that_is_asked_for() -> None:
    x = np.array([[2.0, 3.0], [-1.0, 0.5]])
    np.testing.assert_array_equal(features(x, ["x2", "x1-x2"]), [[3.0, 6.0], [0.5, -0.5]])
    assert features(np.zeros((0, 2)), ["x1"]).shape == (0, 1)


@pytest.mark.parametrize(
    ("x", "names", "sentence"),
    [
        (np.zeros((3, 3)), ["x1"], "expected points of shape (any, 2), got (3, 3)"),
        (np.zeros(2), ["x1"], "expected points of shape (any, 2), got (2,)"),
        (np.zeros((3, 2)), [], "expected some of x1, x2, x1-squared, x2-squared, x1-x2, "
                               "sin-x1, sin-x2, got none"),
        (np.zeros((3, 2)), ["x1", "x3"], "expected some of x1, x2, x1-squared, x2-squared, "
                                         "x1-x2, sin-x1, sin-x2, got 'x3'"),
        (np.full((3, 2), 2e4), ["x1"], "expected points from -10000 to 10000, got 20000 to 20000"),
        (np.full((3, 2), np.nan), ["x1"], "expected points from -10000 to 10000, got nan to nan"),
    ],
)  # fmt: skip
def test_others_are_refused(x: np.ndarray, names: list[str], sentence: str) -> None:
    with pytest.raises(ValueError) as caught:
        features(x, names)
    assert str(caught.value).endswith(sentence)
