"""All 10,000 test digits: onnxruntime and PyTorch answer as pynn does.

The networks have learned, so that their weights and what batch normalisation keeps are those
of use.
"""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pynn import Adam, Network, fit
from pynn.datasets import mnist
from pynn.layers import BatchNorm, Conv2D, Dense, Dropout, Flatten, MaxPool2D
from pynn.matmul import Array
from pynn.metrics import accuracy
from pynn.onnx import to_onnx
from pynn.torch import from_torch, to_torch

DENSE: tuple[Any, Any] = (lambda: [Dense(64, "relu"), Dropout(0.2), Dense(10, "softmax")], 784)
CONVOLUTIONAL: tuple[Any, Any] = (
    lambda: [
        Conv2D(6, 5, "relu", padding="same"), BatchNorm(), MaxPool2D(),
        Conv2D(12, 3, "tanh", stride=2), BatchNorm(), Flatten(),
        Dense(32, "leaky_relu"), BatchNorm(), Dense(10, "softmax"),
    ],
    (28, 28, 1),
)  # fmt: skip


def needs(*packages: str) -> pytest.MarkDecorator:
    """Looked at before a network learns for nothing."""
    missing = [package for package in packages if find_spec(package) is None]
    return pytest.mark.skipif(bool(missing), reason=f"needs {', '.join(missing)}")


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(DENSE, id="dense"),
        pytest.param(CONVOLUTIONAL, id="convolutional", marks=pytest.mark.long),
    ],
)
def learned(request: pytest.FixtureRequest, mnist_folder: Path) -> tuple[Network, Array, Array]:
    """A network, the test digits as numbers from 0 to 1 in its shape, and its answers."""
    layers, inputs = request.param
    (x, y), (x_test, y_test) = mnist(mnist_folder, train=5000)
    network = Network(layers(), inputs)
    fit(network, x, y, loss="cross_entropy", optimizer=Adam(0.002), batch_size=50, epochs=3)
    assert accuracy(network, x_test, y_test) > 0.9
    for name, array in network.statistics.items():
        assert np.abs(array - name.endswith("variance")).min() > 1e-4  # nothing as at the start
    assert network.units.pixels
    digits = (x_test.reshape(-1, *network.input_shape) / 255).astype("float32")
    return network, digits, network.predict(x_test)


def agree(outputs: Array, answers: Array) -> None:
    assert outputs.shape == answers.shape == (10_000, 10)
    assert float(np.abs(outputs - answers).max()) < 1e-5
    np.testing.assert_array_equal(outputs.argmax(axis=1), answers.argmax(axis=1))


@needs("onnx", "onnxruntime")
def test_onnxruntime_answers_as_pynn(learned: tuple[Network, Array, Array]) -> None:
    import onnxruntime

    network, digits, answers = learned
    session = onnxruntime.InferenceSession(to_onnx(network).SerializeToString())
    agree(session.run(None, {"x": digits})[0], answers)


@needs("torch")
def test_pytorch_answers_as_pynn(learned: tuple[Network, Array, Array]) -> None:
    import torch

    network, digits, answers = learned
    x = np.moveaxis(digits, -1, 1) if digits.ndim == 4 else digits
    model = to_torch(network)
    with torch.no_grad():
        agree(model(torch.from_numpy(x.copy())).numpy(), answers)
    again = from_torch(model, network.input_shape).predict(digits)
    np.testing.assert_array_equal(again, network.predict(digits))
