"""What a network tells of itself: its layers by name, its shape, a table of it."""

import numpy as np

from pynn.arithmetic import Fast
from pynn.layers import Layer, Neurons, Shape, layer_names, row
from pynn.matmul import Array


class Described:
    """The part of a `Network` that says what it is; nothing here changes it."""

    layers: tuple[Layer, ...]
    dtype: np.dtype
    arithmetic: Fast
    input_shape: Shape
    output_shape: Shape
    parameters: dict[str, Array]
    statistics: dict[str, Array]

    @property
    def layer_names(self) -> list[str]:
        """dense_1, dense_2, conv2d_1, …: every kind is counted from 1."""
        return layer_names(self.layers)

    @property
    def neurons(self) -> list[Neurons]:
        """The layers that have weights and an activation, in their order."""
        return [layer for layer in self.layers if isinstance(layer, Neurons)]

    @property
    def last(self) -> Neurons:
        """The last layer, at whose z a loss begins."""
        last = self.layers[-1]
        assert isinstance(last, Neurons)
        return last

    @property
    def arrays(self) -> dict[str, Array]:
        """Parameters and statistics: all numbers in which it differs from another like it."""
        return {**self.parameters, **self.statistics}

    @property
    def needs_noise(self) -> bool:
        """Whether a layer draws by chance while it learns."""
        return any(layer.needs_noise for layer in self.layers)

    @property
    def exact(self) -> bool:
        """Whether its bits are the same everywhere."""
        return self.arithmetic.exact

    @property
    def outputs(self) -> int:
        return self.output_shape[0]

    def __repr__(self) -> str:
        """Python that makes one like it, with weights of its own."""
        shape = self.input_shape
        words = [f"inputs={shape[0] if len(shape) == 1 else shape}"]
        words += [f'dtype="{self.dtype}"'] if self.dtype != np.float32 else []
        words += ["exact=True"] if self.exact else []
        return f"Network({list(self.layers)!r}, {', '.join(words)})"

    def summary(self) -> str:
        """A table: each layer's name, activation, output shape and parameters."""
        lines = row.table(self.layers)
        return "\n".join([*lines, "exact: the same bits everywhere"] if self.exact else lines)
