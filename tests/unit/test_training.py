"""`train`: seeds and bits, input at the door, divergence, going on."""

import math

import numpy as np
import pytest

from pynn import SGD, Adam, Dense, Diverged, Network, SquaredError, train, train_step
from pynn.chance import stream
from pynn.losses import CrossEntropy
from pynn.steps import RunningLoss
from pynn.targets import as_targets

RNG = np.random.default_rng(2)
X = RNG.standard_normal((23, 3))
Y = (X[:, 0] * X[:, 1] > 0).astype(int)


def small(dtype: str = "float32", seed: int = 4) -> Network:
    return Network([Dense(6, "tanh"), Dense(2, "softmax")], inputs=3, seed=seed, dtype=dtype)


def losses(network: Network, **words) -> list[float]:  # type: ignore[no-untyped-def]
    words = {"loss": "cross_entropy", "optimizer": Adam(0.05), "batch_size": 5, "epochs": 3} | words
    x, y = words.pop("x", X), words.pop("y", Y)
    return [step.loss for step in train(network, x, y, **words)]


def bits(network: Network) -> bytes:
    return b"".join(array.tobytes() for array in network.parameters.values())


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_same_seed_gives_same_bits_and_another_seed_others(dtype: str) -> None:
    one, two, other = small(dtype), small(dtype), small(dtype)
    first = losses(one, seed=7)
    assert first == losses(two, seed=7) and bits(one) == bits(two)
    assert first != losses(other, seed=8) and bits(one) != bits(other)


def test_a_generator_can_be_the_seed() -> None:
    one, two = small(), small()
    assert losses(one, seed=7) == losses(two, seed=stream("test", 7, "order"))


def test_training_does_not_touch_the_global_generator() -> None:
    before = np.random.get_state()[1].tobytes()  # type: ignore[union-attr]
    losses(small(), seed=7)
    assert np.random.get_state()[1].tobytes() == before  # type: ignore[union-attr]


def test_steps_count_epochs_and_batches() -> None:
    steps = list(
        train(small(), X, Y, loss="cross_entropy", optimizer=SGD(), batch_size=10, epochs=2)
    )
    places = [(s.epoch, s.step, s.steps, s.examples, s.ends_epoch) for s in steps]
    one = [(1, 3, 10, False), (2, 3, 10, False), (3, 3, 3, True)]
    assert places == [(epoch, *rest) for epoch in (1, 2) for rest in one]


@pytest.mark.parametrize(
    ("batch_size", "sizes"), [(1, [1] * 23), (22, [22, 1]), (23, [23]), (99, [23])]
)
def test_last_batch_may_be_short(batch_size: int, sizes: list[int]) -> None:
    steps = train(small(), X, Y, loss="cross_entropy", optimizer=SGD(), batch_size=batch_size)
    assert [step.examples for step in steps] == sizes


def test_step_tells_the_loss_before_its_update() -> None:
    network = small("float64")
    outputs = network.predict(X)
    wanted = -np.mean(np.log(outputs[np.arange(23), Y]))
    assert losses(network, batch_size=23, epochs=1)[0] == pytest.approx(wanted, rel=1e-12)


def test_no_epochs_is_no_step_and_none_is_endless() -> None:
    assert losses(small(), epochs=0) == []
    steps = train(small(), X, Y, loss="cross_entropy", optimizer=SGD(), batch_size=23, epochs=None)
    for _ in range(500):
        step = next(steps)
    assert step.epoch == 500


def test_training_goes_on_where_a_stopped_iteration_was() -> None:
    whole, parts = small(), small()
    wanted = losses(whole, seed=7)
    steps = train(
        parts, X, Y, loss="cross_entropy", optimizer=Adam(0.05), batch_size=5, epochs=3, seed=7
    )
    got = [next(steps).loss for _ in range(4)]
    parts.predict(X[:2])  # somebody looks at the network meanwhile
    got += [step.loss for step in steps]
    assert got == wanted and bits(whole) == bits(parts)


