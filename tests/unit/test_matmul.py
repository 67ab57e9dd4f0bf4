"""Every matrix product of a layer goes through one door, which can be replaced."""

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

import pynn
from pynn import SGD, Conv2D, Dense, Flatten, Network, train
from pynn.matmul import matmul, replace

Calls = list[tuple[tuple[int, ...], tuple[int, ...]]]


@pytest.fixture
def calls() -> Iterator[Calls]:
    noted: Calls = []

    def counting(a: np.ndarray, b: np.ndarray, out: np.ndarray) -> None:
        noted.append((a.shape, b.shape))
        np.matmul(a, b, out=out)

    before = replace(counting)
    yield noted
    assert replace(before) is counting


def test_matmul_fills_and_returns_out(rng: np.random.Generator) -> None:
    a, b, out = rng.random((2, 3)), rng.random((4, 3)).T, np.empty((2, 4))
    assert matmul(a, b, out) is out
    np.testing.assert_allclose(out, a @ b)


def test_dense_step_makes_three_products_and_two_in_the_first_layer(calls: Calls) -> None:
    network = Network([Dense(4, "tanh"), Dense(2, "softmax")], inputs=3)
    x, y = np.zeros((5, 3)), np.zeros(5, int)
    next(train(network, x, y, loss="cross_entropy", optimizer=SGD(), batch_size=5))
    assert calls == [
        ((5, 3), (3, 4)),  # forward
        ((5, 4), (4, 2)),
        ((4, 5), (5, 2)),  # backward: the last layer's weights, its inputs,
        ((5, 2), (2, 4)),
        ((3, 5), (5, 4)),  # the first layer's weights, and nothing further
    ]


def test_convolution_uses_the_door_for_all_of_its_products(calls: Calls) -> None:
    network = Network([Conv2D(2, 2), Conv2D(3, 2), Flatten(), Dense(2, "softmax")], (3, 3, 1))
    next(train(network, np.zeros((4, 9)), np.zeros(4, int), loss="cross_entropy", optimizer=SGD()))
    assert len(calls) == 3 + 3 + 2  # two for the first layer, three for each of the others


def test_replaced_product_is_used_and_none_brings_numpy_back() -> None:
    def nines(a: np.ndarray, b: np.ndarray, out: np.ndarray) -> None:
        out.fill(9.0)

    network = Network([Dense(2)], inputs=3)
    before = replace(nines)
    try:
        np.testing.assert_array_equal(network.predict(np.zeros((1, 3))), [[9.0, 9.0]])
    finally:
        assert replace(None) is nines
    np.testing.assert_array_equal(network.predict(np.zeros((1, 3))), [[0.0, 0.0]])
    assert replace(before) is before


PACKAGE = Path(pynn.__file__).parent
CALLERS = [
    "network.py",
    "mini_batch.py",
    "training.py",
    "losses.py",
    *(f.name for f in PACKAGE.glob("layers/*.py")),
]


@pytest.mark.parametrize("name", CALLERS)
def test_no_product_of_layers_goes_around_the_door(name: str) -> None:
    file = PACKAGE / name
    source = (file if file.exists() else PACKAGE / "layers" / name).read_text()
    code = re.sub(r'"""[\s\S]*?"""|#.*', "", source)
    assert not re.search(r"np\.(matmul|dot|einsum|tensordot)|\w @ \w", code)
