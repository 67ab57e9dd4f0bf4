"""The losses with their sums in one order; the formulas stand in `pynn.losses`."""

import numpy as np

from pynn.activations import Activation
from pynn.exact.functions import exp, log, log1p, sigmoid_from
from pynn.exact.products import along_rows, total
from pynn.limits import shown
from pynn.losses import BinaryCrossEntropy, CrossEntropy, Loss, SquaredError
from pynn.matmul import Array, by_kernel


class ExactSquaredError(SquaredError):
    def _total(
        self, z: Array, targets: Array, activation: Activation, gradient: Array | None
    ) -> float:
        a = activation.forward(z, out=np.empty_like(z))
        error = a - targets
        if gradient is not None:
            activation.backward(z if activation.needs_z else a, error, out=gradient)
        return 0.5 * total(np.square(error, dtype=np.float64))


class ExactBinaryCrossEntropy(BinaryCrossEntropy):
    def _total(
        self, z: Array, targets: Array, activation: Activation, gradient: Array | None
    ) -> float:
        value = by_kernel("exact_binary_cross_entropy", z, targets, gradient)
        if value is not False:
            return float(value)
        x = z.astype(np.float64)
        power = exp(-np.abs(x), z.dtype)
        if gradient is not None:
            gradient[...] = sigmoid_from(x, power)
            gradient -= targets
        # log(1 + e^x) - t x, where log(1 + e^x) = x + log(1 + e^-x).
        return total(log1p(power, z.dtype) + np.maximum(x, 0.0) - targets.astype(np.float64) * x)


class ExactCrossEntropy(CrossEntropy):
    def _total(
        self, z: Array, targets: Array, activation: Activation, gradient: Array | None
    ) -> float:
        value = by_kernel("exact_cross_entropy", z, targets, gradient)
        if value is not False:
            return float(value)
        shifted = (z - z.max(axis=1, keepdims=True)).astype(np.float64)
        powers = exp(shifted, z.dtype)
        sums = along_rows(powers)
        if gradient is not None:
            gradient[...] = powers / sums
            gradient -= targets
        return total(log(sums, z.dtype) - along_rows(targets * shifted))


# The form of each that is exact; one's own may be entered here.
EXACT_LOSSES: dict[type[Loss], type[Loss]] = {
    SquaredError: ExactSquaredError,
    BinaryCrossEntropy: ExactBinaryCrossEntropy,
    CrossEntropy: ExactCrossEntropy,
}


def exact_loss(loss: Loss) -> Loss:
    """The exact form of a loss. ValueError where there is none."""
    kind = type(loss)
    if kind in EXACT_LOSSES.values():
        return loss
    if kind not in EXACT_LOSSES:
        known = ", ".join(known.name for known in EXACT_LOSSES)
        raise ValueError(f"loss: expected one of {known} for an exact network, got {shown(loss)}")
    return EXACT_LOSSES[kind](loss.reduction)
