"""What is not finite is noticed: after the last update, at the door, and in the measures."""

from collections.abc import Callable

import numpy as np
import pytest

from pynn import SGD, Dense, Diverged, Network, accuracy, confusion_matrix, evaluate, fit, train

X, Y = np.full((4, 2), 1e30), np.zeros((4, 1))


def steep() -> Network:
    """Its first loss is finite and its first update overflows."""
    network = Network([Dense(1, weights="zeros")], inputs=2)
    network.set_parameters({"dense_1.bias": [1e10]})
    return network


@pytest.mark.parametrize("epochs", [1, 2])
def test_last_update_that_overflows_is_no_normal_end(epochs: int) -> None:
    network = steep()
    with pytest.raises(Diverged) as caught:
        fit(
            network, X, Y, loss="squared_error", optimizer=SGD(1.0),
            epochs=epochs, batch_size=4, verbose=False,
        )  # fmt: skip
    became = "dense_1.weights became NaN or infinite in epoch 1"
    if epochs == 2:
        became = "the loss became inf in epoch 2"
    assert str(caught.value) == f"train: {became}, step 1; try a smaller learning rate"


def test_last_update_in_a_look_ahead_is_noticed_too() -> None:
    network = Network([Dense(40), Dense(1)], inputs=2)
    steps = train(network, X / 1e25, Y + 1e30, loss="squared_error", optimizer=SGD(1e9),
                  batch_size=1)  # fmt: skip
    assert steps.ahead is not None
    with pytest.raises(Diverged):
        steps.advance(4)
    assert list(steps) == []


@pytest.mark.parametrize("bad", [np.nan, np.inf])
@pytest.mark.parametrize("door", [train, fit])
def test_weights_that_are_not_finite_are_refused_at_the_door(
    door: Callable[..., object], bad: float
) -> None:
    network, optimizer = steep(), SGD(0.1)
    network.parameters["dense_1.bias"].fill(bad)  # as a diverged run leaves it
    with pytest.raises(ValueError) as caught:
        door(network, X, Y, loss="squared_error", optimizer=optimizer)
    assert str(caught.value) == (
        "train: expected a network of finite weights, got NaN or infinity in dense_1.bias; "
        "make a new network"
    )
    assert optimizer.updates == 0


def half_wild(outputs: int) -> Network:
    """Its answer is NaN where x is negative, as inf - inf."""
    network = Network([Dense(2, "relu"), Dense(outputs)], inputs=1)
    network.set_parameters({"dense_1.weights": [[-1.0, -1.0]]})
    second = network.parameters["dense_2.weights"]
    second[0], second[1] = np.inf, -np.inf
    return network


@pytest.mark.parametrize("measure", [accuracy, confusion_matrix])
@pytest.mark.parametrize("outputs", [1, 3])
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_outputs_that_are_nan_are_no_answer(measure: Callable[..., object], outputs: int) -> None:
    x, y = np.array([[-1.0], [-2.0], [-3.0]]), [0, 0, 0]
    with pytest.raises(ValueError) as caught:
        measure(half_wild(outputs), x, y)
    assert str(caught.value) == (
        f"{measure.__name__}: expected outputs that are numbers, got NaN for 3 of 3 examples; "
        f"train a new network"
    )
    measured = evaluate(half_wild(outputs), x, y, loss="squared_error")
    assert np.isnan(measured.loss) and measured.accuracy == 0.0


@pytest.mark.parametrize("y", [[0, 99], [-1, 1]])
@pytest.mark.parametrize("measure", [accuracy, confusion_matrix])
def test_class_numbers_outside_are_refused(measure: Callable[..., object], y: list[int]) -> None:
    network = Network([Dense(3)], inputs=1)
    with pytest.raises(ValueError) as caught:
        measure(network, [[1.0], [2.0]], y)
    assert str(caught.value) == (
        f"{measure.__name__}: expected classes from 0 to 2, got {min(y)} to {max(y)}"
    )
