"""pynn on the kernel: the same networks as on NumPy, and NumPy wherever the kernel declines."""

import sys
import sysconfig
from collections import Counter
from collections.abc import Callable
from typing import Any

import kernel_guarded
import numpy as np
import pytest
from kernel_native import native_kernel

import pynn.matmul
from pynn import BinaryCrossEntropy, Conv2D, Dense, Flatten, MaxPool2D, Network, train
from pynn.matmul import by_kernel, replace
from pynn.optimizers import OPTIMIZERS

pytestmark = pytest.mark.skipif(
    sys.platform == "win32" or bool(sysconfig.get_config_var("Py_GIL_DISABLED")),
    reason="the kernel's C is compiled for POSIX and a Python with the global interpreter lock",
)

Functions = dict[str, Callable[..., Any]]


@pytest.fixture(scope="module")
def functions(tmp_path_factory: pytest.TempPathFactory) -> Functions:
    extension = native_kernel(tmp_path_factory.mktemp("kernel"))
    return dict(vars(kernel_guarded.load(str(extension))))


@pytest.fixture
def taken(functions: Functions, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Puts the kernel into pynn; counts the calls of each function that it took."""
    counts: Counter[str] = Counter()

    def counted(name: str) -> Callable[..., Any]:
        def call(*operands: Any) -> Any:
            result = functions[name](*operands)
            counts[name] += result is not False
            return result

        return call

    names = [name for name in functions if not name.startswith("_")]
    monkeypatch.setattr(pynn.matmul, "_kernel", {name: counted(name) for name in names})
    return counts


def trained(layers: list[Any], inputs: Any, optimizer: str, dtype: str, **more: Any) -> Network:
    """A network after 20 steps on data that depend on nothing but its shape."""
    network = Network(layers, inputs, dtype=dtype)
    rng = np.random.default_rng(3)
    x = rng.integers(0, 256, (40, *network.input_shape)).astype(np.uint8)
    y = rng.integers(0, max(network.outputs, 2), 40)
    more = {"loss": "cross_entropy", **more}
    steps = train(
        network, x, y, optimizer=OPTIMIZERS[optimizer](0.01), batch_size=9, epochs=4, **more
    )
    assert sum(1 for _ in steps) == 20
    return network


def check_same(make: Callable[[], Network], monkeypatch: pytest.MonkeyPatch, dtype: str) -> None:
    with_kernel = make().parameters
    monkeypatch.setattr(pynn.matmul, "_kernel", {})
    tolerance = {"float32": 2e-4, "float64": 1e-11}[dtype]
    for name, plain in make().parameters.items():
        np.testing.assert_allclose(with_kernel[name], plain, rtol=tolerance, atol=tolerance)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize(
    ("activation", "optimizer"),
    [
        *(("relu", name) for name in OPTIMIZERS),
        *((name, "sgd") for name in ("tanh", "sigmoid", "leaky_relu", "linear", "softmax")),
    ],
)
def test_dense_network_learns_the_same_with_the_kernel(
    activation: str,
    optimizer: str,
    dtype: str,
    taken: Counter[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def make() -> Network:
        layers = [
            Dense(13, activation, l2=0.01, l1=0.001),
            Dense(5, activation),
            Dense(3, "softmax"),
        ]
        return trained(layers, 11, optimizer, dtype)

    check_same(make, monkeypatch, dtype)
    assert taken["affine"] == taken["affine_gradients"] == 60
    assert taken["take_pixels"] == taken["take_rows"] == taken["cross_entropy"] == 20
    update = {"sgd": "add_scaled", "nesterov": "momentum", "adamw": "adam"}.get(
        optimizer, optimizer
    )
    # All parameters in one go, and the first layer's penalty.
    assert taken[update] == (40 if update == "add_scaled" else 20)
    if activation not in ("linear", "softmax"):
        assert taken[activation] == taken[f"{activation}_gradient"] == 40


def test_two_classes_with_one_output_learn_the_same_with_the_kernel(
    taken: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def make() -> Network:
        layers = [Dense(6, "tanh"), Dense(1, "sigmoid")]
        return trained(layers, 2, "adam", "float32", loss=BinaryCrossEntropy())

    check_same(make, monkeypatch, "float32")
    assert taken["binary_cross_entropy"] == 20


def test_convolutional_network_learns_the_same_with_the_kernel(
    taken: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def make() -> Network:
        layers = [
            *(Conv2D(4, 3, "relu", padding="same"), MaxPool2D(2), Conv2D(3, 2, "relu")),
            *(Flatten(), Dense(3, "softmax")),
        ]
        return trained(layers, (6, 6, 2), "momentum", "float64")

    check_same(make, monkeypatch, "float64")
    assert taken["convolve"] == taken["convolution_gradients"] == 40
    assert taken["max_pool"] == taken["max_pool_gradient"] == taken["affine"] == 20


def test_shuffled_floats_and_file_order_train_the_same(
    taken: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    check_same(
        lambda: trained([Dense(3, "softmax")], 7, "sgd", "float32", shuffle=False),
        monkeypatch,
        "float32",
    )
    assert not taken["take_pixels"]


def test_kernel_that_declines_everything_changes_no_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = trained([Dense(8, "relu"), Dense(3, "softmax")], 5, "adam", "float32").parameters
    asked: list[str] = []

    class Declines(dict[str, Any]):
        def get(self, name: str, default: Any = None) -> Callable[..., bool]:
            return lambda *operands: bool(asked.append(name))

    monkeypatch.setattr(pynn.matmul, "_kernel", Declines())
    declined = trained([Dense(8, "relu"), Dense(3, "softmax")], 5, "adam", "float32").parameters
    assert {"affine", "affine_gradients", "matmul", "relu", "adam", "take_pixels"} <= set(asked)
    for name, array in plain.items():
        np.testing.assert_array_equal(declined[name], array)


def test_replaced_product_leaves_the_kernel_out(taken: Counter[str]) -> None:
    shapes = []

    def noting(a: np.ndarray, b: np.ndarray, out: np.ndarray) -> None:
        shapes.append(a.shape)
        np.matmul(a, b, out=out)

    before = replace(noting)
    try:
        trained([Dense(4, "relu"), Dense(3, "softmax")], 5, "sgd", "float32")
    finally:
        replace(before)
    assert len(shapes) == 20 * 5 and not taken


def test_nothing_is_done_by_a_kernel_where_there_is_none() -> None:
    assert by_kernel("matmul", np.ones((1, 1)), np.ones((1, 1)), np.ones((1, 1))) is False


@pytest.mark.parametrize("activation", ["relu", "leaky_relu", "tanh", "sigmoid", "softmax"])
def test_diverged_numbers_stay_visible(functions: Functions, activation: str) -> None:
    z = np.array([[1.0, np.nan, -1.0, 2.0, 3.0]], np.float32)
    more = [0.1] if activation == "leaky_relu" else []
    assert functions[activation](z, z, *more) is True
    assert np.isnan(z[0, 1])
