"""Networks as ONNX: what onnxruntime answers with a file is what the network answers."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from random_networks import as_trained, examples, random_network

from pynn import SGD, Activation, Layer, Network, fit
from pynn.layers import AvgPool2D, BatchNorm, Conv2D, Dense, Dropout, Flatten, MaxPool2D
from pynn.matmul import Array
from pynn.onnx import export_onnx, to_onnx

pytest.importorskip("onnx")
onnxruntime = pytest.importorskip("onnxruntime")

TOLERANCE = {"float32": 1e-5, "float64": 1e-12}


def session_of(network: Network) -> Any:
    content = to_onnx(network).SerializeToString()
    return onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])


def answers(network: Network, x: Array) -> Array:
    (outputs,) = session_of(network).run(None, {"x": x})
    return np.asarray(outputs)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("seed", range(24))
def test_onnxruntime_answers_as_the_network_does(seed: int, dtype: str) -> None:
    network = random_network(seed, dtype)
    x = examples(network, 5)
    outputs = answers(network, x)
    assert outputs.dtype == dtype
    np.testing.assert_allclose(outputs, network.predict(x), rtol=0, atol=TOLERANCE[dtype])


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("padding", ["same", "valid"])
@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("stride", [1, 2, 3])
def test_windows_stand_where_they_stand_in_pynn(
    dtype: str, padding: str, size: int, stride: int
) -> None:
    layers = [Conv2D(3, size, "relu", stride=stride, padding=padding), Flatten(), Dense(2)]
    network = Network(layers, (8, 11, 2), seed=size, dtype=dtype)
    x = examples(network, 3)
    np.testing.assert_allclose(
        answers(network, x), network.predict(x), rtol=0, atol=TOLERANCE[dtype]
    )


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("pool", [MaxPool2D, AvgPool2D])
def test_rows_and_columns_that_fill_no_square_are_left_out(dtype: str, pool: Any) -> None:
    network = Network([pool(3), Flatten(), Dense(4, "tanh")], (8, 10, 2), dtype=dtype)
    x = examples(network, 3)
    np.testing.assert_allclose(
        answers(network, x), network.predict(x), rtol=0, atol=TOLERANCE[dtype]
    )


def test_any_number_of_examples_is_answered() -> None:
    network = random_network(1)
    session = session_of(network)
    for count in (0, 1, 7):
        (outputs,) = session.run(None, {"x": examples(network, count)})
        assert outputs.shape == (count, network.outputs)


def test_the_model_says_what_it_takes_and_gives() -> None:
    network = Network([Conv2D(2, 3), Flatten(), Dense(10, "softmax")], (6, 8, 3), dtype="float64")
    (x,), (outputs,) = session_of(network).get_inputs(), session_of(network).get_outputs()
    assert (x.name, x.type, x.shape) == ("x", "tensor(double)", ["n", 6, 8, 3])
    assert (outputs.name, outputs.type, outputs.shape) == ("outputs", "tensor(double)", ["n", 10])


@pytest.mark.parametrize(
    ("dtype", "said", "kept"),
    [("uint8", "x: pixels from 0 to 1, bytes divided by 255", "true"),
     ("float32", "x: numbers as they are", "false")],
)  # fmt: skip
def test_the_model_says_whether_x_is_pixels(dtype: str, said: str, kept: str) -> None:
    network = Network([Dense(3, "softmax")], 4)
    x = np.arange(0, 240, 10).reshape(6, 4).astype(dtype)
    fit(network, x, [0, 1, 2, 0, 1, 2], loss="cross_entropy", optimizer=SGD(1e-6), epochs=1)
    meta = session_of(network).get_modelmeta()
    assert (meta.description, meta.custom_metadata_map) == (said, {"pixels": kept})
    given = x.astype("float32") / (255 if dtype == "uint8" else 1)
    np.testing.assert_allclose(answers(network, given), network.predict(x), atol=1e-5)


def test_images_are_transposed_once_and_not_at_all_with_one_channel() -> None:
    for channels, wanted in ((3, 1), (1, 0)):
        layers = [Conv2D(2, 3), BatchNorm(), MaxPool2D(), Flatten(), Dense(4, "relu"), Dense(2)]
        model = to_onnx(Network(layers, (9, 8, channels)))
        assert [node.op_type for node in model.graph.node].count("Transpose") == wanted


def test_gelu_is_written_in_float32_and_refused_in_float64() -> None:
    single = Network([Dense(9, "gelu"), Dense(3)], 5)
    x = 3.0 * examples(single, 50)
    np.testing.assert_allclose(answers(single, x), single.predict(x), rtol=0, atol=1e-5)
    with pytest.raises(ValueError, match=r"^to_onnx: expected a float32 network with gelu"):
        to_onnx(Network([Dense(9, "gelu"), Dense(3)], 5, dtype="float64"))


def test_dropout_is_not_in_the_model() -> None:
    network = Network([Dropout(0.9), Dense(3, "tanh"), Dropout(0.9), Dense(2)], 4)
    kinds = [node.op_type for node in to_onnx(network).graph.node]
    assert kinds == ["Gemm", "Tanh", "Gemm"]


def test_an_exact_network_is_written_like_any_other() -> None:
    kinds = ("tanh", "sigmoid", "relu", "leaky_relu", "softmax")
    network = Network([Dense(4, kind) for kind in kinds], 3, exact=True, seed=2)
    x = examples(network, 6)
    np.testing.assert_allclose(answers(network, x), network.predict(x), rtol=0, atol=1e-6)


def test_a_file_holds_the_model_and_the_same_network_gives_the_same_bytes(tmp_path: Path) -> None:
    network = random_network(3)
    export_onnx(network, tmp_path / "a.onnx")
    export_onnx(network, str(tmp_path / "b.onnx"))
    assert (tmp_path / "a.onnx").read_bytes() == (tmp_path / "b.onnx").read_bytes()
    session = onnxruntime.InferenceSession(tmp_path / "a.onnx")
    x = examples(network, 2)
    np.testing.assert_allclose(session.run(None, {"x": x})[0], network.predict(x), atol=1e-5)


def test_the_model_stays_when_the_network_learns_on(tmp_path: Path) -> None:
    network = random_network(0)
    x = examples(network, 4)
    session, before = session_of(network), network.predict(x)
    as_trained(network, np.random.default_rng(9))
    np.testing.assert_allclose(session.run(None, {"x": x})[0], before, atol=1e-5)


class Own(Layer):
    def __init__(self) -> None:
        super().__init__({})

    def shapes(self, input_shape: tuple[int, ...]) -> Any:
        return {}, input_shape

    def forward(self, x: Array) -> Array:
        return x


class Wider(Dense):
    """A layer of one's own that is a Dense for all that is seen of it."""


