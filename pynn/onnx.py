"""ONNX: networks as files with which other runtimes answer.

    export_onnx(network, "digits.onnx")

    session = onnxruntime.InferenceSession("digits.onnx")
    outputs = session.run(None, {"x": images})[0]    # what network.predict(images) gives

A network is written as it is in use: nothing is dropped out, and batch normalisation has its
running numbers. Inside, images have their channels in front, and weights lie as
`pynn.torch_layout` says; so x is transposed once, or not at all where it has one channel.
onnxruntime has no convolution, average pooling or leaky rectifier in float64: there they are
made of operations that it has, which take the memory of all windows of all images.
"""

import json
import math
import os
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from pynn import __version__
from pynn.layers import AvgPool2D, BatchNorm, Conv2D, Dense, Flatten, MaxPool2D, Neurons
from pynn.layers.layer import Layer, Shape
from pynn.matmul import Array
from pynn.network import Network, check_network
from pynn.onnx_activations import add_activation
from pynn.paths import file_to_write
from pynn.torch_layout import activation_of, fed, layout, margins

if TYPE_CHECKING:
    from onnx import ModelProto

# Both of onnx 1.10, and read by onnxruntime from 1.10 on.
OPSET, IR_VERSION = 15, 8
PIXELS = "pixels from 0 to 1, bytes divided by 255"


def export_onnx(network: Network, path: str | os.PathLike[str]) -> None:
    """Writes the model that `to_onnx` makes, and raises what it raises."""
    check_network("export_onnx", network)
    place = file_to_write("export_onnx", path)
    place.write_bytes(to_onnx(network).SerializeToString())


def to_onnx(network: Network) -> "ModelProto":
    """The model that makes "outputs" (n, outputs) of "x" (n, *inputs), both of its dtype.

    n is any number, and images are (n, height, width, channels) as in pynn. Bytes are not
    scaled: where the network has learned from them, x is pixels from 0 to 1. The model's
    description says so, and "pixels" in its metadata is what model files have there.

    Raises ValueError for layers and activations of one's own and for weights that are not
    finite, ImportError where onnx is missing.
    """
    check_network("to_onnx", network)
    onnx = _imported()
    state = network.state()
    if not all(np.isfinite(array).all() for array in state.arrays.values()):
        raise ValueError("to_onnx: expected finite weights, got NaN or infinity: the run diverged")
    arrays = {
        own: state.arrays[own].reshape(-1)[places] for _, own, places in layout("to_onnx", network)
    }
    graph = _Graph(arrays, network.dtype == np.float32, onnx)
    graph.channels_first(network.input_shape)
    for name, (layer, shape) in zip(network.layer_names, fed(network), strict=True):
        graph.layer(name, layer, shape)
    graph.nodes[-1].output[0] = "outputs"
    return _model(network, graph, state.plain["pixels"], onnx)


def _model(network: Network, graph: "_Graph", pixels: bool | None, onnx: Any) -> "ModelProto":
    helper, kind = onnx.helper, onnx.helper.np_dtype_to_tensor_dtype(network.dtype)
    x, outputs = (
        helper.make_tensor_value_info(name, kind, ["n", *shape])
        for name, shape in (("x", network.input_shape), ("outputs", network.output_shape))
    )
    model = helper.make_model(
        helper.make_graph(graph.nodes, "network", [x], [outputs], graph.numbers),
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=IR_VERSION,
        producer_name="pynn",
        producer_version=__version__,
        doc_string=f"x: {PIXELS if pixels else 'numbers as they are'}",
    )
    helper.set_model_props(model, {"pixels": json.dumps(pixels)})
    onnx.checker.check_model(model, full_check=True)
    return model


