"""An optimizer belongs to one network, and its words may be set between updates."""

import copy
import gc
import math
import pickle
import weakref
from collections.abc import Callable

import numpy as np
import pytest
from training_runs import OneByOne

from pynn import SGD, Adam, AdamW, Dense, Network, RMSprop, StepDecay, fit, train, train_step
from pynn.classes import one_hot
from pynn.losses import CrossEntropy
from pynn.optimizer import Optimizer

RNG = np.random.default_rng(3)
X = RNG.standard_normal((12, 3)).astype("float32")
Y = (X[:, 0] > X[:, 1]).astype(int)


def small(units: int = 4) -> Network:
    return Network([Dense(units, "tanh"), Dense(2, "softmax")], inputs=3, seed=1)


def go(network: Network, optimizer: Optimizer, epochs: int = 2) -> dict[str, list[float]]:
    return fit(
        network, X, Y, loss="cross_entropy", optimizer=optimizer,
        batch_size=4, epochs=epochs, verbose=False,
    )  # fmt: skip


def bits(network: Network) -> bytes:
    return b"".join(array.tobytes() for array in network.parameters.values())


MAKERS: dict[str, Callable[[], Optimizer]] = {
    "sgd": lambda: SGD(0.1),
    "momentum": lambda: SGD(0.1, momentum=0.9),
    "rmsprop": RMSprop,
    "adam": Adam,
}
DOORS: dict[str, Callable[[Network, Optimizer], object]] = {
    "fit": go,
    "train": lambda n, o: train(n, X, Y, loss="cross_entropy", optimizer=o),
    "train_step": lambda n, o: train_step(n, X, one_hot(Y, 2), CrossEntropy(), o),
    "update": lambda n, o: o.update(n.parameters, n.gradients),
}


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
@pytest.mark.parametrize("units", [4, 5])
def test_another_network_is_refused_and_nothing_changes(
    make: Callable[[], Optimizer], door: Callable[[Network, Optimizer], object], units: int
) -> None:
    optimizer, other = make(), small(units)
    go(small(), optimizer)  # a network that is gone by now
    before = bits(other), optimizer.updates, pickle.dumps(optimizer._kept)
    with pytest.raises(ValueError) as caught:
        door(other, optimizer)
    assert str(caught.value) == (
        f"{type(optimizer).__name__}: expected the network that it has trained before, "
        f"got another; make a new optimizer for each network"
    )
    assert (bits(other), optimizer.updates, pickle.dumps(optimizer._kept)) == before


def test_an_optimizer_that_has_only_been_checked_is_free() -> None:
    optimizer = Adam()
    DOORS["train"](small(), optimizer)
    go(small(), optimizer)


def test_an_optimizer_does_not_keep_its_network_alive() -> None:
    network, optimizer = small(), SGD(0.1)
    go(network, optimizer)
    watch = weakref.ref(network.parameters["dense_2.bias"])
    del network
    gc.collect()
    assert watch() is None


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
@pytest.mark.parametrize("copied", [copy.deepcopy, lambda both: pickle.loads(pickle.dumps(both))])
@pytest.mark.parametrize("first", ["network", "optimizer"])
def test_copied_with_its_network_it_goes_on(
    make: Callable[[], Optimizer], copied: Callable[..., tuple], first: str
) -> None:
    network, optimizer = small(), make()
    go(network, optimizer)
    if first == "network":
        twin, goes_on = copied((network, optimizer))
    else:
        goes_on, twin = copied((optimizer, network))
    assert go(twin, goes_on) == go(network, optimizer) and bits(twin) == bits(network)
    with pytest.raises(ValueError, match="make a new optimizer"):
        go(network, goes_on)


def test_copied_alone_it_is_fresh_or_of_no_use() -> None:
    optimizer = Adam()
    go(small(), copy.deepcopy(optimizer))
    network = small()
    go(network, optimizer)
    lonely = copy.deepcopy(optimizer)
    for one in (lonely, copy.deepcopy(lonely)):
        with pytest.raises(ValueError, match="make a new optimizer"):
            go(network, one)


def test_a_rate_that_is_set_is_used() -> None:
    one, other = SGD(0.1), SGD(StepDecay(0.1, every=1))
    assert one.learning_rate == 0.1 and other.learning_rate == StepDecay(0.1, every=1)
    network = small()
    go(network, one)
    start = network.parameters["dense_1.weights"].copy()
    one.learning_rate = 1e-12
    go(network, one)
    np.testing.assert_allclose(network.parameters["dense_1.weights"], start, atol=1e-9)
    one.learning_rate = StepDecay(0.5, every=100)
    assert one.rate() == 0.5