class Cube(Activation):
    name = "cube"

    def forward(self, z: Array, out: Array) -> Array:
        return np.power(z, 3, out=out)


@pytest.mark.parametrize(
    ("layers", "words"),
    [([Own(), Dense(2)], "expected layers of Dense, Conv2D, .*, got Own"),
     ([Wider(3), Dense(2)], "expected layers of Dense, Conv2D, .*, got Wider"),
     ([Dense(3, Cube()), Dense(2)], "expected activations of tanh, .*, got 'cube'")],
    ids=["layer", "subclass", "activation"],
)  # fmt: skip
def test_what_is_of_ones_own_is_refused(layers: list[Layer], words: str) -> None:
    with pytest.raises(ValueError, match=f"^to_onnx: {words}"):
        to_onnx(Network(layers, 4))


def test_weights_that_diverged_are_refused() -> None:
    network = random_network(0)
    next(iter(network.arrays.values()))[...] = np.nan
    with pytest.raises(ValueError, match=r"^to_onnx: expected finite weights, got NaN"):
        to_onnx(network)


def test_what_is_no_network_or_no_path_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^to_onnx: expected a Network, got list"):
        to_onnx([])  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"^export_onnx: expected a path, got 3"):
        export_onnx(random_network(0), 3)  # type: ignore[arg-type]


def test_without_onnx_one_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnx", None)
    with pytest.raises(ImportError, match=r"pip install pynn-playground\[onnx\]$"):
        to_onnx(random_network(0))


def test_pynn_is_imported_without_onnx() -> None:
    program = "import sys, pynn, pynn.onnx; sys.exit('onnx' in sys.modules)"
    root = Path(__file__).resolve().parents[2]
    assert subprocess.run([sys.executable, "-c", program], cwd=root).returncode == 0
