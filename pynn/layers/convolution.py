"""Convolution of images (n, height, width, channels).

A convolution is a dense layer that looks through a small window: the windows
are laid out as rows, one matrix product does the rest.
"""

import math
from collections.abc import Iterator

from pynn.activations import Activation
from pynn.initializers import Initializer, get_initializer
from pynn.layers.layer import Shape, check_image_shape
from pynn.layers.neurons import Neurons
from pynn.limits import MOST, check_at_least_0, check_choice, check_whole
from pynn.matmul import Array

FEW_CHANNELS = 4


class Conv2D(Neurons):
    """z[n, y, x, f] = sum over the window at (y, x) of input times W[..., f], plus b[f].

    filters      how many pictures come out
    kernel_size  height and width of the window
    stride       by how many pixels the window moves on, down and to the right
    padding      "valid" keeps the window inside the image: it fits
                 (height - kernel_size) // stride + 1 times; "same" adds zeros around it
                 so that height / stride, rounded up, come out (the odd zero below and
                 to the right, as in TensorFlow)
    W has shape (kernel_size, kernel_size, channels, filters); the other words are `Dense`'s.
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

    def numbers_at_work(self) -> int:
        places, window = self.output_shape[:2], self.params["weights"].shape[:3]
        return super().numbers_at_work() + math.prod((*places, *window))

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

    def _windows(self) -> Iterator[tuple[int, int, slice, slice]]:
        """Each place (dy, dx) in the window, and the pixels that lie there as it moves."""
        size, stride = self.config["kernel_size"], self.config["stride"]
        height, width = ((steps - 1) * stride + 1 for steps in self.output_shape[:2])
        for dy in range(size):
            for dx in range(size):
                yield dy, dx, slice(dy, dy + height, stride), slice(dx, dx + width, stride)

    def _room(self, name: str, n: int, channels: int) -> Array:
        """For the windows (n, height, width, dy, dx, channels) of n images.

        Pixels of few channels are copied in longer runs where the windows lie as columns.
        """
        size, places = self.config["kernel_size"], self.output_shape[:2]
        if channels > FEW_CHANNELS:
            return self.buffers.get(name, (n, *places, size, size, channels))
        columns = self.buffers.get(name, (size, size, channels, n, *places))
        return columns.transpose(3, 4, 5, 0, 1, 2)

    def linear(self, x: Array) -> Array:
        (height, width, filters), (n, *_, channels) = self.output_shape, x.shape
        self.x_shape = x.shape
        around, (rows, columns) = self._margins(x.shape)
        if around != x.shape:
            padded = self.buffers.get("padded", around)
            padded.fill(0.0)
            padded[:, rows, columns] = x
            x = padded
        windows = self._room("windows", n, channels)
        for dy, dx, down, right in self._windows():
            windows[:, :, :, dy, dx] = x[:, down, right]
        self.rows = windows.reshape(n * height * width, -1)
        z = self.buffers.get("z", (n, height, width, filters))
        weights = self.params["weights"].reshape(-1, filters)
        self.arithmetic.affine(self.rows, weights, self.params["bias"], out=z.reshape(-1, filters))
        return z

    def linear_backward(self, dz: Array, need_dx: bool) -> Array | None:
        filters, (n, *_, channels) = self.output_shape[2], self.x_shape
        weights, d_weights = (
            twin["weights"].reshape(-1, filters) for twin in (self.params, self.grads)
        )
        windows = self._room("d_windows", n, channels) if need_dx else None
        d_rows = None if windows is None else windows.reshape(self.rows.shape)
        flat = dz.reshape(-1, filters)
        self.arithmetic.affine_gradients(
            self.rows, weights, flat, d_weights, self.grads["bias"], d_rows
        )
        self._add_penalty_gradient()
        if windows is None:
            return None
        around, (rows, columns) = self._margins(self.x_shape)
        padded = self.buffers.get("dx", around)
        padded.fill(0.0)
        for dy, dx, down, right in self._windows():
            padded[:, down, right] += windows[:, :, :, dy, dx]
        return padded[:, rows, columns]