def test_momentum_that_is_set_later_is_used_from_then_on() -> None:
    w, optimizer = np.zeros(1), SGD(1.0)
    seen = []
    for momentum, nesterov in [(0.0, False), (0.5, False), (0.5, True), (0.5, False), (0.0, False)]:
        optimizer.nesterov = False
        optimizer.momentum = momentum
        optimizer.nesterov = nesterov
        before = w[0]
        optimizer.update({"w": w}, {"w": np.ones(1)})
        seen.append(before - w[0])
    # v = 0.5 v - 1 from the second on: 1, 1.5, 1.75, 1
    assert seen == [1.0, 1.0, 1.75, 1.75, 1.0]


def test_momentum_that_is_set_during_a_look_ahead_moves_all_layers() -> None:
    x = RNG.standard_normal((60, 3))
    networks = [
        Network([Dense(40, "tanh"), Dense(2, "softmax")], inputs=3, seed=1, dtype="float64")
        for _ in range(2)
    ]
    words = {"loss": "cross_entropy", "batch_size": 1, "seed": 0}
    y = (x[:, 0] > 0).astype(int)
    optimizers = OneByOne(0.1), SGD(0.1)
    single, ahead = (
        train(n, x, y, optimizer=o, **words) for n, o in zip(networks, optimizers, strict=True)
    )
    assert ahead.ahead is not None
    for momentum in (0.0, 0.9):
        for optimizer in optimizers:
            optimizer.momentum = momentum
        for _ in range(20):
            next(single)
        ahead.advance(20)
    for name, array in networks[0].parameters.items():
        np.testing.assert_allclose(networks[1].parameters[name], array, rtol=1e-9, atol=1e-12)


NAN = math.nan
SET = {
    "rate": (SGD, "learning_rate", 0, "learning_rate: expected a number above 0, got 0"),
    "rate-text": (SGD, "learning_rate", "x", "learning_rate: expected a number above 0, got 'x'"),
    "momentum": (SGD, "momentum", 1, "SGD: expected 0 <= momentum < 1, got 1"),
    "momentum-text": (SGD, "momentum", "x", "SGD: expected 0 <= momentum < 1, got 'x'"),
    "nesterov-text": (SGD, "nesterov", "x", "SGD: expected nesterov as True or False, got 'x'"),
    "nesterov": (SGD, "nesterov", True, "SGD: expected momentum above 0 with nesterov, got 0"),
    "no-momentum": (
        lambda: SGD(momentum=0.5, nesterov=True), "momentum", 0.0,
        "SGD: expected momentum above 0 with nesterov, got 0",
    ),
    "rho": (RMSprop, "rho", 2, "RMSprop: expected 0 <= rho < 1, got 2"),
    "rmsprop-epsilon": (
        RMSprop, "epsilon", 0, "RMSprop: expected a finite epsilon above 0, got 0",
    ),
    "beta_1": (Adam, "beta_1", NAN, "Adam: expected 0 <= beta_1 < 1, got nan"),
    "beta_2": (Adam, "beta_2", None, "Adam: expected 0 <= beta_2 < 1, got None"),
    "epsilon": (Adam, "epsilon", -1, "Adam: expected a finite epsilon above 0, got -1"),
    "decay": (AdamW, "weight_decay", NAN, "AdamW: expected weight_decay >= 0, got nan"),
}  # fmt: skip


@pytest.mark.parametrize(("make", "name", "value", "sentence"), SET.values(), ids=SET)
def test_a_word_outside_its_limits_is_refused_when_it_is_set(
    make: Callable[[], Optimizer], name: str, value: object, sentence: str
) -> None:
    optimizer = make()
    before = getattr(optimizer, name)
    with pytest.raises(ValueError) as caught:
        setattr(optimizer, name, value)
    assert str(caught.value) == sentence and getattr(optimizer, name) == before


@pytest.mark.parametrize("bad", [NAN, math.inf, -0.1, "x", None])
@pytest.mark.parametrize("make", [SGD, Adam])
def test_a_schedule_that_gives_no_rate_is_refused_before_the_update(
    make: Callable[..., Optimizer], bad: object
) -> None:
    def wild(updates: int) -> float:
        return 0.1 if updates < 3 else bad  # type: ignore[return-value]

    network, optimizer = small(40), make(wild)
    steps = train(network, X, Y, loss="cross_entropy", optimizer=optimizer, batch_size=1)
    steps.advance(3)
    before = bits(network)
    with pytest.raises(ValueError) as caught:
        next(steps)
    assert str(caught.value) == (
        f"learning_rate: expected a finite number >= 0 from wild after 3 updates, got {bad!r}"
    )
    assert bits(network) == before and optimizer.updates == 3
