"""A network as PyTorch lays it out: its modules, and where they have which number.

PyTorch has the channels of images in front, (n, channels, height, width), and weights the
other way round; so has ONNX:

    Dense       weights (inputs, units)                   weight (units, inputs)
    Conv2D      weights (size, size, channels, filters)   weight (filters, channels, size, size)
    BatchNorm   scale, shift, mean, variance              weight, bias, running_mean, running_var

A Flatten of images makes rows of their pixels, there channel by channel. What has one number
for each of those inputs, up to and with the next dense layer, has them in that order.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from pynn.activations import LeakyReLU, Linear, ReLU, Sigmoid, Softmax, Tanh, get_activation
from pynn.layers import AvgPool2D, BatchNorm, Conv2D, Dense, Dropout, Flatten, MaxPool2D
from pynn.layers.layer import Layer, Shape
from pynn.limits import shown
from pynn.network import Network
from pynn.smooth_activations import ELU, GELU, SiLU, Softplus

# A module of torch.nn: its name and the words of its constructor.
Module = tuple[str, dict[str, Any]]
Places = npt.NDArray[np.intp]
# What a state dict calls our arrays.
NAMES = {
    "weights": "weight", "bias": "bias",
    "scale": "weight", "shift": "bias", "mean": "running_mean", "variance": "running_var",
}  # fmt: skip
WITH_NUMBERS = ("Linear", "Conv2d", "BatchNorm1d", "BatchNorm2d")
LAYERS = "Dense, Conv2D, MaxPool2D, AvgPool2D, Flatten, Dropout and BatchNorm"
ACTIVATIONS = "tanh, relu, leaky_relu, sigmoid, silu, gelu, elu, softplus, linear and softmax"


def fed(network: Network) -> Iterator[tuple[Layer, Shape]]:
    """Its layers, each with the shape of what it is fed with."""
    shape = network.input_shape
    for layer in network.layers:
        yield layer, shape
        shape = layer.output_shape


def layout(who: str, network: Network) -> Iterator[tuple[str, str, Places]]:
    """Of each array its name in a state dict, its name in the network, and its places.

    Those have the shape that the array has in PyTorch, and say of each number where it is in
    the network's array, counted row by row. Raises ValueError, begun with `who`, for layers
    and activations of one's own.
    """
    index, order = 0, None  # of the numbers behind a Flatten
    for name, (layer, shape) in zip(network.layer_names, fed(network), strict=True):
        modules = modules_of(who, layer, shape)
        numbered = next((i for i, (kind, _) in enumerate(modules) if kind in WITH_NUMBERS), 0)
        for key, array in {**layer.params, **layer.statistics}.items():
            places = np.arange(array.size).reshape(array.shape)
            if order is not None and key != "bias":
                places = places[order]
            axes = (3, 2, 0, 1) if places.ndim == 4 else None
            yield f"{index + numbered}.{NAMES[key]}", f"{name}.{key}", places.transpose(axes)
        if isinstance(layer, Flatten) and len(shape) == 3:
            order = np.arange(layer.output_shape[0]).reshape(shape).transpose(2, 0, 1).ravel()
        elif isinstance(layer, Dense):
            order = None
        index += len(modules)


def modules_of(who: str, layer: Layer, shape: Shape) -> list[Module]:
    """The modules that do what a layer does with inputs of this shape.

    Raises ValueError, begun with `who`, for a layer or an activation of one's own.
    """
    kind, config = type(layer), layer.config
    if kind is Dense:
        words = {"in_features": shape[0], "out_features": config["units"], "bias": config["bias"]}
        return [("Linear", words), *activation_of(who, layer)]
    if kind is Conv2D:
        left, right, top, bottom = zeros = margins(layer, shape)
        words = {"in_channels": shape[2], "out_channels": config["filters"]}
        words |= {name: config[name] for name in ("kernel_size", "stride")}
        around: list[Module] = []
        if (left, top) == (right, bottom):
            words["padding"] = top, left
        else:
            around = [("ZeroPad2d", {"padding": zeros})]
        return [*around, ("Conv2d", words), *activation_of(who, layer)]
    if kind in (MaxPool2D, AvgPool2D):
        return [(kind.__name__.replace("2D", "2d"), {"kernel_size": config["size"]})]
    if kind is BatchNorm:
        # 1 - 0.9 is 0.09999999999999998.
        momentum = round(1.0 - config["momentum"], 15)
        words = {"num_features": shape[-1], "eps": config["epsilon"], "momentum": momentum}
        return [("BatchNorm2d" if len(shape) == 3 else "BatchNorm1d", words)]
    if kind is Dropout:
        return [("Dropout", {"p": config["rate"]})]
    if kind is Flatten:
        return [("Flatten", {})]
    raise ValueError(f"{who}: expected layers of {LAYERS}, got {shown(layer)}")


def activation_of(who: str, layer: Layer) -> list[Module]:
    """The module of a layer's activation, none for a linear one. Raises ValueError."""
    # That of an exact network is given by its ordinary form's name.
    activation = get_activation(layer.config["activation"])
    kind = type(activation)
    if kind is Linear:
        return []
    if isinstance(activation, LeakyReLU) and kind is LeakyReLU:
        return [("LeakyReLU", {"negative_slope": activation.slope})]
    if isinstance(activation, ELU) and kind is ELU:
        return [("ELU", {"alpha": activation.scale})]
    if kind is Softmax:
        return [("Softmax", {"dim": 1})]
    if kind in (Tanh, ReLU, Sigmoid, SiLU, GELU, Softplus):
        return [(kind.__name__, {})]
    named = activation.name or kind.__name__
    raise ValueError(f"{who}: expected activations of {ACTIVATIONS}, got {shown(named)}")


def margins(layer: Layer, shape: Shape) -> tuple[int, int, int, int]:
    """How many zeros a Conv2D sets to the left, the right, above and below of its images."""
    size, stride = layer.config["kernel_size"], layer.config["stride"]
    if layer.config["padding"] == "valid":
        return 0, 0, 0, 0
    # The last window begins at the last multiple of the stride that is in the image.
    more = [max(0, (side - 1) // stride * stride + size - side) for side in shape[:2]]
    (top, bottom), (left, right) = ((zeros // 2, zeros - zeros // 2) for zeros in more)
    return left, right, top, bottom
