"""How weights begin: an initializer turns a shape and a generator into an array.

    uniform   U(-0.05, 0.05)              or Uniform(low, high)
    normal    N(0, 0.05^2)                or Normal(std)
    lecun     N(0, 1 / fan_in)            LeCun et al. 1998, "Efficient BackProp"
    glorot    U(-r, r), r = sqrt(6 / (fan_in + fan_out))    Glorot, Bengio 2010
    he        N(0, 2 / fan_in)            He et al. 2015, for ReLU
    zeros     0
    ones      1

By the names and definitions of Keras, and of PyTorch where it has its own:

    glorot_uniform, xavier_uniform    U with the variance 2 / (fan_in + fan_out), as glorot
    glorot_normal                     T with that variance
    xavier_normal                     N with that variance
    he_uniform, kaiming_uniform       U with the variance 2 / fan_in
    he_normal                         T with that variance
    kaiming_normal                    N with that variance, as he
    lecun_uniform                     U with the variance 1 / fan_in
    lecun_normal                      T with that variance
    orthogonal                        Saxe et al. 2013
    pytorch                           U(-r, r), r = 1 / sqrt(fan_in), with which PyTorch's
                                      Linear and Conv2d begin (and their biases; ours are 0)

T is Keras's truncated normal distribution: numbers beyond two standard deviations are
drawn again, and the deviation is made larger so that the variance is as stated. (Keras's
TruncatedNormal itself makes nothing larger, nor does PyTorch's trunc_normal_, which cuts at
-2 and 2 whatever the deviation.) Without a name layers begin with glorot, or with he in
front of a rectifier; Keras's with glorot_uniform always, PyTorch's as "pytorch" says.

A weight array has the inputs of a neuron along all axes but the last, so a
dense layer's is (fan_in, fan_out) and a convolution's (height, width, channels
in, channels out). Numbers are drawn in float64 whatever the network's dtype:
one seed gives the same start in both.
"""

from __future__ import annotations

import math

import numpy as np

from pynn.limits import as_float, check_above_0, shown
from pynn.matmul import Array
from pynn.spreads import (
    Initializer,
    fans,
    normal_of,
    of_both,
    of_inputs,
    orthogonal,
    truncated_of,
    uniform_of,
)


class Uniform:
    """Evenly spread between `low` and `high`."""

    def __init__(self, low: float = -0.05, high: float = 0.05) -> None:
        self.low, self.high = as_float(low), as_float(high)
        if not -math.inf < self.low < self.high < math.inf:
            raise ValueError(f"Uniform: expected low < high, got {shown(low)} and {shown(high)}")

    def __call__(self, shape: tuple[int, ...], rng: np.random.Generator) -> Array:
        return rng.uniform(self.low, self.high, shape)


class Normal:
    """Gaussian around 0 with standard deviation `std`."""

    def __init__(self, std: float = 0.05) -> None:
        self.std = check_above_0("Normal", "std", std)

    def __call__(self, shape: tuple[int, ...], rng: np.random.Generator) -> Array:
        return rng.normal(0.0, self.std, shape)


def lecun(shape: tuple[int, ...], rng: np.random.Generator) -> Array:
    return rng.normal(0.0, math.sqrt(1.0 / fans(shape)[0]), shape)


def glorot(shape: tuple[int, ...], rng: np.random.Generator) -> Array:
    limit = math.sqrt(6.0 / sum(fans(shape)))
    return rng.uniform(-limit, limit, shape)


def he(shape: tuple[int, ...], rng: np.random.Generator) -> Array:
    return rng.normal(0.0, math.sqrt(2.0 / fans(shape)[0]), shape)


def zeros(shape: tuple[int, ...], rng: np.random.Generator) -> Array:
    return np.zeros(shape)


def ones(shape: tuple[int, ...], rng: np.random.Generator) -> Array:
    return np.ones(shape)


INITIALIZERS: dict[str, Initializer] = {
    "uniform": Uniform(),
    "normal": Normal(),
    "lecun": lecun,
    "glorot": glorot,
    "he": he,
    "zeros": zeros,
    "ones": ones,
    "glorot_uniform": uniform_of(of_both),
    "glorot_normal": truncated_of(of_both),
    "xavier_uniform": uniform_of(of_both),
    "xavier_normal": normal_of(of_both),
    "he_uniform": uniform_of(of_inputs(2.0)),
    "he_normal": truncated_of(of_inputs(2.0)),
    "kaiming_uniform": uniform_of(of_inputs(2.0)),
    "kaiming_normal": normal_of(of_inputs(2.0)),
    "lecun_uniform": uniform_of(of_inputs(1.0)),
    "lecun_normal": truncated_of(of_inputs(1.0)),
    "orthogonal": orthogonal,
    "pytorch": uniform_of(of_inputs(1.0 / 3.0)),
}


FROM_PAPERS = ("uniform", "normal", "lecun", "glorot", "he", "zeros", "ones")


def get_initializer(initializer: str | Initializer | None, usual: str) -> Initializer:
    """An initializer by name, or the one given; None is the usual one. Raises ValueError."""
    if initializer is None:
        initializer = usual
    if callable(initializer) and not isinstance(initializer, type):
        return initializer
    if not isinstance(initializer, str) or initializer not in INITIALIZERS:
        raise ValueError(
            f"initializer: expected one of {', '.join(FROM_PAPERS)}, or a name of Keras's or "
            f"PyTorch's, got {shown(initializer)}"
        )
    return INITIALIZERS[initializer]
