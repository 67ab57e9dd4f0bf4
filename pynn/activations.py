"""Activations: a = f(z), one value per neuron.

Every derivative here is written in terms of the output `a`, so a layer keeps
`a` only and may overwrite `z` with it. One whose slope `a` does not tell says
`needs_z`, and its `backward` gets z in the place of a.

    sigmoid     a = 1 / (1 + exp(-z))          f'(z) = a (1 - a)
    tanh        a = tanh(z)                    f'(z) = 1 - a^2
    relu        a = max(z, 0)                  f'(z) = 1 where a > 0, else 0
    leaky_relu  a = z where z > 0, else s z    f'(z) = 1 where a > 0, else s
    linear      a = z                          f'(z) = 1
    softmax     a_i = exp(z_i) / sum_j exp(z_j), along the last axis

`forward(z, out)` and `backward(a, da, out)` write into `out` and return it;
`out` may be `z` or `da` itself.
"""

import inspect
from collections.abc import Iterable
from typing import ClassVar

import numpy as np

from pynn.limits import as_float, shown
from pynn.matmul import Array, by_kernel


class Activation:
    """The contract; `backward` turns da = dL/da into dz = dL/dz.

    start  the initializer that suits weights in front of it: "glorot", or "he" for
           rectifiers, which pass half of their inputs on
    """

    name = ""
    start: ClassVar[str] = "glorot"
    needs_z: ClassVar[bool] = False

    def __repr__(self) -> str:
        """Python that makes it again."""
        usual = inspect.signature(type(self)).parameters
        given = [getattr(self, name, None) for name in usual]
        return f"{type(self).__name__}({', '.join(map(repr, given))})"

    def forward(self, z: Array, out: Array) -> Array:
        raise NotImplementedError

    def backward(self, a: Array, da: Array, out: Array) -> Array:
        raise NotImplementedError


class Linear(Activation):
    name = "linear"

    def forward(self, z: Array, out: Array) -> Array:
        if out is not z:
            np.copyto(out, z)
        return out

    def backward(self, a: Array, da: Array, out: Array) -> Array:
        if out is not da:
            np.copyto(out, da)
        return out


class Sigmoid(Activation):
    name = "sigmoid"

    def forward(self, z: Array, out: Array) -> Array:
        if not by_kernel("sigmoid", z, out):
            # (1 + tanh(z/2)) / 2 is the same function and cannot overflow.
            np.multiply(z, 0.5, out=out)
            np.tanh(out, out=out)
            out *= 0.5
            out += 0.5
        return out

    def backward(self, a: Array, da: Array, out: Array) -> Array:
        if not by_kernel("sigmoid_gradient", a, da, out):
            # a - a^2 rather than a (1 - a): both factors stay in one temporary.
            slope = a * a
            np.subtract(a, slope, out=slope)
            np.multiply(da, slope, out=out)
        return out


class Tanh(Activation):
    name = "tanh"

    def forward(self, z: Array, out: Array) -> Array:
        if not by_kernel("tanh", z, out):
            np.tanh(z, out=out)
        return out

    def backward(self, a: Array, da: Array, out: Array) -> Array:
        if not by_kernel("tanh_gradient", a, da, out):
            slope = a * a
            np.subtract(1.0, slope, out=slope)
            np.multiply(da, slope, out=out)
        return out


class ReLU(Activation):
    name = "relu"
    start = "he"

    def forward(self, z: Array, out: Array) -> Array:
        if not by_kernel("relu", z, out):
            np.maximum(z, 0.0, out=out)
        return out

    def backward(self, a: Array, da: Array, out: Array) -> Array:
        if not by_kernel("relu_gradient", a, da, out):
            np.multiply(da, a > 0.0, out=out)
        return out


class LeakyReLU(Activation):
    """`slope` (between 0 and 1) is what is left of negative values.

    PyTorch's is 0.01 by default too; Keras's layer has 0.3, and its function 0.2.
    """

    name = "leaky_relu"
    start = "he"

    def __init__(self, slope: float = 0.01) -> None:
        self.slope = as_float(slope)
        if not 0.0 < self.slope < 1.0:
            raise ValueError(f"LeakyReLU: expected slope between 0 and 1, got {shown(slope)}")

    def forward(self, z: Array, out: Array) -> Array:
        if not by_kernel("leaky_relu", z, out, self.slope):
            np.maximum(z, z * z.dtype.type(self.slope), out=out)
        return out

    def backward(self, a: Array, da: Array, out: Array) -> Array:
        if not by_kernel("leaky_relu_gradient", a, da, out, self.slope):
            one, slope = a.dtype.type(1.0), a.dtype.type(self.slope)
            np.multiply(da, np.where(a > 0.0, one, slope), out=out)
        return out


class Softmax(Activation):
    """A distribution over the last axis; its Jacobian is diag(a) - a a^T."""

    name = "softmax"

    def forward(self, z: Array, out: Array) -> Array:
        if not by_kernel("softmax", z, out):
            # Subtracting the largest logit changes nothing and keeps exp below 1.
            np.subtract(z, z.max(axis=-1, keepdims=True), out=out)
            np.exp(out, out=out)
            out /= out.sum(axis=-1, keepdims=True)
        return out

    def backward(self, a: Array, da: Array, out: Array) -> Array:
        along = np.sum(da * a, axis=-1, keepdims=True)
        np.subtract(da, along, out=out)
        out *= a
        return out


ACTIVATIONS: dict[str, type[Activation]] = {
    kind.name: kind for kind in (Tanh, ReLU, LeakyReLU, Sigmoid, Linear, Softmax)
}


def hidden(kinds: Iterable[type[Activation]]) -> tuple[str, ...]:
    """The names of those that may stand in any layer: a softmax stands in the last."""
    return tuple(kind.name for kind in kinds if kind is not Softmax)


def get_activation(activation: str | Activation) -> Activation:
    """An activation by name, or the one that is given. Raises ValueError."""
    if isinstance(activation, Activation):
        return activation
    if not isinstance(activation, str) or activation not in ACTIVATIONS:
        allowed = ", ".join(ACTIVATIONS)
        raise ValueError(f"activation: expected one of {allowed}, got {shown(activation)}")
    return ACTIVATIONS[activation]()