def test_two_trainings_with_one_optimizer_are_one() -> None:
    whole, parts = small(), small()
    words = {"seed": 0, "shuffle": False}
    wanted = losses(whole, optimizer=Adam(0.05), epochs=4, **words)
    optimizer = Adam(0.05)
    got = losses(parts, optimizer=optimizer, epochs=1, **words)
    got += losses(parts, optimizer=optimizer, epochs=3, **words)
    assert got == wanted and bits(whole) == bits(parts)


def test_bytes_train_as_their_shares_of_255_do() -> None:
    pixels = RNG.integers(0, 256, (40, 2, 3)).astype(np.uint8)
    y = RNG.integers(0, 2, 40)
    networks = [Network([Dense(2, "softmax")], inputs=6, seed=1) for _ in range(3)]
    shares = np.multiply(pixels, 1 / 255, dtype=np.float32)
    assert losses(networks[0], x=pixels, y=y) == losses(networks[1], x=shares, y=y)
    assert bits(networks[0]) == bits(networks[1])
    losses(networks[2], x=pixels / 255, y=y)
    for name, array in networks[0].parameters.items():
        np.testing.assert_allclose(array, networks[2].parameters[name], rtol=1e-4, atol=1e-6)


def test_caller_keeps_x_and_y_unchanged() -> None:
    x, y = X.astype("float32"), Y.copy()
    losses(small(), x=x, y=y)
    np.testing.assert_array_equal(x, X.astype("float32"))
    np.testing.assert_array_equal(y, Y)


def test_training_lowers_the_loss() -> None:
    got = losses(small(), epochs=60)
    assert np.mean(got[-5:]) < 0.3 * np.mean(got[:5])


def test_divergence_says_when_and_what_to_try() -> None:
    network = Network([Dense(1)], inputs=3)
    with pytest.raises(Diverged) as caught:
        losses(network, x=X * 1e3, y=Y, loss="squared_error", optimizer=SGD(10.0), epochs=99)
    assert isinstance(caught.value, ArithmeticError)
    text = str(caught.value)
    assert text.startswith("train: the loss became ") and " in epoch " in text
    assert text.endswith("; try a smaller learning rate")


def test_nothing_comes_after_divergence() -> None:
    steps = train(
        Network([Dense(1)], inputs=3),
        X * 1e3,
        Y,
        loss="squared_error",
        optimizer=SGD(10.0),
        batch_size=4,
        epochs=None,
    )
    with pytest.raises(Diverged):
        for _ in steps:
            pass
    assert list(steps) == [] and steps.advance(3) is None


def test_one_step_by_hand() -> None:
    network = Network([Dense(1, bias=False, weights="zeros")], inputs=2, dtype="float64")
    x, targets = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.0], [-1.0]])
    assert train_step(network, x, targets, SquaredError(), SGD(0.1)) == 0.5
    # dL/dw = mean over examples of x (a - t) = ((1, 2)(-1) + (3, 4)(1)) / 2
    np.testing.assert_allclose(network.parameters["dense_1.weights"], [[-0.1], [-0.1]])


def test_penalty_pulls_weights_but_is_no_part_of_the_loss() -> None:
    network = Network([Dense(2, "softmax", l2=0.5, weights="normal")], inputs=3, dtype="float64")
    before = network.parameters["dense_1.weights"].copy()
    x, targets = np.zeros((1, 3)), as_targets([0], 2, CrossEntropy(), "float64")
    value = train_step(network, x, targets, CrossEntropy(), SGD(0.1))
    assert value == pytest.approx(math.log(2), rel=1e-6)
    np.testing.assert_allclose(network.parameters["dense_1.weights"], before * 0.95, rtol=1e-12)


@pytest.mark.parametrize(("reduction", "wanted"), [("mean", 2.6), ("sum", 9.0)])
def test_running_loss_weighs_batches_by_their_examples(reduction: str, wanted: float) -> None:
    running = RunningLoss(SquaredError(reduction))
    assert math.isnan(running.value)
    running.add(loss=2.0, examples=4)
    running.add(loss=5.0 if reduction == "mean" else 7.0, examples=1)
    assert running.value == pytest.approx(wanted)
