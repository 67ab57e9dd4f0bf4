"""How random weights are spread: around 0, with a variance that suits the size of a layer.

A variance is a function of fan_in, how many inputs feed one neuron, and fan_out, how many
neurons one input feeds.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from pynn.matmul import Array

Initializer = Callable[[tuple[int, ...], "np.random.Generator"], Array]
Variance = Callable[[int, int], float]
# Of a normal distribution that is cut off at two standard deviations.
CUT_DEVIATION = 0.87962566103423978


def fans(shape: tuple[int, ...]) -> tuple[int, int]:
    """How many inputs feed one neuron, and how many neurons one input feeds."""
    return math.prod(shape[:-1]), math.prod(shape[:-2]) * shape[-1]


def uniform_of(variance: Variance) -> Initializer:
    """Evenly spread around 0 with that variance of (fan_in, fan_out)."""

    def draw(shape: tuple[int, ...], rng: np.random.Generator) -> Array:
        limit = math.sqrt(3.0 * variance(*fans(shape)))
        return rng.uniform(-limit, limit, shape)

    return draw


def normal_of(variance: Variance) -> Initializer:
    """Gaussian around 0."""

    def draw(shape: tuple[int, ...], rng: np.random.Generator) -> Array:
        return rng.normal(0.0, math.sqrt(variance(*fans(shape))), shape)

    return draw


def truncated_of(variance: Variance) -> Initializer:
    """Gaussian around 0, without what lies beyond two standard deviations."""

    def draw(shape: tuple[int, ...], rng: np.random.Generator) -> Array:
        z = rng.normal(0.0, 1.0, shape)
        while (beyond := np.abs(z) > 2.0).any():
            z[beyond] = rng.normal(0.0, 1.0, np.count_nonzero(beyond))
        return z * (math.sqrt(variance(*fans(shape))) / CUT_DEVIATION)

    return draw


def orthogonal(shape: tuple[int, ...], rng: np.random.Generator) -> Array:
    """Columns, or where there are more of them than rows the rows, of length 1 at right angles."""
    rows, columns = math.prod(shape[:-1]), shape[-1]
    drawn = rng.normal(0.0, 1.0, (max(rows, columns), min(rows, columns)))
    q, r = np.linalg.qr(drawn)
    # Which of the decompositions it is would else hang on the library.
    q = q * np.where(np.diag(r) < 0.0, -1.0, 1.0)
    return (q if rows >= columns else q.T).reshape(shape)


def of_both(fan_in: int, fan_out: int) -> float:
    """As much as keeps both what goes forward and what comes back, for Glorot's."""
    return 2.0 / (fan_in + fan_out)


def of_inputs(times: float) -> Variance:
    """That many times 1 / fan_in: 1 is LeCun's, 2 is He's."""
    return lambda fan_in, fan_out: times / fan_in
