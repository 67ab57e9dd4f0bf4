"""A large batch learned from in portions: the same gradients, in a room that does not grow."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
from memory_peak import peak_of

from pynn import SGD, BatchNorm, Conv2D, Dense, Dropout, Flatten, MaxPool2D, Network, train
from pynn.layers import Layer, row
from pynn.losses import CrossEntropy
from pynn.slices import even_slices

RNG = np.random.default_rng(8)
X, Y = RNG.integers(0, 256, (50, 8, 8, 1)).astype(np.uint8), RNG.integers(0, 3, 50)


def convolutional(l2: float = 0.0) -> list[Layer]:
    layers = [Conv2D(4, 3, "relu", l2=l2), MaxPool2D(2), Flatten(), Dense(6, "tanh", l2=l2)]
    return [*layers, Dense(3, "softmax")]


class OwnDense(Dense):
    """It may look at the batch as a whole, for all that anybody knows."""


ALIKE: dict[str, tuple[Callable[[], Sequence[Layer]], str]] = {
    "mean": (convolutional, "mean"),
    "sum": (convolutional, "sum"),
    "penalized-mean": (lambda: convolutional(0.1), "mean"),
    "penalized-sum": (lambda: convolutional(0.1), "sum"),
}
WHOLE: dict[str, Callable[[], Sequence[Layer]]] = {
    "batchnorm": lambda: [Flatten(), Dense(5), BatchNorm(), Dense(3, "softmax")],
    "own-layer": lambda: [Flatten(), OwnDense(5, "tanh"), Dense(3, "softmax")],
}


def trained(layers: Sequence[Layer], reduction: str = "mean", **words: Any) -> Any:
    """A network after three steps of all rows, and the last loss."""
    network = Network(layers, X.shape[1:], seed=1, dtype="float64", **words)
    rate = 0.5 if reduction == "mean" else 0.01
    loss = CrossEntropy(reduction)
    step = train(network, X, Y, loss=loss, optimizer=SGD(rate), batch_size=50, epochs=3).advance(3)
    assert step is not None
    return network, step.loss


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    return lambda: monkeypatch.setattr(row, "MOST_NUMBERS_KEPT", 3000)


@pytest.mark.parametrize(("make", "reduction"), ALIKE.values(), ids=ALIKE)
def test_portions_learn_what_the_whole_learns(
    make: Callable[[], Sequence[Layer]], reduction: str, small: Callable[[], None]
) -> None:
    whole, loss = trained(make(), reduction)
    small()
    cut, loss_cut = trained(make(), reduction)
    assert cut.most_kept < 15 < 50 < whole.most_kept
    assert loss_cut == pytest.approx(loss, rel=1e-12)
    for arrays, others in ((whole.parameters, cut.parameters), (whole.gradients, cut.gradients)):
        for name, array in arrays.items():
            np.testing.assert_allclose(others[name], array, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("make", WHOLE.values(), ids=WHOLE)
def test_layers_that_may_look_at_the_whole_batch_get_it(
    make: Callable[[], Sequence[Layer]], small: Callable[[], None]
) -> None:
    whole, _ = trained(make())
    small()
    again, _ = trained(make())
    for name, array in whole.parameters.items():
        assert again.parameters[name].tobytes() == array.tobytes()


def test_exact_networks_keep_their_stated_order(small: Callable[[], None]) -> None:
    layers = [Flatten(), Dense(80, "tanh"), Dense(3, "softmax")]
    whole, _ = trained(layers, exact=True)
    small()
    again, _ = trained([Flatten(), Dense(80, "tanh"), Dense(3, "softmax")], exact=True)
    assert row.most_kept(again.layers) < 50 < again.most_kept
    for name, array in whole.parameters.items():
        assert again.parameters[name].tobytes() == array.tobytes()


def test_dropout_draws_as_much_in_portions(small: Callable[[], None]) -> None:
    def drawn() -> float:
        network = Network([Flatten(), Dense(80), Dropout(), Dense(3, "softmax")], X.shape[1:])
        rng = np.random.default_rng(0)
        train(
            network, X, Y, loss="cross_entropy", optimizer=SGD(0.1), batch_size=50, seed=rng
        ).advance(1)
        return float(rng.random())

    whole = drawn()
    small()
    assert drawn() == whole


def test_looking_ahead_is_never_cut(small: Callable[[], None]) -> None:
    whole = Network([Dense(400, "tanh"), Dense(3, "softmax")], 64, dtype="float64")
    words: dict[str, Any] = {"loss": "cross_entropy", "batch_size": 10, "epochs": 2}
    flat = X.reshape(50, 64)
    train(whole, flat, Y, optimizer=SGD(0.1), **words).advance(10)
    small()
    cut = Network([Dense(400, "tanh"), Dense(3, "softmax")], 64, dtype="float64")
    assert cut.most_kept < 10
    train(cut, flat, Y, optimizer=SGD(0.1), **words).advance(10)
    for name, array in whole.parameters.items():
        assert cut.parameters[name].tobytes() == array.tobytes()


def test_portions_are_even_and_leave_no_row_out() -> None:
    assert Network([Dense(2**14)], 1).most_kept == 32
    sizes = [part.stop - part.start for part in even_slices(100, 32)]
    assert sizes == [25, 25, 25, 25]
    assert list(even_slices(32, 32)) == [slice(0, 32)]
    assert list(even_slices(33, 32)) == [slice(0, 16), slice(16, 33)]


@pytest.mark.parametrize("batch_size", [64, 300, 1000])
def test_a_step_with_images_needs_16_megabytes_at_most(batch_size: int) -> None:
    layers = [Conv2D(6, 5, "relu"), MaxPool2D(2), Conv2D(16, 5, "relu"), MaxPool2D(2), Flatten()]
    network = Network([*layers, Dense(84, "relu"), Dense(10, "softmax")], (28, 28, 1))
    images = np.zeros((1000, 784), np.uint8)
    steps = train(
        network, images, np.arange(1000) % 10, loss="cross_entropy", optimizer=SGD(0.1),
        batch_size=batch_size, epochs=None,
    )  # fmt: skip
    assert peak_of(lambda: steps.advance(2)) < 16e6
