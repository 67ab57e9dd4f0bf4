"""`train` and `fit` check what they get at once, with one sentence, before any step."""

import numpy as np
import pytest

from pynn import SGD, Dense, Network, fit, train

X, Y = np.zeros((4, 3)), np.array([0, 1, 0, 1])

LENGTHS = "train: expected as many targets as examples, at least one, got "
CASES = {
    "batch-size-0": ({"batch_size": 0}, "train: expected batch_size as a whole number >= 1, got 0"),
    "batch-size-real": (
        {"batch_size": 1.5},
        "train: expected batch_size as a whole number >= 1, got 1.5",
    ),
    "batch-size-text": (
        {"batch_size": "2"},
        "train: expected batch_size as a whole number >= 1, got '2'",
    ),
    "epochs-negative": ({"epochs": -1}, "train: expected epochs as a whole number >= 0, got -1"),
    "epochs-real": ({"epochs": 0.5}, "train: expected epochs as a whole number >= 0, got 0.5"),
    "fewer-targets": ({"y": Y[:3]}, LENGTHS + "4 examples and 3 targets"),
    "one-target": ({"y": Y[:1]}, LENGTHS + "4 examples and 1 targets"),
    "nothing": ({"x": X[:0], "y": Y[:0]}, LENGTHS + "0 examples and 0 targets"),
    "x-shape": ({"x": X[:, :2]}, "Network: expected x with shape (any, 3), got (4, 2)"),
    "x-flat": ({"x": X[:, 0]}, "Network: expected x with shape (any, 3), got (4,)"),
    "x-text": ({"x": [["a", "b", "c"]] * 4}, "Network: expected x as numbers, got text"),
    "x-nan": ({"x": X + np.nan}, "train: expected x as finite numbers, got NaN or infinity"),
    "x-infinite": ({"x": X + np.inf}, "train: expected x as finite numbers, got NaN or infinity"),
    "y-class": ({"y": Y + 1}, "one_hot: expected class numbers from 0 to 1, got 1 to 2"),
    "loss-name": (
        {"loss": "hinge"},
        "loss: expected one of squared_error, binary_cross_entropy, cross_entropy, got 'hinge'",
    ),
    "loss-and-output": (
        {"loss": "binary_cross_entropy"},
        "binary_cross_entropy: expected a last layer with activation sigmoid, got softmax",
    ),
}


@pytest.mark.parametrize("door", [train, fit])
@pytest.mark.parametrize(("words", "sentence"), CASES.values(), ids=CASES)
def test_input_that_does_not_fit_is_refused_before_any_step(door, words, sentence) -> None:  # type: ignore[no-untyped-def]
    network = Network([Dense(2, "softmax")], inputs=3)
    before = network.parameters["dense_1.weights"].copy()
    words = {"x": X, "y": Y, "loss": "cross_entropy", "optimizer": SGD()} | words
    with pytest.raises(ValueError) as caught:
        door(network, words.pop("x"), words.pop("y"), **words)
    assert str(caught.value) == sentence
    np.testing.assert_array_equal(network.parameters["dense_1.weights"], before)


VALIDATION = {
    "x-shape": ((X[:, :2], Y), "Network: expected x with shape (any, 3), got (4, 2)"),
    "lengths": (
        (X, Y[:2]),
        "validation: expected as many targets as examples, at least one, "
        "got 4 examples and 2 targets",
    ),
    "y-class": ((X, Y + 1), "one_hot: expected class numbers from 0 to 1, got 1 to 2"),
}


@pytest.mark.parametrize(("validation", "sentence"), VALIDATION.values(), ids=VALIDATION)
def test_validation_that_does_not_fit_is_refused_before_any_step(validation, sentence) -> None:  # type: ignore[no-untyped-def]
    network = Network([Dense(2, "softmax")], inputs=3)
    before = network.parameters["dense_1.bias"].copy()
    with pytest.raises(ValueError) as caught:
        fit(network, X + 1, Y, loss="cross_entropy", optimizer=SGD(), validation=validation)
    assert str(caught.value) == sentence
    np.testing.assert_array_equal(network.parameters["dense_1.bias"], before)


def test_least_input_is_taken() -> None:
    network = Network([Dense(2, "softmax")], inputs=3)
    steps = train(
        network, X[:1], Y[:1], loss="cross_entropy", optimizer=SGD(), batch_size=np.int64(1)
    )
    assert len(list(steps)) == 1
