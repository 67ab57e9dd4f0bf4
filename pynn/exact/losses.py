"""The losses with their sums in one order; the formulas stand in `pynn.losses`."""

import numpy as np

from pynn.exact.forms import exact_kind
from pynn.exact.functions import exp, log, log1p, sigmoid_from
from pynn.exact.products import along_rows, total
from pynn.losses import BinaryCrossEntropy, CrossEntropy, Loss, SquaredError
from pynn.matmul import Array


class ExactSquaredError(SquaredError):
    each = Loss.each

    def _squares(self, error: Array) -> float:
        return total(np.square(error, dtype=np.float64))


class ExactBinaryCrossEntropy(BinaryCrossEntropy):
    kernel = "exact_binary_cross_entropy"
    each = Loss.each

    def _plain(self, z: Array, targets: Array, gradient: Array | None) -> float:
        x = z.astype(np.float64)
        power = exp(-np.abs(x), z.dtype)
        if gradient is not None:
            gradient[...] = sigmoid_from(x, power)
            gradient -= targets
        # log(1 + e^x) - t x, where log(1 + e^x) = x + log(1 + e^-x).
        return total(log1p(power, z.dtype) + np.maximum(x, 0.0) - targets.astype(np.float64) * x)


class ExactCrossEntropy(CrossEntropy):
    kernel = "exact_cross_entropy"
    each = Loss.each

    def _plain(self, z: Array, targets: Array, gradient: Array | None) -> float:
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
    words = "loss: expected one of {} for an exact network"
    kind = exact_kind(loss, EXACT_LOSSES, words)
    return loss if kind is type(loss) else kind(loss.reduction)
