"""The dense layer."""

from pynn.activations import Activation
from pynn.initializers import get_initializer
from pynn.layers.layer import Shape
from pynn.layers.neurons import Neurons
from pynn.limits import MOST, check_at_least_0, check_flag, check_whole
from pynn.matmul import Array
from pynn.spreads import Initializer


class Dense(Neurons):
    """Every input to every neuron: z = x W + b, x (n, i), W (i, units), b (units,).

    activation  a name of `pynn.activations` or an Activation
    bias        False leaves b out
    weights     an initializer or its name; None picks by the activation
    bias_start  the same for the bias
    l1, l2      penalties on W (not on b), l1 sum |w| + l2/2 sum w^2; at least 0

    W is as in Keras; PyTorch's is (units, i), and its bias begins at random. Keras's l2 has no
    half; PyTorch's weight_decay, of any optimizer but AdamW, is our l2, but of b too.
    """

    may_be_exact = True

    def __init__(
        self,
        units: int,
        activation: str | Activation = "linear",
        *,
        bias: bool = True,
        weights: str | Initializer | None = None,
        bias_start: str | Initializer = "zeros",
        l1: float = 0.0,
        l2: float = 0.0,
    ) -> None:
        super().__init__(
            {
                "units": check_whole("Dense", "units", units, most=MOST),
                "activation": activation,
                "bias": check_flag("Dense", "bias", bias),
                "l1": check_at_least_0("Dense", "l1", l1),
                "l2": check_at_least_0("Dense", "l2", l2),
            }
        )
        self._initializers = {
            "weights": get_initializer(weights, self.activation.start),
            "bias": get_initializer(bias_start, "zeros"),
        }

    def shapes(self, input_shape: Shape) -> tuple[dict[str, Shape], Shape]:
        if len(input_shape) != 1:
            raise ValueError(
                f"Dense: expected flat inputs, got shape {input_shape}; put Flatten() before it"
            )
        units = self.config["units"]
        shapes: dict[str, Shape] = {"weights": (input_shape[0], units)}
        if self.config["bias"]:
            shapes["bias"] = (units,)
        return shapes, (units,)

    def initializer(self, name: str) -> Initializer:
        return self._initializers[name]

    def linear(self, x: Array) -> Array:
        self.x = x
        z = self.buffers.get("z", (len(x), *self.output_shape))
        bias = self.params.get("bias")
        self.mark = self.arithmetic.affine(x, self.params["weights"], bias, out=z)
        return z

    def linear_backward(self, dz: Array, need_dx: bool) -> Array | None:
        weights, grads = self.params["weights"], self.grads
        dx = self.buffers.get("dx", self.x.shape) if need_dx else None
        self.arithmetic.affine_gradients(
            self.x, weights, dz, grads["weights"], grads.get("bias"), dx, self.mark
        )
        self.add_penalty_gradient()
        return dx
