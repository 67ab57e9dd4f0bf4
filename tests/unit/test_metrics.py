"""Accuracy, confusion and evaluation, on networks whose answers are known beforehand."""

import numpy as np
import pytest

from pynn import Dense, Network, SquaredError, accuracy, confusion_matrix, evaluate, one_hot
from pynn.layers.row import MOST_ROWS
from pynn.metrics import answers_in_chunks, count_pairs


def echo(outputs: int, activation: str = "linear") -> Network:
    """Answers its own input."""
    network = Network([Dense(outputs, activation)], inputs=outputs, dtype="float64")
    network.set_parameters({"dense_1.weights": np.eye(outputs)})
    return network


ANSWERS = np.eye(4)[[0, 1, 1, 2, 2, 2, 3]]
TRUTH = [0, 1, 2, 2, 2, 0, 3]


def test_accuracy_is_the_share_of_right_answers() -> None:
    assert accuracy(echo(4), ANSWERS, TRUTH) == pytest.approx(5 / 7)
    assert accuracy(echo(4), ANSWERS, np.eye(4)[TRUTH]) == pytest.approx(5 / 7)
    assert type(accuracy(echo(4), ANSWERS, TRUTH)) is float


def test_accuracy_with_one_output_cuts_at_one_half() -> None:
    x = [[0.5], [0.5001], [-3.0], [7.0]]
    assert accuracy(echo(1), x, [0, 1, 0, 1]) == 1.0
    assert accuracy(echo(1), x, [[0], [1], [1], [1]]) == 0.75
    assert accuracy(echo(1), x, [False, True, False, True]) == 1.0


def test_confusion_has_truth_in_rows_and_answers_in_columns() -> None:
    wanted = [[1, 0, 1, 0], [0, 1, 0, 0], [0, 1, 2, 0], [0, 0, 0, 1]]
    np.testing.assert_array_equal(confusion_matrix(echo(4), ANSWERS, TRUTH), wanted)
    one = confusion_matrix(echo(1), [[0.0], [1.0], [1.0]], [0, 0, 1])
    np.testing.assert_array_equal(one, [[1, 1], [0, 1]])


def test_count_pairs_counts_all_and_refuses_classes_outside() -> None:
    pairs = count_pairs(np.array([0, 2, 2]), np.array([1, 2, 2]), 3)
    np.testing.assert_array_equal(pairs, [[0, 1, 0], [0, 0, 0], [0, 0, 2]])
    assert count_pairs(np.zeros(0, int), np.zeros(0, int), 2).tolist() == [[0, 0], [0, 0]]
    for wrong in ([3], [-1]):
        with pytest.raises(ValueError, match=r"^confusion_matrix: expected classes from 0 to 2, "):
            count_pairs(np.array(wrong), np.array([0]), 3)


@pytest.mark.parametrize("n", [1, MOST_ROWS, MOST_ROWS + 1, 2 * MOST_ROWS + 7])
def test_evaluation_in_chunks_equals_all_at_once(n: int, rng: np.random.Generator) -> None:
    network, x = echo(3), rng.standard_normal((n, 3))
    t = one_hot(rng.integers(0, 3, n), 3, "float64")
    squares = 0.5 * ((x - t) ** 2).sum()
    mean = evaluate(network, x, t, loss="squared_error")
    total = evaluate(network, x, t, loss=SquaredError("sum"))
    assert mean.loss == pytest.approx(squares / n, rel=1e-12)
    assert total.loss == pytest.approx(squares, rel=1e-12)
    assert mean.accuracy == np.mean(x.argmax(axis=1) == t.argmax(axis=1))
    assert type(mean.loss) is float and type(mean.accuracy) is float


def test_evaluation_agrees_with_accuracy_and_leaves_the_network_alone() -> None:
    network = echo(4, "softmax")
    before = network.parameters["dense_1.weights"].copy()
    measured = evaluate(network, ANSWERS, TRUTH, loss="cross_entropy")
    assert measured.accuracy == accuracy(network, ANSWERS, TRUTH)
    right, wrong = np.log(np.e + 3) - 1, np.log(np.e + 3)
    assert measured.loss == pytest.approx((5 * right + 2 * wrong) / 7)
    np.testing.assert_array_equal(network.parameters["dense_1.weights"], before)
    assert not network.gradients["dense_1.weights"].any()


def test_evaluation_leaves_penalties_out() -> None:
    network = Network([Dense(1, l1=5.0, l2=5.0, weights="zeros", bias_start="zeros")], inputs=1)
    network.set_parameters({"dense_1.weights": [[1.0]]})
    assert evaluate(network, [[2.0]], [2.0], loss="squared_error").loss == 0.0


def test_evaluation_of_a_network_gone_wild_is_not_finite_and_not_a_warning() -> None:
    network = Network([Dense(2, "relu"), Dense(2, "softmax")], inputs=1)
    network.set_parameters(
        {"dense_1.weights": [[3e38, 3e38]], "dense_2.weights": np.full((2, 2), 3e38)}
    )
    assert not np.isfinite(evaluate(network, [[9.0]], [0], loss="cross_entropy").loss)


def test_answers_in_chunks_cover_all_rows_once(rng: np.random.Generator) -> None:
    x = rng.standard_normal((2 * MOST_ROWS + 1, 3))
    parts = list(answers_in_chunks(echo(3), x))
    assert [rows.stop - rows.start for rows, _ in parts] == [MOST_ROWS, MOST_ROWS, 1]
    np.testing.assert_allclose(np.concatenate([outputs for _, outputs in parts]), x)


WHO = "expected as many targets as examples, at least one, got"


@pytest.mark.parametrize("measure", [accuracy, confusion_matrix])
@pytest.mark.parametrize(
    ("x", "y", "text"),
    [
        (ANSWERS, TRUTH[:3], f"{WHO} 7 examples and 3 targets"),
        (ANSWERS[:0], [], f"{WHO} 0 examples and 0 targets"),
        (ANSWERS[:, :3], TRUTH, "Network: expected x with shape (any, 4), got (7, 3)"),
        (
            ANSWERS,
            np.array(TRUTH)[:, np.newaxis],
            "expected targets of shape (any,) or (any, 4), got (7, 1)",
        ),
        (ANSWERS, [0.5] * 7, "class_numbers: expected whole class numbers, got fractions"),
    ],
)
def test_measures_refuse_what_does_not_fit(measure, x, y, text: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError) as caught:
        measure(echo(4), x, y)
    who = "" if text.split(":")[0] in ("Network", "class_numbers") else measure.__name__ + ": "
    assert str(caught.value) == who + text


def test_confusion_refuses_classes_that_the_network_does_not_have() -> None:
    with pytest.raises(
        ValueError, match=r"^confusion_matrix: expected classes from 0 to 3, got 0 to 4$"
    ):
        confusion_matrix(echo(4), ANSWERS[:2], [0, 4])


def test_evaluation_refuses_what_does_not_fit() -> None:
    with pytest.raises(ValueError, match=rf"^evaluate: {WHO} 7 examples and 1 targets$"):
        evaluate(echo(4), ANSWERS, [1], loss="squared_error")
    with pytest.raises(ValueError, match=r"^cross_entropy: expected a last layer with activation"):
        evaluate(echo(4), ANSWERS, TRUTH, loss="cross_entropy")
