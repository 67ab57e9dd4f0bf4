"""Arrays in any layout and of any kind of number give what a plain one gives."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from pynn import (
    SGD,
    Dense,
    Network,
    accuracy,
    check_gradients,
    confusion_matrix,
    evaluate,
    fit,
    one_hot,
    train_step,
)
from pynn.datasets import balanced_rows, read_idx, write_idx

X = np.arange(-6, 6).reshape(4, 3) / 2  # exact in every kind of float
Y = np.array([0, 1, 1, 0])


class Holder:
    """An object that gives an array when NumPy asks for it."""

    def __init__(self, array: np.ndarray) -> None:
        self.array = array

    def __array__(self, *args: Any, **words: Any) -> np.ndarray:
        return self.array


def read_only(array: np.ndarray) -> np.ndarray:
    array = array.copy()
    array.flags.writeable = False
    return array


def strided(array: np.ndarray) -> np.ndarray:
    wide = np.full((*array.shape[:-1], 2 * array.shape[-1]), 9, array.dtype)
    wide[..., ::2] = array
    return wide[..., ::2]


LAYOUTS: dict[str, Callable[[np.ndarray], Any]] = {
    "fortran": np.asfortranarray,
    "read-only": read_only,
    "strided": strided,
    "turned round": lambda array: array[::-1].copy()[::-1],
    "big-endian": lambda array: array.astype(array.dtype.newbyteorder(">")),
    "not aligned": lambda array: np.frombuffer(
        b"\0" + array.tobytes(), array.dtype, offset=1
    ).reshape(array.shape),
    "list": lambda array: array.tolist(),
    "tuple": lambda array: tuple(map(tuple, array)) if array.ndim > 1 else tuple(array),
    "masked nowhere": np.ma.masked_array,
    "holder": Holder,
    "memoryview": lambda array: memoryview(np.ascontiguousarray(array)),
}
REALS = ["float16", "float32", "float64", "longdouble"]
WHOLES = ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint64", "bool"]


def network() -> Network:
    return Network([Dense(3, "tanh"), Dense(2, "softmax")], inputs=3, seed=1, dtype="float64")


def answers(x: Any, y: Any) -> list[Any]:
    """What every function that takes examples makes of these."""
    one, other = network(), network()
    history = fit(one, x, y, loss="cross_entropy", optimizer=SGD(0.5), epochs=3, batch_size=3,
                  validation=(x, y), verbose=False)  # fmt: skip
    step = train_step(other, x, y, "cross_entropy", SGD(0.5))
    measured = evaluate(one, x, y, loss="cross_entropy")
    return [
        *history.values(), step, measured.loss, measured.accuracy, accuracy(one, x, y),
        confusion_matrix(one, x, y), one.predict(x), *one.parameters.values(),
        *other.parameters.values(), one_hot(y, 2), balanced_rows(y, 4),
        check_gradients(network(), x, y, loss="cross_entropy") < 1e-7,
    ]  # fmt: skip


@pytest.fixture(scope="module")
def plain() -> list[Any]:
    return answers(X, Y)


def check_same(found: list[Any], plain: list[Any]) -> None:
    for one, other in zip(found, plain, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-12)


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_layout_of_examples_does_not_matter(
    layout: Callable[[np.ndarray], Any], plain: list[Any]
) -> None:
    check_same(answers(layout(X), layout(Y)), plain)


@pytest.mark.parametrize("kind", REALS)
def test_kind_of_real_inputs_does_not_matter(kind: str, plain: list[Any]) -> None:
    check_same(answers(X.astype(kind), Y), plain)


@pytest.mark.parametrize("kind", WHOLES)
def test_kind_of_class_numbers_does_not_matter(kind: str, plain: list[Any]) -> None:
    check_same(answers(X, Y.astype(kind)), plain)


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_layout_of_parameters_does_not_matter(layout: Callable[[np.ndarray], Any]) -> None:
    one = network()
    one.set_parameters({"dense_1.weights": layout(np.arange(9.0).reshape(3, 3))})
    np.testing.assert_array_equal(one.parameters["dense_1.weights"], np.arange(9.0).reshape(3, 3))
    assert one.parameters["dense_1.weights"].flags.c_contiguous


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_layout_of_what_is_written_does_not_matter(
    layout: Callable[[np.ndarray], Any], tmp_path: Any
) -> None:
    write_idx(tmp_path / "x.idx", layout(X))
    np.testing.assert_array_equal(read_idx(tmp_path / "x.idx"), X)


@pytest.mark.parametrize("kind", ["float64", "longdouble"])
@pytest.mark.parametrize("big", [1e39, -1e300])
def test_more_than_float32_holds_is_refused_and_no_warning_comes(kind: str, big: float) -> None:
    small = Network([Dense(2, "softmax")], inputs=3)
    x = X.astype(kind)
    x[1, 1] = big
    for ask in (
        lambda: small.predict(x),
        lambda: accuracy(small, x, Y),
        lambda: fit(small, x, Y, loss="cross_entropy", optimizer=SGD(0.1), verbose=False),
    ):
        with pytest.raises(ValueError, match="expected x as finite numbers, got NaN or infinity"):
            ask()
    line = Network([Dense(1)], inputs=3)
    with pytest.raises(ValueError, match=r"^targets: expected finite numbers, got NaN or infinity"):
        train_step(line, X, np.array([0.0, 1.0, 2.0, big], kind), "squared_error", SGD(0.1))
