"""All five recipes against the plain transcriptions, from given weights, on real data."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import transcriptions as plain

from pynn.recipes import bp_mnist, eleven_lines, nielsen, quadrants, skyone
from pynn.recipes.data import MNIST, digit_rows, read_mnist
from pynn.recipes.skyone import inputs, targets

RNG = np.random.default_rng(31)
Pair = tuple[Any, Any]


@pytest.fixture(scope="module")
def mnist(mnist_folder: Path) -> MNIST:
    return read_mnist(200, mnist_folder)


def normal(**shapes: tuple[int, ...]) -> dict[str, np.ndarray]:
    """Weights that no seed of a recipe gives."""
    return {name: 0.3 * RNG.standard_normal(shape) for name, shape in shapes.items()}


def eleven_lines_one(mnist: MNIST) -> Pair:
    weights, y = normal(syn0=(3, 1)), np.array([[0], [1], [1], [0]])
    return (
        eleven_lines.start(weights, part=1),
        plain.ElevenLinesOne(weights, eleven_lines.X_ONE, y),
    )


def eleven_lines_two(mnist: MNIST) -> Pair:
    weights, y = normal(syn0=(3, 5), syn1=(5, 1)), np.array([[0], [1], [1], [0]])
    return eleven_lines.start(weights), plain.ElevenLinesTwo(weights, eleven_lines.X_TWO, y)


def eleven_lines_other_data(mnist: MNIST) -> Pair:
    weights = normal(syn0=(3, 5), syn1=(5, 1))
    X, y = RNG.random((7, 3)), RNG.random((7, 1))
    return eleven_lines.start(weights, X=X, y=y), plain.ElevenLinesTwo(weights, X, y)


QUADRANTS = {"W1": (2, 50), "b1": (1, 50), "W2": (50, 4), "b2": (1, 4)}


def quadrants_as_published(mnist: MNIST) -> Pair:
    weights = normal(**QUADRANTS)
    return quadrants.start(weights), plain.Quadrants(weights, quadrants.X, np.arange(4))


def quadrants_other_points(mnist: MNIST) -> Pair:
    weights, X, t = normal(**QUADRANTS), RNG.standard_normal((9, 2)), np.arange(9) % 4
    return quadrants.start(weights, X=X, t=t), plain.Quadrants(weights, X, t)


def skyone_pair(mnist: MNIST, rows: int, single_loss: bool = False) -> Pair:
    weights = normal(wih=(100, 784), who=(10, 100))
    X, T = inputs(mnist.x[:rows]), targets(mnist.y[:rows])
    other = plain.Skyone(weights, X, T)
    other.slope = single_loss
    return skyone.start(weights, X=X, T=T, single_loss=single_loss), other


def nielsen_pair(
    mnist: MNIST, rows: int, sizes: list[int], batch_size: int = 10, kind: Any = plain.Nielsen
) -> Pair:
    shapes = {}
    for k, (fan_in, units) in enumerate(pairwise(sizes)):
        shapes |= {f"w{k}": (units, fan_in), f"b{k}": (units, 1)}
    weights = normal(**shapes)
    X, Y = mnist.x[:rows] / 255, digit_rows(mnist.y[:rows])
    other = kind(weights, X, Y)
    other.size = batch_size
    # The sizes follow from the weights.
    return nielsen.start(weights, X=X, Y=Y, batch_size=batch_size, shuffle=False), other


def bp_mnist_pair(mnist: MNIST, rows: int, rate: float = 0.1) -> Pair:
    weights = normal(W1=(784, 500), b1=(500,), W2=(500, 10), b2=(10,))
    X, Y = mnist.x[:rows] / 255, digit_rows(mnist.y[:rows])
    other = plain.BPMnist(weights, X, Y)
    other.rate = rate
    return bp_mnist.start(weights, X=X, Y=Y, learning_rate=rate), other


PAIRS: dict[str, Callable[[MNIST], Pair]] = {
    "eleven_lines part one": eleven_lines_one,
    "eleven_lines part two": eleven_lines_two,
    "eleven_lines on other data": eleven_lines_other_data,
    "quadrants": quadrants_as_published,
    "quadrants on other points": quadrants_other_points,
    "skyone": lambda mnist: skyone_pair(mnist, 200),
    "skyone round and round": lambda mnist: skyone_pair(mnist, 37),
    "skyone with a single loss": lambda mnist: skyone_pair(mnist, 37, single_loss=True),
    "nielsen": lambda mnist: nielsen_pair(mnist, 200, [784, 30, 10]),
    "nielsen with a short batch": lambda mnist: nielsen_pair(mnist, 95, [784, 30, 10]),
    "nielsen with one left over": lambda mnist: nielsen_pair(mnist, 71, [784, 30, 10], 7),
    "nielsen one by one": lambda mnist: nielsen_pair(mnist, 30, [784, 40, 10], 1),
    "nielsen with four layers": lambda mnist: nielsen_pair(mnist, 95, [784, 20, 20, 10]),
    "nielsen with one layer": lambda mnist: nielsen_pair(mnist, 95, [784, 10]),
    "nielsen by batch": lambda mnist: nielsen_pair(
        mnist, 95, [784, 30, 10], kind=plain.NielsenByBatch
    ),
    "bp_mnist": lambda mnist: bp_mnist_pair(mnist, 198),
    "bp_mnist with one left over": lambda mnist: bp_mnist_pair(mnist, 100),
    "bp_mnist with two left over": lambda mnist: bp_mnist_pair(mnist, 50, rate=0.2),
    "bp_mnist with less than a batch": lambda mnist: bp_mnist_pair(mnist, 2),
}


@pytest.mark.parametrize("make", PAIRS.values(), ids=PAIRS)
def test_recipe_equals_its_transcription_after_1_10_and_100_updates(
    make: Callable[[MNIST], Pair], mnist: MNIST
) -> None:
    ours, other = make(mnist)
    done = 0
    for goal in (1, 10, 100):
        ours.update(goal - done)
        other.update(goal - done)
        done = goal
        weights = ours.weights
        assert list(weights) == other.names
        for name, array in other.weights.items():
            assert weights[name].dtype == np.float64
            np.testing.assert_allclose(weights[name], array, rtol=0, atol=1e-10)


@pytest.mark.parametrize("name", ["skyone round and round", "bp_mnist with one left over"])
def test_updates_at_once_equal_updates_one_by_one(name: str, mnist: MNIST) -> None:
    once, other = PAIRS[name](mnist)
    once.update(100)
    for _ in range(100):
        other.update()
    for key, array in other.weights.items():
        np.testing.assert_allclose(once.weights[key], array, rtol=0, atol=1e-10)


def test_shuffled_nielsen_equals_its_transcription_on_the_shuffled_rows(mnist: MNIST) -> None:
    X, Y = mnist.x / 255, digit_rows(mnist.y)
    ours = nielsen.start(seed=5, X=X, Y=Y)
    order = np.random.default_rng(5)
    rows = np.concatenate([order.permutation(200) for _ in range(3)])
    other = plain.NielsenByBatch(ours.weights, X[rows], Y[rows])
    ours.update(60)
    other.update(60)
    for name, array in other.weights.items():
        np.testing.assert_allclose(ours.weights[name], array, rtol=0, atol=1e-10)


@pytest.mark.parametrize("recipe", [nielsen, bp_mnist])
def test_bytes_train_as_pixels_from_0_to_1(recipe: Any, mnist: MNIST) -> None:
    Y = digit_rows(mnist.y)
    one, other = recipe.start(X=mnist.x, Y=Y), recipe.start(X=mnist.x / 255, Y=Y)
    for program in (one, other):
        program.update(100)
    for name, array in other.weights.items():
        np.testing.assert_allclose(one.weights[name], array, rtol=0, atol=1e-10)


@pytest.mark.parametrize("t", [[1, 2, 3, 4], [0, 1, 2, 3], np.eye(4)], ids=["1-4", "0-3", "rows"])
def test_quadrants_takes_its_targets_in_three_forms(t: Any) -> None:
    one, other = quadrants.start(t=t), quadrants.start()
    one.update(10)
    other.update(10)
    for name, array in other.weights.items():
        np.testing.assert_array_equal(one.weights[name], array)


def test_printed_loss_of_quadrants_leaves_the_penalty_out() -> None:
    weights = normal(**QUADRANTS)
    ours, other = quadrants.start(weights), plain.Quadrants(weights, quadrants.X, np.arange(4))
    ours.update(50)
    other.update(50)
    assert ours.loss == pytest.approx(other.loss, rel=1e-12)


def test_loss_of_bp_mnist_is_the_sum_over_the_batch(mnist: MNIST) -> None:
    ours, other = bp_mnist_pair(mnist, 100)
    ours.update(34)  # the last batch has one image
    other.update(34)
    assert ours.loss == pytest.approx(other.loss, rel=1e-9)
