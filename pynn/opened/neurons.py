"""Where the numbers of dense and convolutional layers come from."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pynn.activations import Activation
from pynn.layers import Conv2D, Neurons
from pynn.matmul import Array
from pynn.opened.moment import Cell, sum_of

Place = tuple[int, ...]
Explain = Callable[[Place], Cell]

# a = f(z), and dz from da, of those activations whose names are known.
FORWARD = {
    "sigmoid": "a = 1 / (1 + exp(−z))",
    "tanh": "a = tanh(z)",
    "relu": "a = max(z, 0)",
    "leaky_relu": "a = z if z > 0 else s z",
    "linear": "a = z",
}
BACKWARD = {
    "sigmoid": "dz = da a (1 − a)",
    "tanh": "dz = da (1 − a²)",
    "relu": "dz = da if a > 0 else 0",
    "leaky_relu": "dz = da if a > 0 else s da",
    "linear": "dz = da",
}


@dataclass(frozen=True)
class Pass:
    """What a layer of neurons had and made, of one example.

    x, z, a    forward
    da, dz     backward; da is None at the end of the network
    weights    before the update
    """

    layer: Neurons
    x: Array
    z: Array
    a: Array
    weights: Array
    bias: Array | None
    dz: Array
    da: Array | None
    dx: Array | None
    d_weights: Array
    d_bias: Array | None

    @property
    def convolves(self) -> bool:
        return isinstance(self.layer, Conv2D)


def explain_z(p: Pass) -> Explain:
    def explain(at: Place) -> Cell:
        places, x, weights = _seen(p, at) if p.convolves else _row(p, at)
        extra = {} if p.bias is None else {"b": float(p.bias[at[-1]])}
        equation = "z = Σ x W" if p.bias is None else "z = Σ x W + b"
        return sum_of(equation, ("x", "W"), p.z[at], places, x, weights, extra)

    return explain


def explain_a(p: Pass) -> Explain:
    name, z = p.layer.activation.name, p.z

    def explain(at: Place) -> Cell:
        numbers = {"z": float(z[at]), **_slope(p.layer.activation)}
        return Cell(FORWARD.get(name, "a = f(z)"), float(p.a[at]), numbers)

    return explain


def explain_dz(p: Pass) -> Explain:
    """Through the activation, from da."""
    name, da = p.layer.activation.name, p.da
    assert da is not None

    def explain(at: Place) -> Cell:
        if name == "softmax":
            rows = [(i,) for i in range(da.shape[-1])]
            a = p.a[at[:-1]]
            numbers = {"a": float(p.a[at]), "da": float(da[at])}
            equation = "dz = a (da − Σ da a)"
            return sum_of(equation, ("da", "a"), p.dz[at], rows, da[at[:-1]], a, numbers)
        numbers = {"da": float(da[at]), "a": float(p.a[at]), **_slope(p.layer.activation)}
        return Cell(BACKWARD.get(name, "dz = da f′(z)"), float(p.dz[at]), numbers)

    return explain


def explain_d_weights(p: Pass) -> Explain:
    l1, l2 = p.layer.l1, p.layer.l2

    def explain(at: Place) -> Cell:
        extra: dict[str, float] = {}
        equation = "dW = Σ x dz"
        if l2:
            equation, extra = equation + " + λ₂ W", {"λ₂": l2, "W": float(p.weights[at])}
        if l1:
            equation, extra = equation + " + λ₁ sign W", {
                **extra, "λ₁": l1, "W": float(p.weights[at])
            }  # fmt: skip
        value = p.d_weights[at]
        if not p.convolves:
            row, unit = at
            x, dz = p.x[row : row + 1], p.dz[unit : unit + 1]
            return sum_of(equation, ("x", "dz"), value, [(row,)], x, dz, extra)
        i, j, channel, filter_ = at
        height, width, _ = p.dz.shape
        rows, columns, inside = _under(p, i, j)
        places = [(y, x) for y in range(height) for x in range(width) if inside[y, x]]
        x = p.x[rows, columns, channel][inside]
        return sum_of(equation, ("x", "dz"), value, places, x, p.dz[..., filter_][inside], extra)

    return explain


def explain_d_bias(p: Pass) -> Explain:
    d_bias = p.d_bias
    assert d_bias is not None

    def explain(at: Place) -> Cell:
        if not p.convolves:
            return Cell("db = dz", float(d_bias[at]), {"dz": float(p.dz[at])})
        dz = p.dz[..., at[0]]
        return sum_of(
            "db = Σ dz", ("dz", "1"), d_bias[at], list(np.ndindex(*dz.shape)), dz, np.ones_like(dz)
        )

    return explain


def explain_dx(p: Pass) -> Explain:
    dx = p.dx
    assert dx is not None

    def explain(at: Place) -> Cell:
        places: list[Place]
        if not p.convolves:
            places = [(unit,) for unit in range(len(p.dz))]
            return sum_of("dx = Σ dz W", ("dz", "W"), dx[at], places, p.dz, p.weights[at[0]])
        # Every window in which this pixel lies, and where in it.
        size, channel = p.weights.shape[0], at[2]
        places, dz, weights = [], [], []
        for i in range(size):
            for j in range(size):
                rows, columns, inside = _under(p, i, j)
                hit = inside & (rows == at[0]) & (columns == at[1])
                for y, x in np.argwhere(hit):
                    for filter_ in range(p.dz.shape[2]):
                        places.append((int(y), int(x), filter_))
                        dz.append(p.dz[y, x, filter_])
                        weights.append(p.weights[i, j, channel, filter_])
        return sum_of("dx = Σ dz W", ("dz", "W"), dx[at], places, np.array(dz), np.array(weights))

    return explain


def _row(p: Pass, at: Place) -> tuple[list[Place], Array, Array]:
    """All inputs of a dense layer, and the weights of one neuron."""
    return [(i,) for i in range(len(p.x))], p.x, p.weights[:, at[0]]


def _seen(p: Pass, at: Place) -> tuple[list[Place], Array, Array]:
    """What a window sees, and its weights; zeros around the image are left out."""
    y, x, filter_ = at
    size, stride = p.weights.shape[0], p.layer.config["stride"]
    top, left = _before(p)
    places: list[Place] = []
    seen, weights = [], []
    for i, j, channel in np.ndindex(size, size, p.x.shape[2]):
        row, column = y * stride + i - top, x * stride + j - left
        if 0 <= row < p.x.shape[0] and 0 <= column < p.x.shape[1]:
            places.append((row, column, channel))
            seen.append(p.x[row, column, channel])
            weights.append(p.weights[i, j, channel, filter_])
    return places, np.array(seen), np.array(weights)


def _under(p: Pass, i: int, j: int) -> tuple[Array, Array, Array]:
    """For each window, which pixel lies under its place (i, j), and whether it is in the image."""
    height, width, _ = p.dz.shape
    stride, (top, left) = p.layer.config["stride"], _before(p)
    rows = np.broadcast_to((np.arange(height) * stride + i - top)[:, np.newaxis], (height, width))
    columns = np.broadcast_to(np.arange(width) * stride + j - left, (height, width))
    inside = (rows >= 0) & (rows < p.x.shape[0]) & (columns >= 0) & (columns < p.x.shape[1])
    return rows.clip(0, p.x.shape[0] - 1), columns.clip(0, p.x.shape[1] - 1), inside


def _before(p: Pass) -> tuple[int, int]:
    """Rows and columns of zeros above and to the left of the image."""
    size, stride = p.weights.shape[0], p.layer.config["stride"]
    sides = zip(p.x.shape[:2], p.dz.shape[:2], strict=True)
    above, left = ((max(side, (n - 1) * stride + size) - side) // 2 for side, n in sides)
    return above, left


def _slope(activation: Activation) -> dict[str, float]:
    slope = getattr(activation, "slope", None)
    return {} if slope is None else {"s": float(slope)}
