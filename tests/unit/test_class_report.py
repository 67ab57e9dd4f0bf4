"""Figures for each class, by hand and as a table; the classes that a network answers."""

import numpy as np
import pytest

from pynn import BatchNorm, Conv2D, Dense, Dropout, Flatten, MaxPool2D, Network
from pynn import class_report as report_of
from pynn.activations import LeakyReLU


def echo(outputs: int, activation: str = "linear") -> Network:
    """A network that answers its inputs."""
    network = Network([Dense(outputs, activation)], inputs=outputs, dtype="float64")
    network.set_parameters({"dense_1.weights": np.eye(outputs)})
    return network


# Truth 0 0 0 1 1 2, answers 0 0 1 1 1 1.
TRUTH, ANSWERS = [0, 0, 0, 1, 1, 2], np.eye(4)[[0, 0, 1, 1, 1, 1]]


def test_figures_are_those_worked_out_by_hand() -> None:
    report = report_of(echo(4), ANSWERS, TRUTH)
    assert report.accuracy == pytest.approx(4 / 6)
    first, second, third, fourth = report.classes
    assert (first.precision, first.recall, first.examples) == (1.0, pytest.approx(2 / 3), 3)
    assert first.f1 == pytest.approx(0.8)
    assert (second.precision, second.recall) == (0.5, 1.0)
    assert (third.precision, third.recall, third.f1, third.examples) == (0.0, 0.0, 0.0, 1)
    assert (fourth.precision, fourth.recall, fourth.f1, fourth.examples) == (0.0, 0.0, 0.0, 0)
    assert report.average.precision == pytest.approx(1.5 / 4)
    lines = str(report).splitlines()
    assert lines[0].split() == ["class", "precision", "recall", "F1", "examples"]
    assert lines[1].split() == ["0", "1.0000", "0.6667", "0.8000", "3"]
    assert lines[-2].split()[0] == "average" and lines[-1] == "accuracy 0.6667"


def test_one_output_has_two_classes() -> None:
    report = report_of(echo(1), [[0.2], [0.9], [0.7]], [0, 1, 0])
    assert [one.examples for one in report.classes] == [2, 1]
    assert report.classes[1].precision == 0.5


def test_classes_are_predicted() -> None:
    x = np.array([[0.1, 0.9, 0.3], [2.0, -1.0, 0.0]])
    np.testing.assert_array_equal(echo(3).predict_classes(x), [1, 0])
    one = echo(1).predict_classes([[0.5], [0.51], [-3.0]])
    np.testing.assert_array_equal(one, [0, 1, 0])
    np.testing.assert_array_equal(echo(1, "tanh").predict_classes([[-0.1], [0.1]]), [0, 1])
    assert one.dtype.kind == "i"


def test_network_says_what_it_is_as_python_that_makes_one_like_it() -> None:
    layers = [
        Conv2D(3, 2, LeakyReLU(0.2), padding="same", l2=0.1), BatchNorm(), MaxPool2D(2),
        Flatten(), Dropout(0.3), Dense(4, "gelu"), Dense(2, "softmax"),
    ]  # fmt: skip
    network = Network(layers, inputs=(6, 6, 1), dtype="float64")
    again = eval(repr(network))
    assert repr(again) == repr(network)
    x = np.random.default_rng(0).standard_normal((3, 6, 6, 1))
    np.testing.assert_array_equal(again.predict(x), network.predict(x))
    exact = Network([Dense(2, "tanh"), Dense(1)], inputs=3, exact=True)
    said = "Network([Dense(2, activation='tanh'), Dense(1)], inputs=3, exact=True)"
    assert repr(exact) == said
