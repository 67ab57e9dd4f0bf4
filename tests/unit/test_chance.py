"""One seed gives points, first weights and order that have nothing to do with one another."""

from itertools import combinations

import numpy as np
import pytest

from pynn import Dense, Network
from pynn.chance import STREAMS, stream
from pynn.datasets import PLANAR

SEEDS = range(400)  # the luck of so many numbers stays below 0.05
SHUFFLED = [name for name in PLANAR if name != "xor"]  # XOR's four points are not drawn


def first_points_and_weights(name: str, noise: float) -> tuple[np.ndarray, np.ndarray]:
    points, weights = [], []
    for seed in SEEDS:
        x, _ = PLANAR[name].make(400, noise, seed)
        network = Network([Dense(8, "tanh"), Dense(1, "sigmoid")], inputs=2, seed=seed)
        points.append(x[:8].ravel())
        weights.append(network.parameters["dense_1.weights"].ravel())
    return np.concatenate(points), np.concatenate(weights)


@pytest.mark.parametrize("noise", [0.0, 0.1])
@pytest.mark.parametrize("name", SHUFFLED)
def test_first_weights_do_not_follow_the_points(name: str, noise: float) -> None:
    points, weights = first_points_and_weights(name, noise)
    assert abs(np.corrcoef(points, weights)[0, 1]) < 0.05


@pytest.mark.parametrize(("one", "other"), list(combinations(STREAMS, 2)))
def test_streams_of_one_seed_are_not_correlated(one: str, other: str) -> None:
    numbers = [
        np.concatenate([stream("test", seed, use).random(5) for seed in SEEDS])
        for use in (one, other)
    ]
    # 2,000 pairs: 0.1 is more than four standard deviations.
    assert abs(np.corrcoef(*numbers)[0, 1]) < 0.1


def test_a_stream_comes_again_with_its_seed_and_use() -> None:
    draws = {
        (seed, use): stream("test", seed, use).random() for seed in (0, 1, 2**40) for use in STREAMS
    }
    again = {key: stream("test", key[0], key[1]).random() for key in draws}
    assert draws == again and len(set(draws.values())) == len(draws)


def test_a_generator_is_used_as_it_is() -> None:
    generator = np.random.default_rng(3)
    assert stream("test", generator, "order") is generator


@pytest.mark.parametrize("seed", [-1, 1.0, "1", None, True, [1], np.random])
def test_what_is_no_seed_is_refused_in_one_sentence(seed: object) -> None:
    with pytest.raises(ValueError, match=r"^Network: expected seed as a whole number from 0 or a "):
        Network([Dense(1)], inputs=2, seed=seed)  # type: ignore[arg-type]
