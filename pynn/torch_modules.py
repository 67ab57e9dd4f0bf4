"""Modules of PyTorch as layers.

A layer is made of what its module says first, and back into a module. What else the module
has been told is then as it is in that one, or the layer cannot do it.
"""

from typing import Any

from pynn.activations import Activation, LeakyReLU
from pynn.layers import AvgPool2D, BatchNorm, Conv2D, Dense, Dropout, Flatten, MaxPool2D
from pynn.layers.layer import Layer, Shape
from pynn.limits import shown
from pynn.smooth_activations import ELU
from pynn.torch_layout import margins, modules_of

ACTIVATIONS = (
    "Tanh", "ReLU", "LeakyReLU", "Sigmoid", "SiLU", "GELU", "ELU", "Softplus", "Softmax",
)  # fmt: skip
KNOWN = (
    "Linear", "Conv2d", "MaxPool2d", "AvgPool2d", "Flatten", "Dropout", "BatchNorm1d",
    "BatchNorm2d", "ZeroPad2d", *ACTIVATIONS,
)  # fmt: skip
# What a module has been told that any layer can do, or that makes no difference to it.
LEFT_OUT = ("training", "inplace", "affine", "momentum", "count_include_pad")


def layers_of(modules: list[Any], shape: Shape, torch: Any) -> tuple[list[Layer], list[int]]:
    """The layers for inputs of this shape, and the index of the module that each of them is.

    Raises ValueError, which names the module, for one that cannot be a layer.
    """
    layers: list[Layer] = []
    places: list[int] = []
    kinds = [type(module).__name__ for module in modules]
    for at, (kind, module) in enumerate(zip(kinds, modules, strict=True)):
        if kind not in KNOWN or type(module) is not getattr(torch.nn, kind):
            known = ", ".join(KNOWN)
            raise ValueError(f"from_torch: expected module {at} as one of {known}, got {kind}")
        before, behind = ["none", *kinds][at], [*kinds, "none"][at + 1]
        try:
            if kind == "ZeroPad2d":
                _check(behind == "Conv2d", "a Conv2d behind it", behind)
            elif kind in ACTIVATIONS:
                _check(before in ("Linear", "Conv2d"), "a Linear or Conv2d before it", before)
                layers[-1] = _activated(layers[-1], module, shape)
            else:
                zeros = modules[at - 1].padding if before == "ZeroPad2d" else (0, 0, 0, 0)
                layer = _layer(module, zeros)
                outputs = layer.shapes(shape)[1]
                with torch.device("meta"):  # where a module takes no memory and draws nothing
                    _compare(module, layer, shape, zeros, torch.nn)
                layers.append(layer)
                places.append(at)
                shape = outputs
        except ValueError as error:
            raise ValueError(f"from_torch: module {at} ({kind}): {error}") from None
    return layers, places


def _layer(module: Any, zeros: Shape) -> Layer:
    """The layer that a module with so many zeros before it may be; `_compare` tells."""
    match type(module).__name__:
        case "Linear":
            return Dense(module.out_features, bias=module.bias is not None)
        case "Conv2d":
            padding = "same" if any(_zeros(module, zeros)) else "valid"
            size, stride = module.kernel_size[0], module.stride[0]
            return Conv2D(module.out_channels, size, stride=stride, padding=padding)
        case "MaxPool2d":
            return MaxPool2D(_one(module.kernel_size))
        case "AvgPool2d":
            return AvgPool2D(_one(module.kernel_size))
        case "Dropout":
            return Dropout(module.p)
        case "Flatten":
            return Flatten()
        case _:
            _check(bool(module.momentum), "a momentum above 0", module.momentum)
            return BatchNorm(round(1.0 - module.momentum, 15), module.eps)


def _compare(module: Any, layer: Layer, shape: Shape, zeros: Shape, nn: Any) -> None:
    """ValueError where the module has been told something that the layer cannot do."""
    kind, words = modules_of("from_torch", layer, shape)[-1]
    _check(type(module).__name__ == kind, kind, type(module).__name__)
    told = vars(module)
    if isinstance(layer, Conv2D):
        wanted, got = margins(layer, shape), _zeros(module, zeros)
        _check(got == wanted, f"no zeros around images or {wanted}", got)
        words["padding"] = told["padding"]
    for name, value in vars(getattr(nn, kind)(**words)).items():
        if not name.startswith("_") and name not in LEFT_OUT:
            got, alike = told[name], value if isinstance(value, tuple) else (value, value)
            _check(got in (value, alike), f"{name}={value}", got)


def _activated(layer: Layer, module: Any, shape: Shape) -> Layer:
    """The same layer with a module's activation, of outputs of this shape."""
    name = type(module).__name__
    activation: str | Activation = name.lower()
    if name == "Softmax":
        _check(module.dim in (1, -len(shape)), "dim=1", module.dim)
    elif name == "GELU":
        _check(module.approximate == "none", "approximate='none'", module.approximate)
    elif name == "Softplus":
        _check(module.beta == 1, "beta=1", module.beta)
    elif name == "ELU":
        activation = name.lower() if module.alpha == 1.0 else ELU(module.alpha)
    elif name == "LeakyReLU":
        activation = LeakyReLU(module.negative_slope)
        if activation.slope == LeakyReLU().slope:
            activation = activation.name  # by which a file can keep it
    return type(layer)(**(layer.config | {"activation": activation}))


def _zeros(module: Any, before: Shape) -> Shape:
    """How many zeros a Conv2d works with, left, right, above, below; so many stand there before."""
    if module.padding == "same":
        sides = [((size - 1) // 2, size // 2) for size in module.kernel_size]
    else:
        given = (0, 0) if module.padding == "valid" else module.padding
        sides = [(zeros, zeros) for zeros in given]
    (top, bottom), (left, right) = sides
    return tuple(a + b for a, b in zip((left, right, top, bottom), before, strict=True))


def _one(size: Any) -> Any:
    """The first of two numbers, which the other is compared to later, or the one there is."""
    return size[0] if isinstance(size, tuple) else size


def _check(fine: bool, expected: str, got: object) -> None:
    if not fine:
        raise ValueError(f"expected {expected}, got {got if isinstance(got, str) else shown(got)}")
