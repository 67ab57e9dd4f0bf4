"""Dropout: while the network learns, a share of the numbers is left out at random."""

from __future__ import annotations

import numpy as np

from pynn.chance import check_generator
from pynn.layers.layer import Layer, Shape
from pynn.limits import check_share
from pynn.matmul import Array


class Dropout(Layer):
    """a = x in use; while the network learns a = s x, where each s is 0 or 1 / (1 - rate).

    rate  the share that is left out, 0 <= rate < 1

    The rest is made larger, so that the mean of a is x and nothing has to be done in use
    ("inverted" dropout), as in Keras and PyTorch. Srivastava et al. 2014, "Dropout: a simple
    way to prevent neural networks from overfitting".
    """

    needs_noise = True
    may_be_exact = True

    def __init__(self, rate: float = 0.5) -> None:
        super().__init__({"rate": check_share("Dropout", "rate", rate)})

    def shapes(self, input_shape: Shape) -> tuple[dict[str, Shape], Shape]:
        return {}, input_shape

    def forward(self, x: Array) -> Array:
        return x

    def forward_training(self, x: Array, noise: np.random.Generator | None) -> Array:
        rate = self.config["rate"]
        self.scale = self.buffers.get("scale", x.shape)
        check_generator("Dropout", "noise", noise).random(out=self.scale, dtype=self.scale.dtype)
        np.greater_equal(self.scale, rate, out=self.scale)
        self.scale *= 1.0 / (1.0 - rate)
        return np.multiply(x, self.scale, out=self.buffers.get("a", x.shape))

    def backward(self, da: Array, need_dx: bool = True) -> Array | None:
        return np.multiply(da, self.scale, out=da) if need_dx else None
