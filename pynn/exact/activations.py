"""The activations whose ordinary form calls the C library, or adds in an order of NumPy's."""

import numpy as np

from pynn.activations import Activation, LeakyReLU, Linear, ReLU, Sigmoid, Softmax, Tanh
from pynn.exact.forms import exact_kind
from pynn.exact.functions import exp, sigmoid, tanh
from pynn.exact.products import along_rows
from pynn.matmul import Array, by_kernel


class ExactSigmoid(Sigmoid):
    def forward(self, z: Array, out: Array) -> Array:
        if not by_kernel("exact_sigmoid", z, out):
            out[...] = sigmoid(z, z.dtype)
        return out


class ExactTanh(Tanh):
    def forward(self, z: Array, out: Array) -> Array:
        if not by_kernel("exact_tanh", z, out):
            out[...] = tanh(z, z.dtype)
        return out


class ExactSoftmax(Softmax):
    def forward(self, z: Array, out: Array) -> Array:
        if not by_kernel("exact_softmax", z, out):
            powers = exp(z - z.max(axis=-1, keepdims=True), z.dtype)
            powers /= along_rows(powers)
            out[...] = powers
        return out

    def backward(self, a: Array, da: Array, out: Array) -> Array:
        along = along_rows(da * a)
        np.subtract(da, along.astype(a.dtype), out=out)
        out *= a
        return out


# The form of each that is exact. What does one operation a number is so as it is; one's own
# that does, or that is made of `pynn.exact.functions`, may be entered here.
EXACT_ACTIVATIONS: dict[type[Activation], type[Activation]] = {
    Tanh: ExactTanh,
    ReLU: ReLU,
    LeakyReLU: LeakyReLU,
    Sigmoid: ExactSigmoid,
    Linear: Linear,
    Softmax: ExactSoftmax,
}


def exact_activation(activation: Activation) -> Activation:
    """The exact form of an activation. ValueError where there is none."""
    words = "Network: expected activations of {} with exact=True"
    kind = exact_kind(activation, EXACT_ACTIVATIONS, words)
    return activation if kind is type(activation) else kind()
