"""Convolution of images (n, height, width, channels).

A convolution is a dense layer that looks through a small window: the windows
are laid out as rows, one matrix product does the rest.
"""

from pynn.activations import Activation
from pynn.affine import affine, affine_gradients
from pynn.initializers import Initializer, get_initializer
from pynn.layers.layer import Layer, Shape, check_image_shape
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
        height, width, channels = check_image_shape("Conv2D", input_shape)
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
