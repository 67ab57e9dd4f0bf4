"""What spoke for an answer: checked with a network whose weights are known."""

import numpy as np
import pytest

from pynn import Dense, Network
from pynn.reader.evidence import evidence


@pytest.fixture
def network() -> Network:
    """Class 1 where there is ink at the upper left and none at the lower right."""
    network = Network([Dense(2, activation="softmax")], inputs=784, seed=0)
    weights = np.zeros((28, 28, 2))
    weights[4:6, 4:6, 1] = 1.0
    weights[20:22, 20:22, 1] = -0.5
    network.parameters["dense_1.weights"][:] = weights.reshape(784, 2)
    return network


def test_ink_and_empty_places_speak_where_the_weights_lie(network: Network) -> None:
    image = np.zeros((28, 28))
    image[4:6, 4:6] = 1.0
    found = evidence(network, image, 1)
    assert found[4, 4] == 1.0, "the ink that is there"
    assert 0.1 < found[20, 20] < 1.0, "and the ink that is not"
    assert np.count_nonzero(found) == 8
    # What speaks for one of two speaks against the other.
    assert evidence(network, image, 0)[4, 4] == -1.0


def test_ink_in_the_wrong_place_speaks_against(network: Network) -> None:
    image = np.zeros((28, 28))
    image[20:22, 20:22] = 1.0
    found = evidence(network, image, 1)
    assert found[20, 20] < 0 and found[4, 4] == -1.0


def test_where_nothing_speaks_all_is_0() -> None:
    blind = Network([Dense(10, activation="softmax")], inputs=784, seed=0)
    blind.parameters["dense_1.weights"][:] = 0.0
    assert not evidence(blind, np.ones(784), 3).any()


def test_the_network_stays_as_it_was_and_others_are_refused(network: Network) -> None:
    before = network.predict(np.ones((1, 784)))
    evidence(network, np.ones(784), 0)
    np.testing.assert_array_equal(network.predict(np.ones((1, 784))), before)
    with pytest.raises(ValueError, match="evidence: expected"):
        evidence(network, np.ones(784), 2)
