"""Convolution of images (n, height, width, channels).

A convolution is a dense layer that looks through a small window; `pynn.windows`
multiplies.
"""

import numpy as np

from pynn.activations import Activation
from pynn.initializers import get_initializer
from pynn.layers.layer import Shape, check_image_shape
from pynn.layers.neurons import Neurons
from pynn.limits import MOST, check_at_least_0, check_choice, check_whole
from pynn.matmul import Array
from pynn.spreads import Initializer
from pynn.windows import convolution_gradients, convolve


class Conv2D(Neurons):
    """z[n, y, x, f] = sum over the window at (y, x) of input times W[..., f], plus b[f].

    filters      how many pictures come out
    kernel_size  height and width of the window
    stride       by how many pixels the window moves on, down and to the right
    padding      "valid" keeps the window inside the image: it fits
                 (height - kernel_size) // stride + 1 times; "same" adds zeros around it
                 so that height / stride, rounded up, come out (the odd zero below and
                 to the right, as in Keras; PyTorch's "same" takes no stride)
    W has shape (kernel_size, kernel_size, channels, filters); the other words are `Dense`'s.
    Images and W are as in Keras; PyTorch has channels in front, and W (filters, channels, …).
    """

    def __init__(
        self,
        filters: int,
        kernel_size: int = 3,
        activation: str | Activation = "linear",
        *,
        stride: int = 1,
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
                "stride": check_whole("Conv2D", "stride", stride, most=MOST),
                "padding": check_choice("Conv2D", "padding", padding, ("valid", "same")),
                "l1": check_at_least_0("Conv2D", "l1", l1),
                "l2": check_at_least_0("Conv2D", "l2", l2),
            }
        )
        self._weights = get_initializer(weights, self.activation.start)

    def shapes(self, input_shape: Shape) -> tuple[dict[str, Shape], Shape]:
        size, filters, stride = (self.config[k] for k in ("kernel_size", "filters", "stride"))
        height, width, channels = check_image_shape("Conv2D", input_shape)
        valid = self.config["padding"] == "valid"
        if valid and min(height, width) < size:
            raise ValueError(
                f"Conv2D: expected images of at least {size} x {size}, got {input_shape}"
            )
        if valid:
            height, width = height - size + 1, width - size + 1
        height, width = -(-height // stride), -(-width // stride)
        shapes: dict[str, Shape] = {"weights": (size, size, channels, filters), "bias": (filters,)}
        return shapes, (height, width, filters)

    def initializer(self, name: str) -> Initializer:
        return self._weights if name == "weights" else get_initializer(None, "zeros")

    def _margins(self, shape: Shape) -> tuple[Shape, tuple[slice, slice]]:
        """The images (n, height, width, channels) with zeros around, and where they lie in it."""
        size, stride = self.config["kernel_size"], self.config["stride"]
        sides = shape[1:3]
        wide = [
            max(side, (steps - 1) * stride + size)
            for side, steps in zip(sides, self.output_shape, strict=False)
        ]
        before = [(whole - side) // 2 for whole, side in zip(wide, sides, strict=True)]
        height, width = (slice(b, b + side) for b, side in zip(before, sides, strict=True))
        return (shape[0], *wide, shape[3]), (height, width)

    def linear(self, x: Array) -> Array:
        self.x_shape = x.shape
        around, (rows, columns) = self._margins(x.shape)
        if around != x.shape:
            padded = self.buffers.get("padded", around)
            padded.fill(0.0)
            padded[:, rows, columns] = x
            x = padded
        z = self.buffers.get("z", (len(x), *self.output_shape))
        weights, bias, stride = self.params["weights"], self.params["bias"], self.config["stride"]
        self.x, self.rows = x, convolve(x, weights, bias, stride, z, self.buffers)
        return z

    def linear_backward(self, dz: Array, need_dx: bool) -> Array | None:
        around, (rows, columns) = self._margins(self.x_shape)
        dx = self.buffers.get("dx", around) if need_dx else None
        convolution_gradients(
            self.x,
            self.rows,
            self.params["weights"],
            dz,
            self.config["stride"],
            (self.grads["weights"], self.grads["bias"], dx),
            self.buffers,
        )
        self.add_penalty_gradient()
        if dx is None or around == self.x_shape:
            return dx
        inside = self.buffers.get("inside", self.x_shape)
        np.copyto(inside, dx[:, rows, columns])
        return inside
