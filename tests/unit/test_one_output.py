"""One output answers yes or no: labels 0 and 1, or -1 and 1, in either shape."""

import numpy as np
import pytest

from pynn import Adam, Dense, Network, accuracy, confusion_matrix, evaluate, fit

RNG = np.random.default_rng(8)
X = RNG.standard_normal((200, 2))
YES = X[:, 0] + 0.4 * RNG.standard_normal(200) > 0
LABELS = {
    "sigmoid-01": ("sigmoid", YES.astype(int)),
    "sigmoid-bool": ("sigmoid", YES),
    "linear-01": ("linear", YES.astype(float)),
    "linear-signs": ("linear", np.where(YES, 1.0, -1.0)),
    "tanh-01": ("tanh", YES.astype(int)),
    "tanh-signs": ("tanh", np.where(YES, 1, -1)),
}


@pytest.mark.parametrize(("activation", "y"), LABELS.values(), ids=LABELS)
def test_labels_are_told_apart_at_their_middle(activation: str, y: np.ndarray) -> None:
    network = Network([Dense(1, activation)], inputs=2, seed=0)
    words = {"loss": "squared_error"}
    fit(network, X, y, optimizer=Adam(0.05), epochs=20, verbose=False, **words)
    cut = 0.0 if y.min() < 0 else 0.5
    answers = network.predict(X)[:, 0] > cut
    wanted = np.mean(answers == YES)
    assert wanted > 0.8
    for given in (y, y[:, np.newaxis]):
        assert accuracy(network, X, given) == wanted
        assert evaluate(network, X, given, **words).accuracy == wanted
        table = confusion_matrix(network, X, given)
        assert table.tolist() == [
            [np.sum(~YES & ~answers), np.sum(~YES & answers)],
            [np.sum(YES & ~answers), np.sum(YES & answers)],
        ]


def constant(activation: str, z: float) -> Network:
    network = Network([Dense(1, activation, weights="zeros")], inputs=2)
    network.set_parameters({"dense_1.bias": [z]})
    return network


@pytest.mark.parametrize(("activation", "right"), [("tanh", 1.0), ("linear", 0.0)])
def test_labels_that_are_all_1_leave_it_to_the_activation(activation: str, right: float) -> None:
    network, y = constant(activation, 0.2), np.ones(200)
    assert accuracy(network, X, y) == right
    assert evaluate(network, X, y, loss="squared_error").accuracy == right


@pytest.mark.parametrize("measure", [accuracy, confusion_matrix])
@pytest.mark.parametrize("column", [False, True])
@pytest.mark.parametrize(
    ("labels", "sentence"),
    [
        ([0, 2], "expected labels 0 and 1, or -1 and 1, got 0 to 2"),
        ([0, 99], "expected labels 0 and 1, or -1 and 1, got 0 to 99"),
        ([-1, 0], "expected labels 0 and 1, or -1 and 1, got -1 to 0"),
        ([0.5, 1.0], "class_numbers: expected whole class numbers, got fractions"),
        ([np.nan, 1.0], "class_numbers: expected whole class numbers, got fractions"),
    ],
)
def test_other_labels_are_refused(measure, labels, column, sentence) -> None:  # type: ignore[no-untyped-def]
    y = np.array(labels)[:, np.newaxis] if column else labels
    with pytest.raises(ValueError) as caught:
        measure(constant("sigmoid", 0.0), X[:2], y)
    who = "" if sentence.startswith("class_numbers") else f"{measure.__name__}: "
    assert str(caught.value) == who + sentence
