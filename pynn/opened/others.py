"""Where the numbers of layers without neurons come from: pooling, dropout, normalisation, rows."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from pynn.layers import AvgPool2D, BatchNorm, Dropout, Flatten, Layer, MaxPool2D
from pynn.matmul import Array
from pynn.opened.moment import Cell, sum_of
from pynn.opened.neurons import Explain, Place

# What a layer had and made, of one example: x, a, da, dx; and its params before the update.
Known = Mapping[str, Any]


def explain_forward(layer: Layer, known: Known) -> Explain:
    """Where a number of a, what the layer made of x, comes from."""
    x, a = known["x"], known["a"]
    if isinstance(layer, (MaxPool2D, AvgPool2D)):
        return _pooled(layer, x, a)
    if isinstance(layer, BatchNorm):
        return _normal(layer, known)
    if isinstance(layer, Dropout):
        return _numbers("a = s x", a, s=np.array(layer.scale[0]), x=x)
    if isinstance(layer, Flatten):
        return _numbers("a = x", a, x=x.reshape(a.shape))
    return _numbers("a = f(x)", a)


def explain_backward(layer: Layer, known: Known) -> Explain:
    """Where a number of dx, what the layer made of da, comes from."""
    da, dx = known["da"], known["dx"]
    if isinstance(layer, (MaxPool2D, AvgPool2D)):
        return _unpooled(layer, known)
    if isinstance(layer, BatchNorm):
        return _normal_gradient(layer, known)
    if isinstance(layer, Dropout):
        return _numbers("dx = s da", dx, s=np.array(layer.scale[0]), da=da)
    if isinstance(layer, Flatten):
        return _numbers("dx = da", dx, da=da.reshape(dx.shape))
    return _numbers("dx = f′(x) da", dx)


def explain_norm_gradient(name: str, layer: BatchNorm, da: Array, values: Array) -> Explain:
    """Of the gradients of scale and shift: sums over all pixels of a channel."""
    rows, normal = da.reshape(-1, da.shape[-1]), np.array(layer.normal)
    places = list(np.ndindex(*da.shape[:-1]))

    def explain(at: Place) -> Cell:
        column = rows[:, at[0]]
        if name == "scale":
            return sum_of("dγ = Σ da x̂", ("da", "x̂"), values[at], places, column, normal[:, at[0]])
        return sum_of("dβ = Σ da", ("da", "1"), values[at], places, column, np.ones_like(column))

    return explain


def _numbers(equation: str, made: Array, **arrays: Array) -> Explain:
    """The numbers at the same place of other arrays."""

    def explain(at: Place) -> Cell:
        return Cell(equation, float(made[at]), {k: float(v[at]) for k, v in arrays.items()})

    return explain


def _pooled(layer: MaxPool2D | AvgPool2D, x: Array, a: Array) -> Explain:
    size = layer.config["size"]

    def explain(at: Place) -> Cell:
        y, column, channel = at
        corners = [(y * size + i, column * size + j) for i in range(size) for j in range(size)]
        places = [(*corner, channel) for corner in corners]
        seen = np.array([x[place] for place in places])
        if isinstance(layer, MaxPool2D):
            return sum_of(
                "a = max x", ("x", "1"), a[at], places, seen, np.ones_like(seen), zeros=True
            )
        return sum_of(
            "a = Σ x / n", ("x", "1/n"), a[at], places, seen, np.full_like(seen, size**-2)
        )

    return explain


def _unpooled(layer: MaxPool2D | AvgPool2D, known: Known) -> Explain:
    x, a, da, dx = (known[name] for name in ("x", "a", "da", "dx"))
    size = layer.config["size"]

    def explain(at: Place) -> Cell:
        square = at[0] // size, at[1] // size, at[2]
        if square[0] >= da.shape[0] or square[1] >= da.shape[1]:
            return Cell("dx = 0", float(dx[at]))  # rows and columns that fill no square
        if isinstance(layer, AvgPool2D):
            return Cell("dx = da / n", float(dx[at]), {"da": float(da[square]), "n": size**2})
        top, left, channel = square[0] * size, square[1] * size, at[2]
        corners = x[top : top + size, left : left + size, channel].ravel()
        mine = (at[0] - top) * size + at[1] - left
        numbers = {
            "x": float(x[at]), "a": float(a[square]), "da": float(da[square]),
            "k": float(corners.argmax() == mine),  # of equals the first is taken
        }  # fmt: skip
        return Cell("dx = k da,  k = 1 if x = a else 0", float(dx[at]), numbers)

    return explain


def _normal(layer: BatchNorm, known: Known) -> Explain:
    x, a, rows = known["x"], known["a"], known["x"].reshape(-1, known["x"].shape[-1])
    mean, variance = layer.statistics["mean"].copy(), layer.root**2 - layer.config["epsilon"]
    if len(rows) > 1:
        mean = rows.mean(axis=0)
    scale, shift = known["params"]["scale"], known["params"]["shift"]

    def explain(at: Place) -> Cell:
        k = at[-1]
        numbers = {
            "x": float(x[at]), "μ": float(mean[k]), "σ²": float(variance[k]),
            "ε": layer.config["epsilon"], "γ": float(scale[k]), "β": float(shift[k]),
        }  # fmt: skip
        return Cell("a = γ (x − μ) / √(σ² + ε) + β", float(a[at]), numbers)

    return explain


def _normal_gradient(layer: BatchNorm, known: Known) -> Explain:
    da, dx = known["da"], known["dx"]
    rows = da.reshape(-1, da.shape[-1])
    normal = np.array(layer.normal).reshape(da.shape)
    factor = known["params"]["scale"] / layer.root
    means = rows.mean(axis=0), (rows * layer.normal).mean(axis=0)
    alone = len(rows) == 1

    def explain(at: Place) -> Cell:
        k = at[-1]
        numbers = {"da": float(da[at]), "γ/σ": float(factor[k])}
        if alone:
            return Cell("dx = γ/σ da", float(dx[at]), numbers)
        numbers |= {"m₁": float(means[0][k]), "x̂": float(normal[at]), "m₂": float(means[1][k])}
        return Cell("dx = γ/σ (da − m₁ − x̂ m₂)", float(dx[at]), numbers)

    return explain
