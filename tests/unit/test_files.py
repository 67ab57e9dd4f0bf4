"""Model files that are in order: what goes in comes out, bit for bit."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from pynn import (
    Adam,
    AvgPool2D,
    BatchNorm,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    MaxPool2D,
    ModelFileError,
    Network,
    Normal,
    fit,
    load,
    save,
)
from pynn.activations import ACTIVATIONS, LeakyReLU
from pynn.layers import Layer, Shape

Make = tuple[Callable[[], list[Layer]], int | Shape]

NETWORKS: dict[str, Make] = {
    "smallest": (lambda: [Dense(1)], 1),
    "without-bias": (lambda: [Dense(3, bias=False), Dense(2)], 2),
    "penalties": (lambda: [Dense(3, "tanh", l1=0.25, l2=np.float32(0.5)), Dense(2, l1=1)], 2),
    "initializers": (lambda: [Dense(3, weights="lecun", bias_start=Normal(1.0))], 2),
    "convolution": (lambda: [Conv2D(3, 2, "relu", l2=0.1), Flatten(), Dense(2)], (4, 5, 2)),
    "convolution-same": (lambda: [Conv2D(2, 3, padding="same"), Flatten(), Dense(1)], (3, 3, 1)),
    "pool": (lambda: [MaxPool2D(3), Flatten(), Dense(1, "sigmoid")], (7, 6, 2)),
    "strides": (
        lambda: [Conv2D(2, 3, stride=2, padding="same"), AvgPool2D(), Flatten(), Dense(1)],
        (8, 7, 1),
    ),
    "dropout": (lambda: [Dropout(0.25), Dense(3), Dropout(), Dense(2)], 2),
    "batchnorm": (lambda: [Dense(3), BatchNorm(0.5, 1e-3), Dense(2)], 2),
    "batchnorm-images": (
        lambda: [BatchNorm(), Conv2D(2, 2), BatchNorm(), Flatten(), Dense(2)], (3, 3, 2),
    ),
    "flatten": (lambda: [Flatten(), Dense(1)], (2, 3)),
    "numpy-numbers": (lambda: [Dense(np.int64(2))], np.int64(3)),
    **{
        f"activation-{name}": (lambda name=name: [Dense(3, name), Dense(2, name)], 2)
        for name in ACTIVATIONS
    },
}  # fmt: skip


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize(("layers", "inputs"), NETWORKS.values(), ids=NETWORKS)
def test_network_comes_back_bit_for_bit(
    layers: Callable[[], list[Layer]], inputs: int, dtype: str, tmp_path: Path
) -> None:
    network = Network(layers(), inputs, seed=9, dtype=dtype)
    for place, array in enumerate(network.arrays.values()):
        array += place / 7
    save(network, tmp_path / "model.npz")
    loaded = load(tmp_path / "model.npz")
    assert list(loaded.parameters) == list(network.parameters)
    for name, array in network.parameters.items():
        assert loaded.parameters[name].tobytes() == array.tobytes()
        assert loaded.parameters[name].dtype == dtype
    assert list(loaded.statistics) == list(network.statistics)
    for name, array in network.statistics.items():
        assert loaded.statistics[name].tobytes() == array.tobytes()
    assert loaded.dtype == dtype and loaded.input_shape == network.input_shape
    assert [layer.config for layer in loaded.layers] == [layer.config for layer in network.layers]
    assert loaded.summary() == network.summary() and loaded.penalty() == network.penalty()
    x = np.random.default_rng(0).standard_normal((5, *network.input_shape))
    assert loaded.predict(x).tobytes() == network.predict(x).tobytes()


def trained() -> Network:
    network = Network([Dense(4, "tanh"), Dense(2, "softmax")], inputs=3)
    fit(network, np.eye(3), [0, 1, 1], loss="cross_entropy", optimizer=Adam(), verbose=False)
    return network


def test_loaded_network_trains_on_as_the_first_does() -> None:
    content = io.BytesIO()
    first = trained()
    save(first, content)
    second = load(io.BytesIO(content.getvalue()))
    words = {"loss": "cross_entropy", "epochs": 5, "verbose": False}
    for network in (first, second):
        fit(network, np.eye(3), [0, 1, 1], optimizer=Adam(), **words)
    for name, array in first.parameters.items():
        np.testing.assert_array_equal(array, second.parameters[name])


def test_extreme_but_finite_numbers_come_back() -> None:
    network = Network([Dense(1)], inputs=4, dtype="float64")
    numbers = np.array([[1.7e308], [-5e-324], [-0.0], [1 / 3]])
    network.set_parameters({"dense_1.weights": numbers})
    content = io.BytesIO()
    save(network, content)
    loaded = load(io.BytesIO(content.getvalue()))
    assert loaded.parameters["dense_1.weights"].tobytes() == numbers.tobytes()


def test_same_network_gives_the_same_bytes_and_another_others() -> None:
    contents = [io.BytesIO() for _ in range(3)]
    for content, seed in zip(contents, (1, 1, 2), strict=True):
        save(Network([Dense(3)], inputs=2, seed=seed), content)
    one, two, other = (content.getvalue() for content in contents)
    assert one == two != other


def test_any_numpy_can_open_a_model_file(tmp_path: Path) -> None:
    save(trained(), tmp_path / "model.npz")
    with np.load(tmp_path / "model.npz", allow_pickle=False) as archive:
        header = json.loads(str(archive["header"]))
        assert archive["dense_1.weights"].shape == (3, 4)
    assert header["format"] == "pynn model" and header["version"] == 2
    assert header["inputs"] == [3] and header["dtype"] == "float32"
    assert [(layer["kind"], layer["units"]) for layer in header["layers"]] == [
        ("dense", 4),
        ("dense", 2),
    ]


class Scaled(Dense):
    pass


Homonym = type("Dense", (Dense,), {})
NAMES = "dense, conv2d, maxpool2d, avgpool2d, flatten, dropout, batchnorm"
KINDS = f"save: expected layers of {NAMES}, got %s; pynn.register makes others known"


@pytest.mark.parametrize(
    ("layer", "sentence"),
    [
        (lambda: Dense(1, LeakyReLU()), "save: expected activations given by name, got an object"),
        (lambda: Scaled(1), KINDS % "scaled"),
        (lambda: Homonym(1), KINDS % "dense"),
    ],
)  # fmt: skip
def test_network_that_could_not_be_loaded_is_not_saved(
    layer: Callable[[], Layer], sentence: str, tmp_path: Path
) -> None:
    with pytest.raises(ValueError) as caught:
        save(Network([layer()], inputs=1), tmp_path / "model.npz")
    assert str(caught.value) == sentence
    assert not list(tmp_path.iterdir())


def test_saving_a_network_with_infinite_weights_is_refused_and_writes_nothing(tmp_path):
    network = Network([Dense(2)], inputs=2)
    network.parameters["dense_1.weights"][0, 0] = np.inf
    with pytest.raises(ModelFileError, match="save: expected finite weights") as error:
        save(network, tmp_path / "model.npz")
    assert error.value.code == "not_finite"
    assert list(tmp_path.iterdir()) == []