class _Graph:
    """Nodes in a row: each takes what the one before it gives, and gives what it is called.

    arrays   of the network, by name, as PyTorch and ONNX have them
    numbers  those that the nodes take, by name
    now      what the last node gives
    """

    def __init__(self, arrays: dict[str, Array], single: bool, onnx: Any) -> None:
        self.arrays, self.single, self.onnx = arrays, single, onnx
        self.nodes: list[Any] = []
        self.numbers: list[Any] = []
        self.now = "x"

    def node(self, kind: str, name: str, *others: str, before: str = "", **words: Any) -> None:
        """One that takes `before`, what the last one gives, and `others`."""
        inputs = [*([before] if before else []), self.now, *others]
        self.nodes.append(self.onnx.helper.make_node(kind, inputs, [name], name, **words))
        self.now = name

    def number(self, name: str, array: Array) -> str:
        """The name, under which the nodes find the array from now on."""
        whole = np.ascontiguousarray(array)
        self.numbers.append(self.onnx.numpy_helper.from_array(whole, name))
        return name

    def own(self, layer: str, key: str, shape: Shape | None = None) -> str:
        array = self.arrays[f"{layer}.{key}"]
        return self.number(f"{layer}.{key}", array if shape is None else array.reshape(shape))

    def shaped(self, name: str, shape: Shape) -> None:
        """(n, *shape) from now on."""
        self.node("Reshape", name, self.number(f"{name}.shape", np.array([0, *shape])))

    def channels_first(self, shape: Shape) -> None:
        if len(shape) != 3:
            return
        height, width, channels = shape
        if channels == 1:  # the numbers stay where they are
            self.shaped("x.channels_first", (1, height, width))
        else:
            self.node("Transpose", "x.channels_first", perm=[0, 3, 1, 2])

    def layer(self, name: str, layer: Layer, shape: Shape) -> None:
        """What a layer does with inputs of this shape, which is pynn's."""
        if isinstance(layer, Dense):
            numbers = [self.own(name, key) for key in layer.params]
            self.node("Gemm", name, *numbers, transB=1)
        elif isinstance(layer, Conv2D):
            self.convolution(name, layer, shape)
        elif isinstance(layer, (MaxPool2D, AvgPool2D)):
            self.pool(name, layer, shape)
        elif isinstance(layer, BatchNorm):
            epsilon = layer.config["epsilon"]
            if not self.single:  # words of nodes have single precision
                self.arrays[f"{name}.variance"] += epsilon
                epsilon = 0.0
            numbers = [self.own(name, key) for key in ("scale", "shift", "mean", "variance")]
            self.node("BatchNormalization", name, *numbers, epsilon=epsilon)
        elif isinstance(layer, Flatten):
            self.node("Flatten", name)
        if isinstance(layer, Neurons):
            for kind, words in activation_of("to_onnx", layer):
                add_activation(self, f"{name}.{layer.activation.name}", kind, words)

    def convolution(self, name: str, layer: Conv2D, shape: Shape) -> None:
        size, stride = layer.config["kernel_size"], layer.config["stride"]
        left, right, top, bottom = margins(layer, shape)
        if self.single:
            self.node(
                "Conv", name, self.own(name, "weights"), self.own(name, "bias"),
                kernel_shape=[size] * 2, strides=[stride] * 2, pads=[top, left, bottom, right],
            )  # fmt: skip
            return
        height, width, filters = layer.output_shape
        if left + right + top + bottom:
            ends = np.array([0, 0, top, left, 0, 0, bottom, right])
            self.node("Pad", f"{name}.padded", self.number(f"{name}.margins", ends))
        around = shape[2], top + shape[0] + bottom, left + shape[1] + right
        self.windows(name, around, size, stride, (0, 3, 4, 1, 2), shape[2] * size**2)
        weights, bias = self.own(name, "weights", (filters, -1)), self.own(name, "bias", (-1, 1))
        self.node("MatMul", f"{name}.product", before=weights)
        self.node("Add", f"{name}.rows", bias)
        self.shaped(name, (filters, height, width))

    def pool(self, name: str, layer: MaxPool2D | AvgPool2D, shape: Shape) -> None:
        size = layer.config["size"]
        if self.single or isinstance(layer, MaxPool2D):
            kind = "MaxPool" if isinstance(layer, MaxPool2D) else "AveragePool"
            self.node(kind, name, kernel_shape=[size] * 2, strides=[size] * 2)
            return
        height, width, channels = layer.output_shape
        self.windows(name, (channels, *shape[:2]), size, size, (3, 4, 0, 1, 2), size**2)
        self.node("ReduceMean", f"{name}.rows", axes=[1], keepdims=0)
        self.shaped(name, (channels, height, width))

    def windows(
        self, name: str, shape: Shape, size: int, stride: int, axes: Shape, rows: int
    ) -> None:
        """(n, rows, …): the pixels of all windows of images of this shape, (channels, …).

        axes  the order of (channels, down, across, down and across in a window), rows first
        """
        pixels = np.arange(math.prod(shape)).reshape(shape)
        rows_seen = sliding_window_view(pixels, size, axis=1)[:, ::stride]
        seen = sliding_window_view(rows_seen, size, axis=2)[:, :, ::stride]
        places = self.number(f"{name}.places", seen.transpose(axes).reshape(rows, -1))
        self.node("Flatten", f"{name}.flat")
        self.node("Gather", f"{name}.windows", places, axis=1)


def _imported() -> Any:
    try:
        import onnx
    except ImportError:
        raise ImportError(
            "to_onnx: expected onnx to be installed, got none; pip install pynn-playground[onnx]"
        ) from None
    return onnx
