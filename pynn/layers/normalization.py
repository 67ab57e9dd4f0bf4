"""Batch normalisation: numbers are measured against the mini-batch that they come in."""

from __future__ import annotations

import numpy as np

from pynn.initializers import get_initializer
from pynn.layers.layer import Layer, Shape
from pynn.limits import check_above_0, check_share
from pynn.matmul import Array
from pynn.spreads import Initializer


class BatchNorm(Layer):
    """a = scale (x - mean) / sqrt(variance + epsilon) + shift, for each input by itself.

    momentum  the share of the running mean and variance that a mini-batch leaves, 0 to 1
    epsilon   above 0; keeps the root away from 0

    Of images (height, width, channels) each channel is one input: its mean goes over the
    batch and all pixels. While the network learns, mean and variance are the mini-batch's
    own (divided by n). In use they are the running ones, `statistics`, into which each
    mini-batch has gone with its unbiased variance (divided by n - 1). One number alone has
    no variance: where a mini-batch has but one row (or pixel), it is treated as in use, and
    the running ones stay as they are.

    PyTorch's momentum is 1 - ours, 0.1; it refuses a row alone. Keras keeps the biased variance
    (divided by n), with a momentum of 0.99 and an epsilon of 0.001.
    Ioffe and Szegedy 2015, "Batch normalization".
    """

    def __init__(self, momentum: float = 0.9, epsilon: float = 1e-5) -> None:
        super().__init__(
            {
                "momentum": check_share("BatchNorm", "momentum", momentum),
                "epsilon": check_above_0("BatchNorm", "epsilon", epsilon),
            }
        )

    def shapes(self, input_shape: Shape) -> tuple[dict[str, Shape], Shape]:
        if len(input_shape) not in (1, 3):
            raise ValueError(
                f"BatchNorm: expected flat inputs or images (height, width, channels), "
                f"got shape {input_shape}"
            )
        return {"scale": input_shape[-1:], "shift": input_shape[-1:]}, input_shape

    def statistics_shapes(self, input_shape: Shape) -> dict[str, Shape]:
        return {"mean": input_shape[-1:], "variance": input_shape[-1:]}

    def initializer(self, name: str) -> Initializer:
        return get_initializer(None, "ones" if name in ("scale", "variance") else "zeros")

    def forward(self, x: Array) -> Array:
        rows = x.reshape(-1, x.shape[-1])
        self.normal = self.buffers.get("normal", rows.shape)
        np.subtract(rows, self.statistics["mean"], out=self.normal)
        self._divide_by_root_of(self.statistics["variance"])
        return self._scaled_and_shifted(x.shape)

    def forward_training(self, x: Array, noise: np.random.Generator | None) -> Array:
        rows = x.reshape(-1, x.shape[-1])
        self.alone = len(rows) == 1
        if self.alone:
            return self.forward(x)
        mean = rows.mean(axis=0)
        self.normal = self.buffers.get("normal", rows.shape)
        np.subtract(rows, mean, out=self.normal)
        squares = np.square(self.normal, out=self.buffers.get("work", rows.shape))
        variance = squares.mean(axis=0)
        self._remember("mean", mean)
        self._remember("variance", variance * (len(rows) / (len(rows) - 1)))
        self._divide_by_root_of(variance)
        return self._scaled_and_shifted(x.shape)

    def backward(self, da: Array, need_dx: bool = True) -> Array | None:
        # With x^ for `normal`: dx = scale / root (da - mean(da) - x^ mean(da x^)).
        rows = da.reshape(-1, da.shape[-1])
        scale, shift = self.grads["scale"], self.grads["shift"]
        dx = np.multiply(rows, self.normal, out=self.buffers.get("work", rows.shape))
        dx.sum(axis=0, out=scale)
        rows.sum(axis=0, out=shift)
        if not need_dx:
            return None
        if self.alone:
            np.copyto(dx, rows)
        else:
            np.multiply(self.normal, scale / -len(rows), out=dx)
            dx -= shift / len(rows)
            dx += rows
        dx *= self.params["scale"] / self.root
        return dx.reshape(da.shape)

    def _divide_by_root_of(self, variance: Array) -> None:
        self.root = np.sqrt(variance + self.config["epsilon"])
        self.normal /= self.root

    def _scaled_and_shifted(self, shape: Shape) -> Array:
        a = np.multiply(
            self.normal, self.params["scale"], out=self.buffers.get("a", self.normal.shape)
        )
        a += self.params["shift"]
        return a.reshape(shape)

    def _remember(self, name: str, value: Array) -> None:
        momentum, running = self.config["momentum"], self.statistics[name]
        running *= momentum
        running += (1.0 - momentum) * value
