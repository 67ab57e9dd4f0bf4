"""The header of a model file: which layers a network has, of which shapes its arrays are.

It is JSON, the same in an `.npz` file (`pynn.model_format`) and in one of safetensors.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from pynn.layers import LAYERS, Layer, Shape, layer_names
from pynn.limits import shown
from pynn.matmul import Array
from pynn.network import Network
from pynn.state import State

FORMAT = "pynn model"
VERSION = 2


class ModelFileError(ValueError):
    """A file that is no model, or not one that can be trusted.

    code is one of not_a_model, damaged, future_version, wrong_shape, too_large; not_finite
    for a network that cannot be saved, and not_pixels for one that cannot read drawings.
    """

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


@dataclass(frozen=True)
class Plan:
    """What a header says, checked; `name` begins the sentence of an error.

    shapes  of each parameter, then of each statistic, under its name
    """

    layers: list[Layer]
    inputs: Shape
    dtype: np.dtype[Any]
    exact: bool
    pixels: bool | None
    shapes: dict[str, Shape]
    name: str

    def network(self, arrays: Mapping[str, Array]) -> Network:
        """With these arrays, of `shapes` and in their order. Raises ModelFileError."""
        for key, array in arrays.items():
            if not np.isfinite(array).all():
                raise wrong(self.name, f"expected {key} as finite numbers")
        network = Network(self.layers, self.inputs, dtype=self.dtype, exact=self.exact)
        # In their order: in a file of version 1 names are other ones.
        for own, array in zip(network.arrays.values(), arrays.values(), strict=True):
            own[...] = array
        network.units.pixels = self.pixels
        return network


def header_of(network: Network, kept: State) -> dict[str, Any]:
    """Of a network whose state that is. Raises ValueError and ModelFileError (not_finite)."""
    layers = []
    for layer in network.layers:
        config = dict(layer.config)
        if not isinstance(config.get("activation", ""), str):
            raise ValueError("save: expected activations given by name, got an object")
        kind = type(layer).__name__.lower()
        if LAYERS.get(kind) is not type(layer):
            raise ValueError(
                f"save: expected layers of {', '.join(LAYERS)}, got {kind}; "
                f"pynn.register makes others known"
            )
        layers.append({"kind": kind, **config})
    if not all(np.isfinite(array).all() for array in kept.arrays.values()):
        raise ModelFileError(
            "not_finite", "save: expected finite weights, got NaN or infinity: the run diverged"
        )
    return {
        "format": FORMAT,
        "version": VERSION,
        "inputs": network.input_shape,
        "dtype": network.dtype.name,
        "layers": layers,
        "pixels": kept.plain["pixels"],
        "exact": network.exact,
    }


def as_json(header: dict[str, Any]) -> str:
    def refuse(value: object) -> str:
        raise ValueError(
            f"save: expected words of layers as numbers, texts, flags or lists, got {shown(value)}"
        )

    return json.dumps(header, default=refuse)


def plan_of(header: Mapping[str, Any], name: str) -> Plan:
    """What a header says. Raises ModelFileError, and ValueError for layers that cannot be."""
    version = header.get("version")
    if type(version) is not int or not 1 <= version <= VERSION:
        raise ModelFileError(
            "future_version",
            f"{name}: expected a model of version 1 or {VERSION}, got version {str(version)[:20]}; "
            f"a newer pynn may read it",
        )
    if not all(isinstance(header.get(key), list) for key in ("layers", "inputs")):
        raise wrong(name, "expected lists of layers and inputs")
    layers = [_layer(entry) for entry in header["layers"]]
    inputs, dtype = tuple(header["inputs"]), header.get("dtype")
    if not all(type(size) is int for size in inputs) or dtype not in ("float32", "float64"):
        raise wrong(name, "expected inputs as whole numbers and dtype float32 or float64")
    # Older files have no such words.
    pixels, exact = header.get("pixels"), header.get("exact", False)
    if not (pixels is None or isinstance(pixels, bool)):
        raise wrong(name, "expected pixels as true, false or null")
    if not isinstance(exact, bool):
        raise wrong(name, "expected exact as true or false")
    shapes = _array_shapes(layers, inputs, version)
    return Plan(layers, inputs, np.dtype(dtype), exact, pixels, shapes, name)


def _layer(entry: dict[str, Any]) -> Layer:
    config = dict(entry)
    kind = str(config.pop("kind", "none"))
    if kind not in LAYERS:
        raise ValueError(f"expected layers of {', '.join(LAYERS)}, got {kind}")
    return LAYERS[kind](**config)


def _array_shapes(layers: list[Layer], shape: Shape, version: int) -> dict[str, Shape]:
    """The shape of each parameter, then of each statistic, under its name in this version."""
    shapes: dict[str, Shape] = {}
    statistics: dict[str, Shape] = {}
    for place, (name, layer) in enumerate(zip(layer_names(layers), layers, strict=True), start=1):
        if version == 1:
            name = f"{name.rpartition('_')[0]}_{place}"
        own, outputs = layer.shapes(shape)
        shapes |= {f"{name}.{key}": s for key, s in own.items()}
        kept = layer.statistics_shapes(shape)
        statistics |= {f"{name}.{key}": s for key, s in kept.items()}
        shape = outputs
    return shapes | statistics


def wrong(name: str, what: str) -> ModelFileError:
    return ModelFileError("wrong_shape", f"{name}: the model does not fit together: {what}")
