"""What cannot be meant is refused in one sentence of ours, before anything is changed."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from pynn import SGD, CrossEntropy, Dense, Flatten, Network, fit

X, Y = np.eye(4), np.arange(4) % 2


def dense(**words: Any) -> Network:
    return Network([Dense(2, "softmax", **words)], inputs=4)


def fitted(**words: Any) -> object:
    usual = {"loss": "cross_entropy", "optimizer": SGD(0.1), "verbose": False}
    return fit(dense(), X, Y, **(usual | words))


REFUSED: list[tuple[Callable[[], object], str]] = [
    (lambda: Network(Dense(3), 2), "Network: expected at least one layer, got Dense"),  # type: ignore[arg-type]
    (lambda: Network(None, 2), "Network: expected at least one layer, got None"),  # type: ignore[arg-type]
    (lambda: Network([Dense], 2), "Network: expected layers only, got <class"),  # type: ignore[list-item]
    (lambda: Network([Dense(3)], ()), "Network: expected inputs as a whole number >= 1, got ()"),
    (lambda: dense(weights=np.ones((4, 2))), "initializer: expected one of uniform, "),
    (lambda: dense(weights=dict), "initializer: expected one of uniform, "),
    (lambda: fitted(epochs=None), "fit: expected epochs as a whole number >= 0, got None; "),
    (lambda: fitted(validation=X), "fit: expected validation as a pair (x, y), got ndarray"),
    (lambda: fitted(validation=(X,)), "fit: expected validation as a pair (x, y), got tuple"),
    (lambda: fitted(loss=3), "loss: expected one of squared_error, "),
    (lambda: fitted(loss=["mean"]), "loss: expected one of squared_error, "),
    (lambda: fitted(loss=CrossEntropy), "loss: expected one of squared_error, "),
    (lambda: fitted(optimizer="adm"), "train: expected an optimizer"),
]


@pytest.mark.parametrize(("call", "sentence"), REFUSED)
def test_call_is_refused_in_one_sentence(call: Callable[[], object], sentence: str) -> None:
    with pytest.raises(ValueError) as caught:
        call()
    assert str(caught.value).startswith(sentence) and "\n" not in str(caught.value)


def test_one_softmax_unit_which_always_answers_1_is_refused() -> None:
    network = Network([Dense(1, "softmax")], inputs=4)
    before = {name: array.copy() for name, array in network.parameters.items()}
    with pytest.raises(ValueError, match="expected at least 2 outputs with softmax, got 1"):
        fit(network, X, Y, loss="cross_entropy", optimizer=SGD(0.1), verbose=False)
    for name, array in network.parameters.items():
        np.testing.assert_array_equal(array, before[name])


def test_a_layer_without_parameters_cannot_be_in_two_networks_either() -> None:
    flat = Flatten()
    Network([flat, Dense(2)], inputs=(2, 2))
    with pytest.raises(ValueError, match="expected fresh layers, got one that is in use already"):
        Network([flat, Dense(2)], inputs=(2, 2))


def test_layers_of_a_refused_network_can_be_used_again() -> None:
    first, second = Dense(3), Dense(2)
    with pytest.raises(ValueError, match="expected"):
        Network([first, second], inputs=(2, 2))
    assert Network([first, second], inputs=4).outputs == 2
