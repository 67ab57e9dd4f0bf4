"""Losses: numbers worked out by hand, extreme logits, mean and sum, and what is refused."""

import math
import warnings

import numpy as np
import pytest

from pynn import BinaryCrossEntropy, CrossEntropy, Dense, Network, SquaredError
from pynn.activations import get_activation
from pynn.losses import LOSSES, Loss, get_loss

LN2, LN3 = math.log(2.0), math.log(3.0)

# loss, output activation, z, targets, value summed over the examples, gradient of the sum
HAND = {
    "squared-linear": (
        SquaredError, "linear",
        [[1.0, 2.0], [0.0, -1.0]], [[0.0, 4.0], [3.0, -1.0]],
        0.5 * (1 + 4 + 9 + 0), [[1.0, -2.0], [-3.0, 0.0]],
    ),
    "squared-sigmoid": (  # sigmoid(ln 3) = 3/4, slope 3/16
        SquaredError, "sigmoid", [[LN3]], [[1.0]], 0.5 / 16, [[-0.25 * 3 / 16]],
    ),
    "squared-relu": (
        SquaredError, "relu", [[-2.0, 3.0]], [[1.0, 1.0]], 0.5 * (1 + 4), [[0.0, 2.0]],
    ),
    "binary": (  # probabilities 3/4 and 1/4, targets 1 and 1
        BinaryCrossEntropy, "sigmoid",
        [[LN3], [-LN3]], [[1.0], [1.0]],
        -math.log(0.75) - math.log(0.25), [[-0.25], [-0.75]],
    ),
    "binary-soft-target": (
        BinaryCrossEntropy, "sigmoid",
        [[LN3]], [[0.5]], -0.5 * math.log(0.75) - 0.5 * math.log(0.25), [[0.25]],
    ),
    "binary-two-outputs": (
        BinaryCrossEntropy, "sigmoid", [[0.0, LN3]], [[0.0, 0.0]], LN2 + math.log(4), [[0.5, 0.75]],
    ),
    "softmax": (  # probabilities 1/6, 2/6, 3/6
        CrossEntropy, "softmax",
        [[0.0, LN2, LN3]], [[0.0, 1.0, 0.0]], math.log(3.0), [[1 / 6, -2 / 3, 1 / 2]],
    ),
    "softmax-soft-target": (
        CrossEntropy, "softmax",
        [[0.0, LN2, LN3]], [[0.5, 0.0, 0.5]],
        0.5 * math.log(6.0) + 0.5 * LN2, [[1 / 6 - 0.5, 1 / 3, 0.0]],
    ),
    "softmax-two-examples": (
        CrossEntropy, "softmax",
        [[0.0, 0.0], [LN3, 0.0]], [[1.0, 0.0], [0.0, 1.0]],
        LN2 + math.log(4.0), [[-0.5, 0.5], [0.75, -0.75]],
    ),
}  # fmt: skip


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize(("kind", "last", "z", "t", "total", "slope"), HAND.values(), ids=HAND)
def test_loss_gives_hand_worked_sum_mean_and_gradient(
    kind: type[Loss], last: str, z: list, t: list, total: float, slope: list, dtype: str
) -> None:
    tolerance = 1e-13 if dtype == "float64" else 2e-6
    given, targets = np.array(z, dtype), np.array(t, dtype)
    kept = given.copy()
    for reduction, share in (("sum", 1.0), ("mean", 1.0 / len(z))):
        gradient = np.empty_like(given)
        loss = kind(reduction)
        value = loss.value(given, targets, get_activation(last), gradient)
        assert isinstance(value, float) and value == pytest.approx(total * share, rel=tolerance)
        np.testing.assert_allclose(gradient, np.array(slope) * share, rtol=tolerance, atol=1e-7)
        assert value == loss.value(given, targets, get_activation(last))  # without a gradient
    np.testing.assert_array_equal(given, kept)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize(
    ("kind", "last", "z", "t", "total", "slope"),
    [
        (BinaryCrossEntropy, "sigmoid", [[1000.0]], [[1.0]], 0.0, [[0.0]]),
        (BinaryCrossEntropy, "sigmoid", [[1000.0]], [[0.0]], 1000.0, [[1.0]]),
        (BinaryCrossEntropy, "sigmoid", [[-1000.0]], [[1.0]], 1000.0, [[-1.0]]),
        (BinaryCrossEntropy, "sigmoid", [[-1000.0]], [[0.0]], 0.0, [[0.0]]),
        (CrossEntropy, "softmax", [[1000.0, -1000.0]], [[1.0, 0.0]], 0.0, [[0.0, 0.0]]),
        (CrossEntropy, "softmax", [[1000.0, -1000.0]], [[0.0, 1.0]], 2000.0, [[1.0, -1.0]]),
        (CrossEntropy, "softmax", [[1000.0, 1000.0]], [[0.0, 1.0]], LN2, [[0.5, -0.5]]),
        (CrossEntropy, "softmax", [[-1000.0, -1000.0]], [[0.5, 0.5]], LN2, [[0.0, 0.0]]),
        (SquaredError, "sigmoid", [[1000.0, -1000.0]], [[0.0, 0.0]], 0.5, [[0.0, 0.0]]),
    ],
)
def test_logits_of_1000_stay_finite_with_right_gradient(
    kind: type[Loss], last: str, z: list, t: list, total: float, slope: list, dtype: str
) -> None:
    gradient = np.empty(np.shape(z), dtype)
    with warnings.catch_warnings(), np.errstate(over="raise", invalid="raise", divide="raise"):
        warnings.simplefilter("error")
        value = kind().value(np.array(z, dtype), np.array(t, dtype), get_activation(last), gradient)
    assert value == pytest.approx(total, abs=1e-30, rel=1e-6)
    np.testing.assert_allclose(gradient, slope, atol=1e-30)


