"""Losses: how far the outputs are from the targets, as one number.

Each is a sum over one example's outputs (n examples, k outputs each), then the
mean or the sum over the examples. With outputs a = f(z) and targets t:

    squared_error         1/2 sum_j (a_j - t_j)^2
    binary_cross_entropy  -sum_j [t_j log a_j + (1 - t_j) log(1 - a_j)],   a = sigmoid(z)
    cross_entropy         -sum_j t_j log a_j,                              a = softmax(z)

Keras's and PyTorch's mean squared error has no half, and it and their binary cross-entropy
are means over the outputs too, k times less. Keras takes probabilities unless it is told
from_logits, and keeps them 1e-7 off 0 and 1; PyTorch's CrossEntropyLoss takes z.

The gradient is always with respect to z, the values of the last layer before
its activation. There the two cross-entropies have the same short gradient
a - t, and neither they nor their values overflow for z of +-1000.
"""

import numpy as np

from pynn.activations import Activation, Sigmoid, Softmax
from pynn.limits import check_choice, shown
from pynn.matmul import Array, by_kernel

SIGMOID = Sigmoid()


def weighed(weights: Array | None) -> dict[str, Array]:
    """The word for `Loss.value` and `Network.backpropagate`, of which one's own may not know it."""
    return {} if weights is None else {"weights": weights}


class Loss:
    """The contract. `reduction` is "mean" or "sum" over the examples.

    A loss of one's own has a `name` and says `total`; see `pynn.register`.
    """

    name = ""
    # The output activation that the formula presupposes; None where any will do.
    output: type[Activation] | None = None

    def __init__(self, reduction: str = "mean") -> None:
        who = type(self).__name__
        self.reduction = check_choice(who, "reduction", reduction, ("mean", "sum"))

    def value(
        self,
        z: Array,
        targets: Array,
        activation: Activation,
        gradient: Array | None = None,
        weights: Array | None = None,
    ) -> float:
        """The loss of pre-activations z (n, k) against target rows (n, k).

        Where `gradient` (n, k) is given, it is filled with dL/dz. Where `weights` (n,) are
        given, each example counts so many times; a mean is still one over n examples, as in
        Keras and of PyTorch's BCELoss (its CrossEntropyLoss divides by the sum of the weights).
        """
        factor = 1.0 / len(z) if self.reduction == "mean" else 1.0
        if weights is None:
            total = self.total(z, targets, activation, gradient)
        else:
            # One after the other: an exact network's sum is the same everywhere.
            terms = np.cumsum(weights * self.each(z, targets, activation), dtype=np.float64)
            total = float(terms[-1])
        if gradient is not None:
            if weights is not None:
                self.total(z, targets, activation, gradient)
                gradient *= weights[:, np.newaxis]
            if factor != 1.0:
                gradient *= factor
        return total * factor

    def each(self, z: Array, targets: Array, activation: Activation) -> Array:
        """The loss of every example (n,), before the mean or the sum."""
        rows = (slice(row, row + 1) for row in range(len(z)))
        return np.array([self.total(z[one], targets[one], activation, None) for one in rows])

    def total(
        self, z: Array, targets: Array, activation: Activation, gradient: Array | None
    ) -> float:
        """The sum of all examples' losses; `gradient` (n, k), if given, is filled with its d/dz."""
        raise NotImplementedError

    def check_output(self, activation: Activation) -> None:
        """ValueError unless the last layer's activation fits this loss."""
        if self.output is not None and not isinstance(activation, self.output):
            raise ValueError(
                f"{self.name}: expected a last layer with activation "
                f"{self.output.name}, got {activation.name}"
            )

    def check_targets(self, targets: Array) -> None:
        """ValueError where no targets like these make sense for this loss."""


class SquaredError(Loss):
    name = "squared_error"

    def total(
        self, z: Array, targets: Array, activation: Activation, gradient: Array | None
    ) -> float:
        a = activation.forward(z, out=np.empty_like(z))
        error = a - targets
        total = 0.5 * self._squares(error)
        if gradient is not None:
            activation.backward(z if activation.needs_z else a, error, out=gradient)
        return total

    def each(self, z: Array, targets: Array, activation: Activation) -> Array:
        a = activation.forward(z, out=np.empty_like(z))
        return 0.5 * np.square(a - targets).sum(axis=1)

    def _squares(self, error: Array) -> float:
        """The sum of their squares."""
        return float(np.vdot(error, error))


class Fused(Loss):
    """Value and gradient in one pass of the kernel, by its function `kernel`, or by `_plain`."""

    kernel = ""

    def total(
        self, z: Array, targets: Array, activation: Activation, gradient: Array | None
    ) -> float:
        total = by_kernel(self.kernel, z, targets, gradient)
        return self._plain(z, targets, gradient) if total is False else float(total)

    def _plain(self, z: Array, targets: Array, gradient: Array | None) -> float:
        raise NotImplementedError


class BinaryCrossEntropy(Fused):
    name = kernel = "binary_cross_entropy"
    output = Sigmoid

    def _plain(self, z: Array, targets: Array, gradient: Array | None) -> float:
        # log(1 + exp(z)) - t z is the formula, and logaddexp does not overflow.
        terms = np.logaddexp(0.0, z)
        terms -= targets * z
        if gradient is not None:
            SIGMOID.forward(z, out=gradient)
            gradient -= targets
        return float(terms.sum())

    def each(self, z: Array, targets: Array, activation: Activation) -> Array:
        return (np.logaddexp(0.0, z) - targets * z).sum(axis=1)

    def check_targets(self, targets: Array) -> None:
        if targets.size and not (targets.min() >= 0.0 and targets.max() <= 1.0):
            raise ValueError(
                f"{self.name}: expected targets between 0 and 1, "
                f"got {targets.min():g} to {targets.max():g}"
            )


class CrossEntropy(Fused):
    name = kernel = "cross_entropy"
    output = Softmax

    def _plain(self, z: Array, targets: Array, gradient: Array | None) -> float:
        shifted = z - z.max(axis=1, keepdims=True)
        exponentials = np.exp(shifted)
        sums = exponentials.sum(axis=1, keepdims=True)
        if gradient is not None:
            np.divide(exponentials, sums, out=gradient)
            gradient -= targets
        # -log a = log(sum exp) - z, and each row of targets sums to 1.
        return float(np.log(sums).sum()) - float(np.vdot(targets, shifted))

    def each(self, z: Array, targets: Array, activation: Activation) -> Array:
        shifted = z - z.max(axis=1, keepdims=True)
        return np.log(np.exp(shifted).sum(axis=1)) - (targets * shifted).sum(axis=1)

    def check_targets(self, targets: Array) -> None:
        if targets.size and (
            targets.min() < 0.0 or not np.allclose(targets.sum(axis=1), 1.0, atol=1e-4)
        ):
            raise ValueError(
                f"{self.name}: expected class numbers, or rows of probabilities that sum to 1, "
                f"got numbers from {targets.min():g} to {targets.max():g}"
            )


LOSSES: dict[str, type[Loss]] = {
    kind.name: kind for kind in (SquaredError, BinaryCrossEntropy, CrossEntropy)
}


def get_loss(loss: str | Loss) -> Loss:
    """A loss by name (mean over the examples), or the one given. Raises ValueError."""
    if isinstance(loss, Loss):
        return loss
    if not isinstance(loss, str) or loss not in LOSSES:
        raise ValueError(f"loss: expected one of {', '.join(LOSSES)}, got {shown(loss)}")
    return LOSSES[loss]()
