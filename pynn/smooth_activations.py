"""Activations between the rectifier and the sigmoid, by the definitions of Keras and PyTorch.

    silu      a = z s(z), s = sigmoid                    f'(z) = s(z) + a (1 - s(z))
    gelu      a = z P(z), P the normal distribution's    f'(z) = P(z) + z p(z), p its density
    elu       a = z where z > 0, else c (exp(z) - 1)     f'(z) = 1 where a > 0, else a + c
    softplus  a = log(1 + exp(z))                        f'(z) = 1 - exp(-a)

gelu is the exact one (approximate=False in Keras, approximate="none" in PyTorch), not the
one by tanh. Elfwing et al. 2017 (silu); Hendrycks, Gimpel 2016 (gelu); Clevert et al. 2015
(elu); Dugas et al. 2000 (softplus).
"""

import math
from collections.abc import Callable
from functools import cache

import numpy as np

from pynn.activations import ACTIVATIONS, Activation
from pynn.limits import check_above_0
from pynn.matmul import Array


class SiLU(Activation):
    name = "silu"
    start = "he"
    needs_z = True

    def forward(self, z: Array, out: Array) -> Array:
        return np.multiply(z, _sigmoid(z), out=out)

    def backward(self, a: Array, da: Array, out: Array) -> Array:
        z, s = a, _sigmoid(a)
        return np.multiply(da, s + z * s * (1.0 - s), out=out)


class GELU(Activation):
    name = "gelu"
    start = "he"
    needs_z = True

    def forward(self, z: Array, out: Array) -> Array:
        return np.multiply(z, _normal(z), out=out)

    def backward(self, a: Array, da: Array, out: Array) -> Array:
        z = a
        # Beyond, the density is 0 and z^2 might overflow.
        near = np.clip(z, -40.0, 40.0)
        density = np.exp(-0.5 * near * near) * z.dtype.type(1.0 / math.sqrt(2.0 * math.pi))
        return np.multiply(da, _normal(z) + near * density, out=out)


class ELU(Activation):
    """Negative values end at -`scale`, which Keras and PyTorch call alpha, 1 by default too."""

    name = "elu"
    start = "he"

    def __init__(self, scale: float = 1.0) -> None:
        self.scale = check_above_0("ELU", "scale", scale)

    def forward(self, z: Array, out: Array) -> Array:
        low = z.dtype.type(self.scale) * np.expm1(np.minimum(z, 0.0))
        np.copyto(out, np.where(z > 0.0, z, low))
        return out

    def backward(self, a: Array, da: Array, out: Array) -> Array:
        one, scale = a.dtype.type(1.0), a.dtype.type(self.scale)
        return np.multiply(da, np.where(a > 0.0, one, a + scale), out=out)


class Softplus(Activation):
    name = "softplus"
    start = "he"

    def forward(self, z: Array, out: Array) -> Array:
        return np.logaddexp(z.dtype.type(0.0), z, out=out)

    def backward(self, a: Array, da: Array, out: Array) -> Array:
        return np.multiply(da, -np.expm1(-a), out=out)


ACTIVATIONS |= {kind.name: kind for kind in (SiLU, GELU, ELU, Softplus)}


def _sigmoid(z: Array) -> Array:
    s: Array = 0.5 + 0.5 * np.tanh(0.5 * z)
    return s


# Beyond it the error function is 1 in double precision.
_EDGE = 6.0


@cache
def _error_function() -> Callable[[Array], Array]:
    """erf(x) / x as a polynomial in x^2, for x up to 6: NumPy has no erf of its own."""
    from numpy.polynomial import Chebyshev

    def quotient(squares: Array) -> Array:
        roots = np.sqrt(squares)
        return np.array([math.erf(x) / x if x else 2.0 / math.sqrt(math.pi) for x in roots])

    return Chebyshev.interpolate(quotient, 40, domain=[0.0, _EDGE**2])


def _normal(z: Array) -> Array:
    """The normal distribution's share below z."""
    x = z.astype(np.float64) * math.sqrt(0.5)
    near = np.clip(x, -_EDGE, _EDGE)
    share = 0.5 + 0.5 * near * _error_function()(near * near)
    return np.where(near == x, share, near > 0.0).astype(z.dtype)
