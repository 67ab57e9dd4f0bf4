"""Training or in use: which pass runs follows from who calls, and chance from one generator."""

import copy
from typing import Any

import numpy as np
import pytest

from pynn import SGD, Dense, Layer, Network, check_gradients, evaluate, fit, train, train_step
from pynn.layers import Shape
from pynn.losses import get_loss

RNG = np.random.default_rng(11)
X, Y = RNG.standard_normal((30, 4)), RNG.integers(0, 3, 30)
WORDS: dict[str, Any] = {"loss": "cross_entropy", "optimizer": None, "batch_size": 8}


class Shaken(Layer):
    """Multiplies by numbers around 1 while the network learns, and counts its passes."""

    needs_noise = True

    def __init__(self) -> None:
        super().__init__({})
        self.passes = {"use": 0, "training": 0}

    def shapes(self, input_shape: Shape) -> tuple[dict[str, Shape], Shape]:
        return {}, input_shape

    def forward(self, x: np.ndarray) -> np.ndarray:
        self.passes["use"] += 1
        return x

    def forward_training(self, x: np.ndarray, noise: np.random.Generator | None) -> np.ndarray:
        self.passes["training"] += 1
        assert noise is not None
        self.factors = noise.uniform(0.5, 1.5, x.shape).astype(x.dtype)
        return x * self.factors

    def backward(self, da: np.ndarray, need_dx: bool = True) -> np.ndarray | None:
        return da * self.factors if need_dx else None


def network(dtype: str = "float64") -> Network:
    layers = [Dense(5, "tanh"), Shaken(), Dense(3, "softmax")]
    return Network(layers, inputs=4, seed=1, dtype=dtype)


def passes(of: Network) -> dict[str, int]:
    layer = of.layers[1]
    assert isinstance(layer, Shaken)
    return layer.passes


def bits(of: Network) -> bytes:
    return b"".join(array.tobytes() for array in of.parameters.values())


def test_whoever_asks_gets_the_answer_and_whoever_trains_the_other_pass() -> None:
    of = network()
    before = of.predict(X)
    assert of.predict(X).tobytes() == before.tobytes()
    evaluate(of, X, Y, loss="cross_entropy")
    of.forward(of.as_input(X))
    assert passes(of) == {"use": 4, "training": 0}
    for _ in train(of, X, Y, **WORDS | {"optimizer": SGD(0.1)}):
        pass
    train_step(of, X, Y, "cross_entropy", SGD(0.1), noise=RNG)
    assert passes(of) == {"use": 4, "training": 5}
    fit(of, X, Y, validation=(X, Y), verbose=False, **WORDS | {"optimizer": SGD(0.1)})
    assert passes(of) == {"use": 5, "training": 9}


@pytest.mark.parametrize("seed", [3, np.random.default_rng(3)])
def test_gradients_are_measured_with_the_noise_held_still(seed: Any) -> None:
    of = network()
    place = copy.deepcopy(seed)
    assert check_gradients(of, X, Y, loss="cross_entropy", seed=seed) < 1e-7
    assert passes(of)["training"] > 10
    if isinstance(seed, np.random.Generator):
        assert seed.random() == place.random()


def test_ten_times_one_epoch_with_one_generator_is_one_time_ten() -> None:
    ten, one = network(), network()
    rng, optimizer = np.random.default_rng(7), SGD(0.1)
    for _ in range(10):
        fit(ten, X, Y, seed=rng, verbose=False, **WORDS | {"optimizer": optimizer})
    fit(
        one, X, Y, epochs=10, seed=np.random.default_rng(7), verbose=False,
        **WORDS | {"optimizer": SGD(0.1)},
    )  # fmt: skip
    assert bits(ten) == bits(one)


def test_seed_tells_the_noise_and_the_order_is_what_it_is_without() -> None:
    weights = []
    for seed in (1, 1, 2):
        of = network()
        fit(of, X, Y, seed=seed, shuffle=False, verbose=False, **WORDS | {"optimizer": SGD(0.1)})
        weights.append(bits(of))
    assert weights[0] == weights[1] != weights[2]
    quiet = Network([Dense(3, "softmax")], inputs=4)
    orders = []
    for of in (quiet, network()):
        steps = train(of, X, Y, **WORDS | {"optimizer": SGD(0.1), "epochs": 2})
        for _ in steps:
            pass
        orders.append(steps.batches._shuffled)
    np.testing.assert_array_equal(*orders)


def test_steps_draw_on_from_the_generator_that_is_given() -> None:
    one, other = network(), network()
    for of, noises in (
        (one, [np.random.default_rng(5)] * 2),
        (other, [np.random.default_rng(5), np.random.default_rng(5)]),
    ):
        for noise in noises:
            train_step(of, X, Y, "cross_entropy", SGD(0.1), noise=noise)
    assert bits(one) != bits(other)


@pytest.mark.parametrize("noise", [None, 3])
def test_step_without_a_generator_is_refused_where_one_is_needed(noise: Any) -> None:
    of = network()
    before = bits(of)
    sentence = f"train_step: expected noise as a NumPy Generator, got {noise}"
    with pytest.raises(ValueError) as caught:
        train_step(of, X, Y, "cross_entropy", SGD(0.1), noise=noise)
    assert str(caught.value) == sentence
    assert bits(of) == before and of.units.pixels is None
    assert passes(of) == {"use": 0, "training": 0}


@pytest.mark.parametrize("given", [4, np.random.default_rng(4)])
@pytest.mark.parametrize("shuffle", [True, False])
def test_state_goes_on_with_the_noise_bit_by_bit(given: Any, shuffle: bool) -> None:
    def begin() -> Any:
        words = WORDS | {"optimizer": SGD(0.1), "epochs": None, "shuffle": shuffle}
        return train(network(), X, Y, seed=copy.deepcopy(given), **words)

    whole, stopped, again = begin(), begin(), begin()
    for _ in range(13):
        next(whole)
    for _ in range(6):
        next(stopped)
    again.restore(stopped.state())
    for training in (stopped, again):
        for _ in range(7):
            next(training)
        assert bits(training.network) == bits(whole.network)


def test_backpropagation_is_the_same_with_noise_that_nobody_needs() -> None:
    of = Network([Dense(3, "softmax")], inputs=4)
    targets = np.eye(3, dtype="float32")[Y]
    losses = [
        of.backpropagate(of.as_input(X), targets, get_loss("cross_entropy"), noise)
        for noise in (None, RNG)
    ]
    assert losses[0] == losses[1]
