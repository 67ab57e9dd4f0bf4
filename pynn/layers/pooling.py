"""Layers without parameters that make images smaller, or rows of them."""

import math

import numpy as np

from pynn.layers.layer import Layer, Shape, check_image_shape
from pynn.limits import MOST, check_whole
from pynn.matmul import Array


class MaxPool2D(Layer):
    """The largest value of every size x size square, channel by channel.

    Rows and columns that do not fill a square are left out. The gradient goes to
    the largest value alone, to the first of equals.
    """

    def __init__(self, size: int = 2) -> None:
        super().__init__({"size": check_whole("MaxPool2D", "size", size, least=2, most=MOST)})

    def shapes(self, input_shape: Shape) -> tuple[dict[str, Shape], Shape]:
        size = self.config["size"]
        height, width, channels = check_image_shape("MaxPool2D", input_shape)
        if min(height, width) < size:
            raise ValueError(
                f"MaxPool2D: expected images of at least {size} x {size}, got {input_shape}"
            )
        return {}, (height // size, width // size, channels)

    def linear(self, x: Array) -> Array:
        size, (height, width, channels) = self.config["size"], self.output_shape
        self.x_shape = x.shape
        used = x[:, : height * size, : width * size]
        squares = used.reshape(len(x), height, size, width, size, channels)
        corners = self.buffers.get("corners", (len(x), height, width, size, size, channels))
        np.copyto(corners, squares.transpose(0, 1, 3, 2, 4, 5))
        flat = corners.reshape(len(x), height, width, size * size, channels)
        self.largest = flat.argmax(axis=3)[:, :, :, np.newaxis]
        z = self.buffers.get("z", (len(x), height, width, channels))
        np.copyto(z, np.take_along_axis(flat, self.largest, axis=3)[:, :, :, 0])
        return z

    def linear_backward(self, dz: Array, need_dx: bool) -> Array | None:
        if not need_dx:
            return None
        size, (height, width, channels) = self.config["size"], self.output_shape
        n = len(dz)
        corners = self.buffers.get("corners", (n, height, width, size * size, channels))
        corners.fill(0.0)
        np.put_along_axis(corners, self.largest, dz[:, :, :, np.newaxis], axis=3)
        squares = corners.reshape(n, height, width, size, size, channels)
        dx = self.buffers.get("dx", self.x_shape)
        dx.fill(0.0)
        dx[:, : height * size, : width * size] = squares.transpose(0, 1, 3, 2, 4, 5).reshape(
            n, height * size, width * size, channels
        )
        return dx


class Flatten(Layer):
    """Images (n, height, width, channels) as rows (n, height * width * channels)."""

    def __init__(self) -> None:
        super().__init__({})

    def shapes(self, input_shape: Shape) -> tuple[dict[str, Shape], Shape]:
        return {}, (math.prod(input_shape),)

    def linear(self, x: Array) -> Array:
        self.x_shape = x.shape
        return x.reshape(len(x), *self.output_shape)

    def linear_backward(self, dz: Array, need_dx: bool) -> Array | None:
        return dz.reshape(self.x_shape) if need_dx else None
