"""Convolution and pooling on images (n, height, width, channels).

A convolution is a dense layer that looks through a small window: the windows
are laid out as rows, one matrix product does the rest.
"""

import math
from collections.abc import Sequence

import numpy as np

from pynn.activations import Activation
from pynn.affine import affine, affine_gradients
from pynn.initializers import Initializer, get_initializer
from pynn.layers import Layer, Shape
from pynn.limits import MOST, check_at_least_0, check_choice, check_whole
from pynn.matmul import Array


class Conv2D(Layer):
    """z[n, y, x, f] = sum over the window at (y, x) of input times W[..., f], plus b[f].

    filters      how many pictures come out
    kernel_size  height and width of the window
    padding      "valid" keeps the window inside the image, which shrinks by
                 kernel_size - 1; "same" adds zeros so that the size stays
    W has shape (kernel_size, kernel_size, channels, filters); the other words are `Dense`'s.
    """

    def __init__(
        self,
        filters: int,
        kernel_size: int = 3,
        activation: str | Activation = "linear",
        *,
        padding: str = "valid",
        weights: str | Initializer | None = None,
        l1: float = 0.0,
        l2: float = 0.0,
    ) -> None:
        super().__init__(
            {
                "filters": check_whole("Conv2D", "filters", filters, most=MOST),
                "kernel_size": check_whole("Conv2D", "kernel_size", kernel_size, most=MOST),
                "activation": activation,
                "padding": check_choice("Conv2D", "padding", padding, ("valid", "same")),
                "l1": check_at_least_0("Conv2D", "l1", l1),
                "l2": check_at_least_0("Conv2D", "l2", l2),
            }
        )
        self._weights = get_initializer(weights, self.activation.name)

    def shapes(self, input_shape: Shape) -> tuple[dict[str, Shape], Shape]:
        size, filters = self.config["kernel_size"], self.config["filters"]
        height, width, channels = _image_shape("Conv2D", input_shape)
        if self.config["padding"] == "valid":
            height, width = height - size + 1, width - size + 1
        if min(height, width) < 1:
            raise ValueError(
                f"Conv2D: expected images of at least {size} x {size}, got {input_shape}"
            )
        shapes: dict[str, Shape] = {"weights": (size, size, channels, filters), "bias": (filters,)}
        return shapes, (height, width, filters)

    def initializer(self, name: str) -> Initializer:
        return self._weights if name == "weights" else get_initializer("zeros", "")

    @property
    def _before(self) -> int:
        """Zeros above and to the left; below and to the right stand the remaining ones."""
        size: int = self.config["kernel_size"]
        return (size - 1) // 2 if self.config["padding"] == "same" else 0

    def linear(self, x: Array) -> Array:
        size, (height, width, filters) = self.config["kernel_size"], self.output_shape
        n, channels = len(x), x.shape[3]
        self.x_shape = x.shape
        if self.config["padding"] == "same":
            padded = self.buffers.get("padded", (n, height + size - 1, width + size - 1, channels))
            padded.fill(0.0)
            padded[:, self._before :, self._before :][:, : x.shape[1], : x.shape[2]] = x
            x = padded
        rows = self.buffers.get("rows", (n, height, width, size, size, channels))
        for dy in range(size):
            for dx in range(size):
                rows[:, :, :, dy, dx] = x[:, dy : dy + height, dx : dx + width]
        self.rows = rows.reshape(n * height * width, -1)
        z = self.buffers.get("z", (n, height, width, filters))
        weights = self.params["weights"].reshape(-1, filters)
        affine(self.rows, weights, self.params["bias"], out=z.reshape(-1, filters))
        return z

    def linear_backward(self, dz: Array, need_dx: bool) -> Array | None:
        size, (height, width, filters) = self.config["kernel_size"], self.output_shape
        weights, d_weights = (
            twin["weights"].reshape(-1, filters) for twin in (self.params, self.grads)
        )
        d_rows = self.buffers.get("d_rows", self.rows.shape) if need_dx else None
        flat = dz.reshape(-1, filters)
        affine_gradients(self.rows, weights, flat, d_weights, self.grads["bias"], d_rows)
        self._add_penalty_gradient()
        if d_rows is None:
            return None
        n, channels = self.x_shape[0], self.x_shape[3]
        windows = d_rows.reshape(n, height, width, size, size, channels)
        padded = self.buffers.get("dx", (n, height + size - 1, width + size - 1, channels))
        padded.fill(0.0)
        for dy in range(size):
            for dx in range(size):
                padded[:, dy : dy + height, dx : dx + width] += windows[:, :, :, dy, dx]
        inner = padded[:, self._before :, self._before :]
        return inner[:, : self.x_shape[1], : self.x_shape[2]]


class MaxPool2D(Layer):
    """The largest value of every size x size square, channel by channel.

    Rows and columns that do not fill a square are left out. The gradient goes to
    the largest value alone, to the first of equals.
    """

    def __init__(self, size: int = 2) -> None:
        super().__init__({"size": check_whole("MaxPool2D", "size", size, least=2, most=MOST)})

    def shapes(self, input_shape: Shape) -> tuple[dict[str, Shape], Shape]:
        size = self.config["size"]
        height, width, channels = _image_shape("MaxPool2D", input_shape)
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


def _image_shape(who: str, shape: Sequence[int]) -> tuple[int, int, int]:
    if len(shape) != 3:
        raise ValueError(
            f"{who}: expected inputs of shape (height, width, channels), got {tuple(shape)}"
        )
    return shape[0], shape[1], shape[2]
