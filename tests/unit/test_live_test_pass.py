"""The pass over the test images: what it counts as right, and what it shows."""

import numpy as np
import pytest

from pynn import Dense, Network
from pynn.live.test_pass import TestPass

RNG = np.random.default_rng(8)
IMAGES = RNG.integers(0, 256, (2500, 2, 2)).astype(np.uint8)


def whole_pass(network: Network, labels: np.ndarray) -> TestPass:
    passed = TestPass(network, IMAGES, labels)
    assert [*passed.chunks] == [1000, 2000, 2500] and passed.done == 1.0
    return passed


def test_every_answer_is_counted_once_and_the_surest_mistakes_are_shown() -> None:
    network = Network([Dense(3, "softmax")], inputs=4, seed=1)
    outputs = network.predict(IMAGES)
    labels = RNG.integers(0, 3, len(IMAGES)).astype(np.uint8)
    passed = whole_pass(network, labels)
    wrong = outputs.argmax(axis=1) != labels
    assert passed.accuracy == pytest.approx(1 - wrong.mean())
    pictures = passed.pictures()
    assert pictures["confusion"].sum() == len(IMAGES)
    assert np.trace(pictures["confusion"]) == np.count_nonzero(~wrong)
    assert pictures["mistake_labels"][0, 2] == outputs[wrong].max()


def test_an_output_of_nan_is_never_right_and_stands_in_no_picture() -> None:
    network = Network([Dense(3, "softmax")], inputs=4, seed=1)
    network.parameters["dense_1.weights"][0] = np.nan
    labels = np.zeros(len(IMAGES), np.uint8)  # the place at which argmax finds a NaN
    passed = whole_pass(network, labels)
    assert passed.accuracy == 0.0
    pictures = passed.pictures()
    assert pictures["confusion"].shape == (3, 3) and pictures["confusion"].sum() == 0
    assert pictures["mistakes"].shape == (0, 2, 2) and pictures["mistake_labels"].shape == (0, 3)


def test_the_other_answers_count_as_ever_where_some_are_nan() -> None:
    network = Network([Dense(2, "softmax")], inputs=4, seed=1)
    network.set_parameters({"dense_1.weights": np.full((4, 2), 3e38) * [1, -1]})
    images = np.zeros((4, 2, 2), np.uint8)
    images[1] = images[3] = 255  # infinity minus infinity in softmax
    passed = TestPass(network, images, np.array([0, 0, 1, 1], np.uint8))
    with np.errstate(over="ignore", invalid="ignore"):
        assert [*passed.chunks] == [4]
    assert passed.answers.tolist() == [0, -1, 0, -1] and passed.accuracy == 0.25
    pictures = passed.pictures()
    assert pictures["confusion"].tolist() == [[1, 0], [1, 0]]
    np.testing.assert_array_equal(pictures["mistakes"], images[2:3] / 255)


def test_thresholds_tell_what_is_answered_and_how_often_rightly(rng: np.random.Generator) -> None:
    images = rng.integers(0, 255, (300, 28, 28), dtype=np.uint8)
    labels = rng.integers(0, 10, 300)
    network = Network([Dense(10, activation="softmax")], inputs=784, seed=0)
    tested = TestPass(network, images, labels)
    assert tested.go_on(float("inf"))
    table = tested.thresholds()
    sure = network.predict(images).max(axis=1)
    assert table[0].tolist() == [1.0, pytest.approx(tested.accuracy)]
    for percent in (15, 30, 60):
        among = sure >= percent / 100
        assert table[percent, 0] == pytest.approx(among.mean(), abs=0.011)
    assert (np.diff(table[:, 0]) <= 0).all()
