"""One network and several users: each gets the answers of one call at a time."""

import copy
import pickle
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Thread

import numpy as np
import pytest

from pynn import SGD, Conv2D, Dense, Flatten, Network, check_gradients, evaluate, fit, train
from pynn.training_steps import Training

COPIES: dict[str, Callable[[Network], Network]] = {
    "deep": copy.deepcopy,
    "pickled": lambda network: pickle.loads(pickle.dumps(network)),
}


@pytest.fixture(autouse=True)
def threads_change_often() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def together(*calls: Callable[[], object]) -> list[object]:
    """What the calls return, made in threads that begin at the same moment."""
    barrier = Barrier(len(calls))

    def wait(call: Callable[[], object]) -> object:
        barrier.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return [run.result() for run in [pool.submit(wait, call) for call in calls]]


def digits_network(seed: int = 0) -> Network:
    return Network([Dense(64, "relu"), Dense(10, "softmax")], inputs=64, seed=seed)


def test_predict_in_four_threads_gives_the_rows_of_one(rng: np.random.Generator) -> None:
    network = digits_network()
    sets = [rng.random((300 + 50 * k, 64)) for k in range(4)]
    alone = [network.predict(x) for x in sets]

    def wrong(x: np.ndarray, expected: np.ndarray) -> int:
        return sum(not np.array_equal(network.predict(x), expected) for _ in range(40))

    calls = [lambda x=x, a=a: wrong(x, a) for x, a in zip(sets, alone, strict=True)]
    assert together(*calls) == [0] * 4


@pytest.mark.parametrize("batch_size", [16, 4], ids=["one-step", "look-ahead"])
def test_training_is_the_same_while_others_predict(
    batch_size: int, rng: np.random.Generator
) -> None:
    x, y = rng.random((400, 64)), rng.integers(10, size=400)
    undisturbed, network = digits_network(), digits_network()

    def training(of: Network) -> Training:
        words = {"loss": "cross_entropy", "optimizer": SGD(0.1), "batch_size": batch_size}
        return train(of, x, y, epochs=4, **words)

    training(undisturbed).advance(10_000)
    steps = training(network)
    trained = Thread(target=steps.advance, args=(10_000,))

    def ask() -> None:
        while trained.is_alive():
            network.predict(x[:37])
            evaluate(network, x[:91], y[:91], loss="cross_entropy")

    trained.start()
    together(ask, ask)
    trained.join()
    for name, array in network.parameters.items():
        np.testing.assert_array_equal(array, undisturbed.parameters[name])


def test_fit_goes_through_while_a_thread_predicts(rng: np.random.Generator) -> None:
    network, x, y = digits_network(), rng.random((300, 64)), rng.integers(10, size=300)
    words = {"loss": "cross_entropy", "optimizer": SGD(0.1), "epochs": 5, "verbose": False}
    history, _ = together(
        lambda: fit(network, x, y, **words),
        lambda: [network.predict(x[: 1 + k % 50]) for k in range(200)],
    )
    assert len(history["loss"]) == 5  # type: ignore[call-overload]


def test_answers_come_from_between_two_updates(rng: np.random.Generator) -> None:
    # Every parameter is set to the same number, so an answer tells which: 4 k^2.
    network = Network([Dense(4, bias=False), Dense(1, bias=False)], inputs=1, dtype="float64")
    x, done = np.ones((5, 1)), []

    def change() -> None:
        for k in range(2000):
            value = 1.0 + k % 7
            network.set_parameters(
                {name: np.full(array.shape, value) for name, array in network.parameters.items()}
            )
        done.append(True)

    def ask() -> set[float]:
        seen: set[float] = set()
        while not done:
            seen |= set(network.predict(x)[:, 0])
        return seen

    network.set_parameters({name: np.ones(a.shape) for name, a in network.parameters.items()})
    _, seen = together(change, ask)
    assert seen <= {4.0 * k * k for k in range(1, 8)}  # type: ignore[operator]


def test_pushed_weights_are_never_seen(rng: np.random.Generator) -> None:
    network = Network([Dense(5, "tanh"), Dense(2)], inputs=3, dtype="float64")
    x, y = rng.random((6, 3)), rng.random((6, 2))
    right = network.predict(x)
    checked = Thread(target=check_gradients, args=(network, x, y), kwargs={"loss": "squared_error"})
    checked.start()
    while checked.is_alive():
        np.testing.assert_array_equal(network.predict(x), right)


@pytest.mark.parametrize("copied", COPIES.values(), ids=COPIES)
def test_copy_of_a_network_is_whole_and_its_own(copied, rng: np.random.Generator) -> None:  # type: ignore[no-untyped-def]
    layers = [Conv2D(2, 3, "relu", l2=0.1), Flatten(), Dense(3, "softmax")]
    network = Network(layers, inputs=(5, 5, 1))
    x, y = rng.random((20, 5, 5, 1)), rng.integers(3, size=20)
    words = {"loss": "cross_entropy", "verbose": False}
    fit(network, x, y, optimizer=SGD(0.5), **words)
    before = network.predict(x)
    other = copied(network)
    np.testing.assert_array_equal(other.predict(x), before)
    for name, layer in zip(other.layer_names, other.layers, strict=True):
        for key, array in layer.params.items():
            assert other.parameters[f"{name}.{key}"] is array
            assert other.gradients[f"{name}.{key}"] is layer.grads[key]
    fit(other, x, y, optimizer=SGD(0.5), **words)
    assert np.abs(other.predict(x) - before).max() > 1e-4
    np.testing.assert_array_equal(network.predict(x), before)
    assert other.lock is not network.lock


def test_shallow_copy_shares_layers_and_lock() -> None:
    network = digits_network()
    shallow = copy.copy(network)
    assert shallow.layers is network.layers and shallow.lock is network.lock
