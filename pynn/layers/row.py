"""Layers in a row: checked whole before anything is built, and then built one after another."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

import numpy as np

from pynn.buffers import Room
from pynn.layers.convolution import Conv2D
from pynn.layers.dense import Dense
from pynn.layers.dropout import Dropout
from pynn.layers.layer import Layer, Shape, layer_names
from pynn.layers.neurons import Neurons
from pynn.layers.pooling import AvgPool2D, Flatten, MaxPool2D
from pynn.limits import MOST, shown
from pynn.matmul import Array
from pynn.slices import slices

# So many parameters and fewer lie in one array, which an optimizer moves in one go: of small
# arrays the calls cost more than the arithmetic.
SIDE_BY_SIDE = 2**14
# Where many rows are wanted, so many are worked on together at most, and so many numbers: of more
# the caches of a processor hold too little.
MOST_ROWS, MOST_NUMBERS = 1000, 2**20
MOST_NUMBERS_KEPT = 2**19
# What makes a row's output of that row alone. A subclass may do anything.
ROW_BY_ROW = {Dense, Conv2D, MaxPool2D, AvgPool2D, Flatten, Dropout}


def as_layers(given: object) -> tuple[Layer, ...]:
    """Fresh layers in their order, which a set would not keep. ValueError for anything else."""
    layers: list[Layer] = []
    if isinstance(given, Iterable) and not isinstance(
        given, (str, bytes, set, frozenset, np.ndarray)
    ):
        for layer in given:
            if not isinstance(layer, Layer):
                raise ValueError(f"Network: expected layers only, got {shown(layer)}")
            layers.append(layer)
    if not layers:
        raise ValueError(f"Network: expected at least one layer, got {shown(given)}")
    twice = len({id(layer) for layer in layers}) < len(layers)
    if twice or any(layer.output_shape for layer in layers):
        raise ValueError("Network: expected fresh layers, got one that is in use already")
    return tuple(layers)


def fitted(layers: tuple[Layer, ...], shape: Shape) -> tuple[Shape, int]:
    """The outputs' shape for inputs of `shape`, and how many parameters. Raises ValueError.

    Nothing is built: layers that are refused stay fresh.
    """
    count = 0
    for layer in layers:
        params, shape = layer.shapes(shape)
        count += sum(map(math.prod, params.values()))
    if count > MOST:
        raise ValueError(f"Network: expected at most {MOST:,} parameters, got {shown(count)}")
    if len(shape) != 1:
        raise ValueError(f"Network: expected a flat last layer, got outputs of shape {shape}")
    if not isinstance(layers[-1], Neurons):
        kind = type(layers[-1]).__name__
        raise ValueError(
            f"Network: expected a last layer of neurons, where a loss begins, got {kind}; "
            f"put Dense({shape[0]}) behind it"
        )
    return shape, count


def build(
    layers: tuple[Layer, ...], shape: Shape, count: int, rng: np.random.Generator, dtype: np.dtype
) -> tuple[Room, Room] | None:
    """Builds all of them, with `count` parameters, or none.

    Few parameters and their gradients lie side by side in the rooms that are returned.
    """
    small = count <= SIDE_BY_SIDE
    rooms = (Room(count, dtype), Room(count, dtype)) if small else None
    try:
        for layer in layers:
            layer.rooms = rooms
            shape = layer.build(shape, rng, dtype)
    except BaseException:
        for layer in layers:
            layer.output_shape = ()  # fresh, as they were
        raise
    finally:
        for layer in layers:
            layer.rooms = None
    return rooms


def portions(layers: tuple[Layer, ...], count: int) -> Iterator[slice]:
    """Slices of so many rows, each of as many as these layers had better take together."""
    at_once = max(1, min(MOST_ROWS, MOST_NUMBERS // _numbers(layers)))
    return slices(count, at_once)


def most_kept(layers: tuple[Layer, ...]) -> int:
    """How many rows these layers had better learn from together: they keep what they compute.

    As many as there are, where one of them may look at the batch as a whole.
    """
    if any(type(layer) not in ROW_BY_ROW for layer in layers):
        return MOST
    return max(1, MOST_NUMBERS_KEPT // _numbers(layers))


def _numbers(layers: tuple[Layer, ...]) -> int:
    """How many numbers they make of one row."""
    return sum(math.prod(layer.output_shape) for layer in layers)


def plan(layers: tuple[Layer, ...]) -> str:
    """Kinds and words of them all, in one line."""
    return " | ".join(layer.plan for layer in layers)


def named(layers: tuple[Layer, ...], twin: str) -> dict[str, Array]:
    """All their `params`, `grads` or `statistics`: "dense_1.weights", say."""
    return {
        f"{name}.{key}": array
        for name, layer in zip(layer_names(layers), layers, strict=True)
        for key, array in getattr(layer, twin).items()
    }


def table(layers: tuple[Layer, ...]) -> list[str]:
    """Lines of text: each layer's name, activation, output shape and parameters."""
    rows = [("layer", "activation", "output", "parameters")]
    total = 0
    for name, layer in zip(layer_names(layers), layers, strict=True):
        count = sum(array.size for array in layer.params.values())
        shape = " x ".join(map(str, layer.output_shape))
        activation = layer.activation.name if isinstance(layer, Neurons) else ""
        rows.append((name, activation, shape, f"{count:,}"))
        total += count
    rows.append(("total", "", "", f"{total:,}"))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell.rjust(width) if place == 3 else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