def test_loss_of_a_wrong_but_sure_answer_is_exact_far_out() -> None:
    # log(1 + exp(-40)) would be 0 if it were taken from a rounded probability.
    value = BinaryCrossEntropy().value(
        np.array([[40.0]]), np.array([[1.0]]), get_activation("sigmoid")
    )
    assert value == pytest.approx(math.exp(-40.0), rel=1e-12)


def test_loss_passes_nan_on() -> None:
    for name, last in (("squared_error", "linear"), ("binary_cross_entropy", "sigmoid"),
                       ("cross_entropy", "softmax")):  # fmt: skip
        with np.errstate(invalid="ignore"):
            z, t = np.array([[np.nan, 0.0]]), np.array([[1.0, 0.0]])
            assert math.isnan(LOSSES[name]().value(z, t, get_activation(last)))


@pytest.mark.parametrize(
    ("loss", "last"),
    [("binary_cross_entropy", "softmax"), ("binary_cross_entropy", "linear"),
     ("cross_entropy", "sigmoid"), ("cross_entropy", "relu")],
)  # fmt: skip
def test_output_activation_that_does_not_fit_is_refused(loss: str, last: str) -> None:
    wanted = {"binary_cross_entropy": "sigmoid", "cross_entropy": "softmax"}[loss]
    with pytest.raises(ValueError) as caught:
        get_loss(loss).check_output(Network([Dense(2, last)], inputs=1).layers[-1].activation)
    expected = f"{loss}: expected a last layer with activation {wanted}, got {last}"
    assert str(caught.value) == expected


def test_squared_error_takes_every_output_activation() -> None:
    for last in ("linear", "sigmoid", "tanh", "relu", "leaky_relu", "softmax"):
        SquaredError().check_output(get_activation(last))


def test_loss_is_found_by_name_or_given() -> None:
    given = SquaredError("sum")
    assert get_loss(given) is given
    assert all(
        get_loss(name).name == name and get_loss(name).reduction == "mean" for name in LOSSES
    )
    with pytest.raises(ValueError) as caught:
        get_loss("mse")
    names = "squared_error, binary_cross_entropy, cross_entropy"
    assert str(caught.value) == f"loss: expected one of {names}, got 'mse'"
    with pytest.raises(
        ValueError, match=r"^CrossEntropy: expected reduction mean or sum, got 'x'$"
    ):
        CrossEntropy("x")
