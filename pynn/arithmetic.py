"""How a network computes: as fast as this machine can, or with the same bits everywhere.

A network has one of these, chosen when it is made, and whatever may be done in two ways is
asked of it: what its layers multiply, the forms of its activations and losses, what draws
its first weights.
"""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from pynn.activations import Activation
from pynn.affine import Affine
from pynn.exact import products
from pynn.exact.activations import exact_activation
from pynn.exact.losses import exact_loss
from pynn.losses import Loss
from pynn.matmul import Array


class Fast(Affine):
    """The fastest there is; the last bits of a sum differ from one processor to the next."""

    exact = False

    def activation(self, activation: Activation) -> Activation:
        return activation

    def loss(self, loss: Loss) -> Loss:
        return loss

    def generator(self, rng: np.random.Generator) -> np.random.Generator:
        return rng

    def penalty(self, weights: Array, l1: float, l2: float) -> float:
        """l1 sum |w| + l2/2 sum w^2"""
        return l1 * float(np.abs(weights).sum()) + 0.5 * l2 * self.squares(weights)

    def squares(self, array: Array) -> float:
        """sum a^2"""
        return float(np.vdot(array, array))


class Exact(Fast):
    """The same bits on every processor and in every browser, see `pynn.exact`."""

    exact = True
    names: ClassVar = ("exact_affine", "exact_affine_gradients")

    def matmul(self, a: Array, b: Array, out: Array) -> None:
        products.matmul(a, b, out)

    def sum_rows(self, rows: Array, out: Array) -> None:
        products.sum_rows(rows, out)

    def activation(self, activation: Activation) -> Activation:
        return exact_activation(activation)

    def loss(self, loss: Loss) -> Loss:
        return exact_loss(loss)

    def generator(self, rng: np.random.Generator) -> np.random.Generator:
        from pynn.exact.generator import ExactGenerator  # brings numpy.random with it

        return ExactGenerator(rng.bit_generator)

    def penalty(self, weights: Array, l1: float, l2: float) -> float:
        return l1 * products.total(np.abs(weights)) + 0.5 * l2 * self.squares(weights)

    def squares(self, array: Array) -> float:
        return products.total(np.square(array, dtype=np.float64))


FAST, EXACT = Fast(), Exact()
