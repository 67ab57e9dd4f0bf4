"""Layers without parameters that make images smaller, or rows of them."""

import math
from collections.abc import Iterator

import numpy as np

from pynn.layers.layer import Layer, Shape, check_image_shape
from pynn.limits import MOST, check_whole
from pynn.matmul import Array, by_kernel


class MaxPool2D(Layer):
    """The largest value of every size x size square, channel by channel.

    Rows and columns that do not fill a square are left out. The gradient goes to
    the largest value alone, to the first of equals.
    """

    def __init__(self, size: int = 2) -> None:
        super().__init__({"size": check_whole("MaxPool2D", "size", size, least=2, most=MOST)})

    def shapes(self, input_shape: Shape) -> tuple[dict[str, Shape], Shape]:
        return {}, _shrunk("MaxPool2D", input_shape, self.config["size"])

    def forward(self, x: Array) -> Array:
        a = self.buffers.get("a", (len(x), *self.output_shape))
        if not by_kernel("max_pool", x, a, self.config["size"]):
            first, *others = _corners(self)
            np.copyto(a, x[:, *first])
            for corner in others:
                np.maximum(a, x[:, *corner], out=a)
        self.x, self.a = x, a
        return a

    def backward(self, da: Array, need_dx: bool = True) -> Array | None:
        if not need_dx:
            return None
        dx = self.buffers.get("dx", self.x.shape)
        if by_kernel("max_pool_gradient", self.x, self.a, da, dx, self.config["size"]):
            return dx
        dx.fill(0.0)
        for corner in _corners(self):
            # What one corner has taken is nothing for those after it.
            largest = self.x[:, *corner] == self.a
            np.multiply(da, largest, out=dx[:, *corner])
            np.multiply(da, ~largest, out=da)
        return dx


class AvgPool2D(Layer):
    """The mean of every size x size square, channel by channel.

    Rows and columns that do not fill a square are left out.
    """

    def __init__(self, size: int = 2) -> None:
        super().__init__({"size": check_whole("AvgPool2D", "size", size, least=2, most=MOST)})

    def shapes(self, input_shape: Shape) -> tuple[dict[str, Shape], Shape]:
        return {}, _shrunk("AvgPool2D", input_shape, self.config["size"])

    def forward(self, x: Array) -> Array:
        self.x_shape, size = x.shape, self.config["size"]
        a = self.buffers.get("a", (len(x), *self.output_shape))
        if not by_kernel("average_pool", x, a, size, size**-2):
            a.fill(0.0)
            for corner in _corners(self):
                a += x[:, *corner]
            a *= size**-2
        return a

    def backward(self, da: Array, need_dx: bool = True) -> Array | None:
        if not need_dx:
            return None
        dx, size = self.buffers.get("dx", self.x_shape), self.config["size"]
        if by_kernel("average_pool_gradient", da, dx, size, size**-2):
            return dx
        da *= size**-2
        dx.fill(0.0)
        for corner in _corners(self):
            dx[:, *corner] = da
        return dx


class Flatten(Layer):
    """Images (n, height, width, channels) as rows (n, height * width * channels)."""

    may_be_exact = True

    def __init__(self) -> None:
        super().__init__({})

    def shapes(self, input_shape: Shape) -> tuple[dict[str, Shape], Shape]:
        return {}, (math.prod(input_shape),)

    def forward(self, x: Array) -> Array:
        self.x_shape = x.shape
        return x.reshape(len(x), *self.output_shape)

    def backward(self, da: Array, need_dx: bool = True) -> Array | None:
        return da.reshape(self.x_shape) if need_dx else None


def _corners(pool: MaxPool2D | AvgPool2D) -> Iterator[tuple[slice, slice]]:
    """For each place in a square, where its pixels of all squares are in the image."""
    size, (height, width, _) = pool.config["size"], pool.output_shape
    for dy in range(size):
        for dx in range(size):
            yield slice(dy, height * size, size), slice(dx, width * size, size)


def _shrunk(who: str, input_shape: Shape, size: int) -> Shape:
    """The shape of images whose size x size squares have become one pixel each."""
    height, width, channels = check_image_shape(who, input_shape)
    if min(height, width) < size:
        raise ValueError(f"{who}: expected images of at least {size} x {size}, got {input_shape}")
    return height // size, width // size, channels
