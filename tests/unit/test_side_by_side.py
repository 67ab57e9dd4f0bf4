"""A small network's parameters lie in one array, which an optimizer moves in one go."""

import copy
import pickle
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from pynn import SGD, Conv2D, CrossEntropy, Dense, Flatten, Network
from pynn.layers.row import SIDE_BY_SIDE
from pynn.optimizer import Optimizer
from pynn.optimizers import OPTIMIZERS

X = np.random.default_rng(1).normal(size=(30, 3)).astype(np.float32)
T = np.eye(2, dtype=np.float32)[np.arange(30) % 2]


def small() -> Network:
    return Network([Dense(5, "tanh"), Dense(4, "relu"), Dense(2, "softmax")], inputs=3, seed=2)


def steps(network: Network, optimizer: Optimizer, count: int, apart: bool = False) -> None:
    """Updates all parameters at once, or one by one as those of a plain dictionary are."""
    parameters: Any = dict(network.parameters) if apart else network.parameters
    for _ in range(count):
        network.backpropagate(X, T, CrossEntropy())
        optimizer.update(parameters, network.gradients)


def bits(network: Network) -> bytes:
    return b"".join(array.tobytes() for array in network.parameters.values())


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_moved_at_once_or_one_by_one_they_get_the_same_bits(optimizer: str) -> None:
    one, other = small(), small()
    steps(one, OPTIMIZERS[optimizer](0.01), 20)
    steps(other, OPTIMIZERS[optimizer](0.01), 20, apart=True)
    assert bits(one) == bits(other)


def test_an_optimizer_may_change_its_way_at_any_time() -> None:
    for way in (True, False):
        one, other = small(), small()
        for network, ways in ((one, (way, not way, way)), (other, (way, way, way))):
            optimizer = SGD(0.01, momentum=0.9)
            for apart in ways:
                steps(network, optimizer, 5, apart)
        assert bits(one) == bits(other)


def test_momentum_that_is_set_later_begins_with_no_velocity() -> None:
    results = []
    for apart in (False, True):
        network, optimizer = small(), SGD(0.1)
        for momentum in (0.0, 0.9, 0.0, 0.5):
            optimizer.momentum = momentum
            steps(network, optimizer, 4, apart)
        results.append(bits(network))
    assert results[0] == results[1]


@pytest.mark.parametrize(
    "copied", [copy.deepcopy, lambda pair: pickle.loads(pickle.dumps(pair))], ids=["deep", "pickle"]
)
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_copy_goes_on_with_the_same_bits(optimizer: str, copied: Callable[[Any], Any]) -> None:
    network, kept = small(), OPTIMIZERS[optimizer](0.01)
    steps(network, kept, 7)
    twin, kept_twin = copied((network, kept))
    before = bits(network)
    steps(twin, kept_twin, 7)
    assert bits(network) == before
    steps(network, kept, 7)
    assert bits(network) == bits(twin)


def test_they_lie_one_after_another_and_stay_the_layers_own() -> None:
    network = small()
    for arrays in (network.parameters, network.gradients):
        assert arrays.whole is not None
        assert (
            np.concatenate([a.ravel() for a in arrays.values()]).tolist() == arrays.whole.tolist()
        )
    network.parameters.whole[:] = 7.0
    assert (network.layers[1].params["weights"] == 7.0).all()


def test_convolutions_lie_side_by_side_too_and_large_networks_do_not() -> None:
    images = Network([Conv2D(2), Flatten(), Dense(3)], inputs=(6, 6, 1))
    assert images.parameters.whole is not None
    assert Network([Dense(SIDE_BY_SIDE)], inputs=1).parameters.whole is None


class Sized(SGD):
    """Moves each parameter by a step of one length, whatever its gradient's."""

    def _move(self, w: np.ndarray, g: np.ndarray, rate: float, kept: dict[str, Any]) -> None:
        w -= rate * g / (np.linalg.norm(g) + 1e-12)


def test_an_optimizer_of_ones_own_is_given_each_parameter_by_itself() -> None:
    network = small()
    before = {name: array.copy() for name, array in network.parameters.items()}
    steps(network, Sized(0.01), 1)
    for name, array in network.parameters.items():
        assert np.linalg.norm(array - before[name]) == pytest.approx(0.01, rel=1e-3), name
