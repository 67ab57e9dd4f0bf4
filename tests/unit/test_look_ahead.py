"""Looking ahead: weights of single steps but for rounding, the same bits in any portions."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from training_runs import OneByOne

from pynn import SGD, Adam, Conv2D, Dense, Diverged, Flatten, Network, StepDecay, fit, train
from pynn.layers import Layer
from pynn.lookahead import MOST, LookAhead
from pynn.optimizer import Optimizer
from pynn.optimizers import OPTIMIZERS
from pynn.training_steps import Training

RNG = np.random.default_rng(6)
X, Y = RNG.standard_normal((50, 6)), RNG.integers(0, 3, 50)


def network(*first: Layer, dtype: str = "float64") -> Network:
    return Network([*first, Dense(5, "tanh"), Dense(3, "softmax")], inputs=6, seed=2, dtype=dtype)


def training(of: Network, optimizer: Optimizer, **words: Any):  # type: ignore[no-untyped-def]
    words = {"loss": "cross_entropy", "batch_size": 3, "epochs": 4, "seed": 1} | words
    return train(of, X, Y, optimizer=optimizer, **words)


FIRST: dict[str, Callable[[], Layer]] = {
    "tanh": lambda: Dense(64, "tanh"),
    "relu": lambda: Dense(40, "relu"),
    "softmax": lambda: Dense(24, "softmax"),
    "no-bias": lambda: Dense(64, "sigmoid", bias=False),
    "wide": lambda: Dense(500, "sigmoid"),
    "bias-start": lambda: Dense(64, "tanh", bias_start="normal"),
}
RATES: dict[str, Any] = {"constant": 0.3, "schedule": StepDecay(0.5, every=5, factor=0.8)}


def assert_alike(one: Network, two: Network, tolerance: float = 1e-10) -> None:
    for name, array in one.parameters.items():
        np.testing.assert_allclose(array, two.parameters[name], rtol=tolerance, atol=tolerance)


PIECES = {"whole": [68], "single": [1] * 68, "mixed": [5, 20, 1, 42], "beyond": [100]}


@pytest.mark.parametrize("pieces", PIECES.values(), ids=PIECES)
@pytest.mark.parametrize("rate", RATES.values(), ids=RATES)
@pytest.mark.parametrize("first", FIRST.values(), ids=FIRST)
def test_looking_ahead_gives_the_weights_of_single_steps(
    first: Callable[[], Layer], rate: Any, pieces: list[int]
) -> None:
    single, ahead = network(first()), network(first())
    steps = list(training(single, OneByOne(rate)))
    running = training(ahead, SGD(rate))
    assert running.ahead is not None
    for count in pieces:
        last = running.advance(count)
    assert last is not None and running.advance(5) is None  # the epochs are over
    assert (last.epoch, last.step, last.examples) == (4, 17, 2) and len(steps) == 68
    assert last.loss == pytest.approx(steps[-1].loss, rel=1e-9)
    assert_alike(single, ahead)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_other_optimizers_advance_by_the_very_steps(optimizer: str) -> None:
    single, ahead = network(Dense(64)), network(Dense(64))
    list(training(single, OPTIMIZERS[optimizer](0.01)))
    running = training(ahead, OPTIMIZERS[optimizer](0.01))
    assert LookAhead.suits(ahead, running.optimizer) == (optimizer == "sgd")
    running.advance(1000)
    assert_alike(single, ahead, 1e-10 if optimizer == "sgd" else 0.0)


@pytest.mark.parametrize(
    ("layers", "optimizer", "batch_size", "together"),
    [
        ([Dense(64)], SGD(1), 3, 5),
        ([Dense(64)], SGD(1), 16, 1),
        ([Dense(64)], SGD(1), 1, 16),
        ([Dense(2000)], SGD(1), 1, MOST),
        ([Dense(64)], Adam(1), 1, 1),
        ([Dense(64, l1=0.1)], SGD(1), 1, 1),
        ([Dense(64, l2=0.1)], SGD(1), 1, 1),
        ([Flatten(), Dense(64)], SGD(1), 1, 1),
    ],
)
def test_it_is_done_only_where_it_is_right_and_worth_it(
    layers: list[Layer], optimizer: Optimizer, batch_size: int, together: int
) -> None:
    assert LookAhead.batches_for(network(*layers), optimizer, batch_size) == together


def test_images_before_a_convolution_are_left_to_single_steps() -> None:
    layers = [Conv2D(64, 2), Flatten(), Dense(3, "softmax")]
    assert LookAhead.batches_for(Network(layers, (2, 3, 1)), SGD(1), 1) == 1


def test_single_steps_and_looking_ahead_can_be_mixed() -> None:
    single, mixed = network(Dense(64, "tanh")), network(Dense(64, "tanh"))
    list(training(single, OneByOne(0.3)))
    running = training(mixed, SGD(0.3))
    for count in (3, 7, 1, 11):
        next(running)
        mixed.predict(X[:4])  # somebody looks at the network meanwhile
        running.advance(count)
    running.advance(1000)
    assert_alike(single, mixed)


def test_one_layer_is_its_own_first_and_last() -> None:
    single, ahead = (Network([Dense(16, "softmax")], inputs=6, dtype="float64") for _ in range(2))
    list(training(single, OneByOne(0.3), batch_size=1))
    running = training(ahead, SGD(0.3), batch_size=1)
    assert running.ahead is not None
    running.advance(1000)
    assert_alike(single, ahead)


def test_parameters_stay_the_same_arrays() -> None:
    ahead = network(Dense(64))
    before = dict(ahead.parameters)
    training(ahead, SGD(0.3)).advance(20)
    assert all(ahead.parameters[name] is array for name, array in before.items())
    assert list(ahead.layers[0].params) == ["weights", "bias"]


def looked_at(running: Training) -> None:
    """Somebody looks at the network after every step."""
    for step in running:
        running.network.predict(X[:3])
        assert step.loss > 0


TAKEN: dict[str, Callable[[Training], object]] = {
    "singles": list,
    "looked-at": looked_at,
    "fives": lambda running: [running.advance(5) for _ in range(14)],
    "changing": lambda running: [running.advance(n) for n in (1, 30, 2, 11, 24)],
    "groups": lambda running: list(iter(running.group, [])),
    "small-groups": lambda running: list(iter(lambda: running.group(2), [])),
}


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("take", TAKEN.values(), ids=TAKEN)
def test_the_portions_in_which_steps_are_taken_change_no_bit(
    take: Callable[[Training], object], dtype: str
) -> None:
    whole, cut = (network(Dense(64, "tanh"), dtype=dtype) for _ in range(2))
    training(whole, SGD(0.3)).advance(1000)
    take(training(cut, SGD(0.3)))
    for name, array in whole.parameters.items():
        assert cut.parameters[name].tobytes() == array.tobytes()


def test_momentum_for_a_while_leaves_the_same_groups_whether_kept_meanwhile_or_not() -> None:
    whole, kept = network(Dense(64, "tanh")), network(Dense(64, "tanh"))
    running, first = (training(of, SGD(0.3, momentum=0.5)) for of in (whole, kept))

    def change(of: Training, momentum: float, steps: int) -> None:
        of.optimizer.momentum = momentum  # type: ignore[attr-defined]
        of.advance(steps)

    for of in (running, first):
        change(of, 0.5, 2)
        change(of, 0.0, 6)
        of.optimizer.momentum = 0.9  # type: ignore[attr-defined]
    later = training(network(Dense(64, "tanh")), SGD(0.1))
    later.restore(first.state())
    for of in (running, later):
        change(of, 0.0, 3)
        change(of, 0.4, 2)
        change(of, 0.0, 1000)
    assert_alike(whole, later.network, 0.0)


def test_fit_takes_steps_together_and_its_loss_is_that_of_single_ones() -> None:
    words: dict[str, Any] = {"loss": "cross_entropy", "batch_size": 3, "epochs": 4, "seed": 1}
    fitted, single = network(Dense(64, "tanh")), network(Dense(64, "tanh"))
    history = fit(fitted, X, Y, optimizer=SGD(0.3), verbose=False, **words)
    steps = list(training(single, SGD(0.3)))
    assert_alike(fitted, single, 0.0)
    last = sum(step.loss * step.examples for step in steps[-17:]) / len(X)
    assert history["loss"][-1] == pytest.approx(last, rel=1e-12) and len(history["loss"]) == 4
    # The gradient that nobody asks for was not made: that is what is saved.
    assert not fitted.gradients["dense_1.weights"].any()


def test_a_group_is_told_step_by_step_and_ends_with_its_epoch() -> None:
    running = training(network(Dense(64)), SGD(0.3))
    groups = list(iter(running.group, []))
    assert [len(group) for group in groups] == 4 * [5, 5, 5, 2]
    places = [(step.epoch, step.step, step.examples) for group in groups for step in group]
    one_by_one = training(network(Dense(64)), OneByOne(0.3))
    assert places == [(step.epoch, step.step, step.examples) for step in one_by_one]


def test_steps_before_a_divergence_within_a_group_are_told_first() -> None:
    running = training(network(Dense(64, "linear")), SGD(1e160))
    told = []
    with pytest.raises(Diverged, match="the loss became") as caught:
        while group := running.group():
            told += group
    assert told and all(np.isfinite(step.loss) for step in told)
    assert f"epoch 1, step {len(told) + 1};" in str(caught.value)
    assert running.group() == [] and running.advance(3) is None and list(running) == []


def test_divergence_ahead_leaves_the_weights_as_they_then_are() -> None:
    layers = [Dense(64, "linear"), Dense(1)]
    single, ahead = (Network(layers_, 6, seed=3) for layers_ in (layers, [Dense(64), Dense(1)]))
    words: dict[str, Any] = {"loss": "squared_error", "epochs": None}
    texts = []
    for run in (
        lambda: list(train(single, X, Y, optimizer=OneByOne(0.5), batch_size=1, **words)),
        lambda: train(ahead, X, Y, optimizer=SGD(0.5), batch_size=1, **words).advance(10**6),
    ):
        with pytest.raises(Diverged) as caught:
            run()
        texts.append(str(caught.value))
    assert all(text.startswith("train: the loss became ") for text in texts)
    assert not np.isfinite(ahead.parameters["dense_1.weights"]).all()
