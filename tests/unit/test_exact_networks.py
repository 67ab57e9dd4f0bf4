"""`Network(..., exact=True)`: the same network but for rounding, and what it refuses."""

from typing import Any

import numpy as np
import pytest

from pynn import (
    SGD,
    BinaryCrossEntropy,
    Conv2D,
    CrossEntropy,
    Dense,
    Flatten,
    Network,
    SquaredError,
    check_gradients,
    evaluate,
    train,
)
from pynn.activations import Tanh
from pynn.arithmetic import EXACT
from pynn.exact import products
from pynn.exact.activations import EXACT_ACTIVATIONS
from pynn.losses import Loss
from pynn.mini_batch import train_step
from pynn.model_format import from_bytes, to_bytes

LOSSES = [(BinaryCrossEntropy, "sigmoid"), (CrossEntropy, "softmax"), (SquaredError, "tanh")]


def networks(activation: str, last: str, dtype: str = "float64") -> list[Network]:
    """The same start, once fast and once exact."""
    made = []
    for exact in (False, True):
        layers = [Dense(9, activation, l1=0.01, l2=0.02), Dense(3, last)]
        made.append(Network(layers, inputs=4, seed=5, dtype=dtype, exact=exact))
    return made


def data(loss: type[Loss], rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    x, t = rng.normal(size=(17, 4)), rng.uniform(0.1, 0.9, (17, 3))
    return x, t / t.sum(axis=1, keepdims=True) if loss is CrossEntropy else t


@pytest.mark.parametrize("reduction", ["mean", "sum"])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize(("loss", "last"), LOSSES)
@pytest.mark.parametrize("activation", [kind.name for kind in EXACT_ACTIVATIONS])
def test_exact_network_computes_what_any_does(
    activation: str,
    loss: type[Loss],
    last: str,
    dtype: str,
    reduction: str,
    rng: np.random.Generator,
) -> None:
    x, t = data(loss, rng)
    fast, exact = networks(activation, last, dtype)
    tolerance = {"float32": 1e-5, "float64": 1e-13}[dtype]
    for name, array in fast.parameters.items():
        np.testing.assert_allclose(exact.parameters[name], array, rtol=1e-12)
    np.testing.assert_allclose(exact.predict(x), fast.predict(x), rtol=tolerance, atol=tolerance)
    one, other = (evaluate(network, x, t, loss=loss(reduction)).loss for network in (fast, exact))
    assert np.isclose(one, other, rtol=tolerance)
    for network in (fast, exact):
        train_step(network, x, t, loss(reduction), SGD(0.1))
    for name, gradient in fast.gradients.items():
        np.testing.assert_allclose(
            exact.gradients[name], gradient, rtol=30 * tolerance, atol=30 * tolerance
        )
    assert np.isclose(exact.penalty(), fast.penalty(), rtol=tolerance)


@pytest.mark.parametrize(("loss", "last"), LOSSES)
@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "softmax", "linear"])
def test_gradients_of_an_exact_network_are_right(
    activation: str, loss: type[Loss], last: str, rng: np.random.Generator
) -> None:
    _, exact = networks(activation, last)
    x, t = data(loss, rng)
    assert check_gradients(exact, x, t, loss=loss()) < 1e-7


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_products_are_added_up_from_the_first_to_the_last(
    dtype: type, rng: np.random.Generator
) -> None:
    """Whatever the shape is, and however a and b lie in memory."""
    for _ in range(400):
        m, k, n = (int(rng.choice([1, 2, 3, 7, 8, 9, 31, 65])) for _ in range(3))
        shapes = ((m, k), (k, n), (m, n))
        a, b, out = (
            rng.normal(size=shape[::-1]).astype(dtype).T
            if rng.random() < 0.5
            else rng.normal(size=shape).astype(dtype)
            for shape in shapes
        )
        wanted = np.zeros((m, n), dtype)
        for p in range(k):
            wanted += a[:, p, np.newaxis] * b[p]
        assert products.matmul(a, b, out) is out
        assert out.tobytes() == wanted.tobytes(), (shapes, a.strides, b.strides, out.strides)


def test_gradient_of_the_bias_is_added_up_row_by_row(rng: np.random.Generator) -> None:
    for columns in (1, 2, 9):
        x, dz = rng.normal(size=(40, 1)), rng.normal(size=(40, columns))
        d_bias = np.empty(columns)
        EXACT.affine_gradients(x, np.ones((1, columns)), dz, np.empty((1, columns)), d_bias, None)
        wanted = np.zeros(columns)
        for row in dz:
            wanted += row
        assert d_bias.tobytes() == wanted.tobytes()


def test_sums_of_a_loss_go_row_by_row() -> None:
    # In this order the small numbers are lost one by one; in NumPy's pairs they are not.
    terms = np.array([[1.0, 1e-16], *([[1e-16, 1e-16]] * 40)])
    assert products.total(terms) == 1.0 != terms.sum()
    assert products.along_rows(terms.reshape(1, -1)).tolist() == [[1.0]]


def test_exact_network_takes_single_steps(rng: np.random.Generator) -> None:
    x, y = rng.normal(size=(40, 4)), np.arange(40) % 2
    for exact, together in ((False, True), (True, False)):
        network = Network([Dense(64, "tanh"), Dense(1, "sigmoid")], inputs=4, exact=exact)
        steps = train(network, x, y, loss="binary_cross_entropy", optimizer=SGD(0.1), batch_size=1)
        assert (steps.ahead is not None) is together


def test_model_file_keeps_whether_a_network_is_exact() -> None:
    for network in networks("tanh", "sigmoid", "float32"):
        again = from_bytes(to_bytes(network))
        assert again.exact is network.exact
        x = np.ones((3, 4))
        assert again.predict(x).tobytes() == network.predict(x).tobytes()


def test_summary_says_that_a_network_is_exact() -> None:
    fast, exact = networks("tanh", "sigmoid")
    assert exact.summary() == fast.summary() + "\nexact: the same bits everywhere"


class Own(Tanh):
    name = "own"


class OwnLoss(SquaredError):
    name = "own"


@pytest.mark.parametrize(
    ("layers", "inputs", "sentence"),
    [
        ([Conv2D(2), Flatten(), Dense(1)], (5, 5, 1), "Network: expected layers that may be exact"),
        (
            [Dense(3, Own()), Dense(1)],
            4,
            "Network: expected activations of tanh, relu, leaky_relu, sigmoid, linear, softmax "
            "with exact=True, got Own",
        ),
    ],
)
def test_what_cannot_be_exact_is_refused_and_stays_fresh(
    layers: list[Any], inputs: Any, sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        Network(layers, inputs, exact=True)
    assert not Network(layers, inputs).exact


def test_a_loss_that_cannot_be_exact_is_refused() -> None:
    _, exact = networks("tanh", "tanh")
    with pytest.raises(ValueError, match=r"loss: expected one of squared_error, .*, got OwnLoss"):
        evaluate(exact, np.ones((2, 4)), np.ones((2, 3)), loss=OwnLoss())


def test_exact_is_true_or_false() -> None:
    with pytest.raises(ValueError, match="Network: expected exact as True or False, got 1"):
        Network([Dense(1)], inputs=2, exact=1)  # type: ignore[arg-type]
