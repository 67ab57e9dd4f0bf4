"""What is counted over many examples: right answers of classes, or how far numbers are off."""

import copy

import numpy as np

from pynn.activations import Activation
from pynn.classes import class_numbers, cut_between, tells_classes
from pynn.losses import Loss, weighed
from pynn.matmul import Array

# Where the largest z is the largest output too.
KEEP_ORDER = {"linear", "sigmoid", "tanh", "softmax"}


class Tally:
    """Sums over the rows that it is shown; `measures` are what they come to.

    Of classes (see `tells_classes`) that is "accuracy", a share from 0 to 1; of other
    numbers "mean_absolute_error" and "r2", each the mean over the outputs. R² is 1 minus
    the squares of the errors to the squares of the targets around their mean: 1 is
    perfect, 0 is no better than that mean.
    """

    def __init__(self, targets: Array, loss: Loss, activation: Activation) -> None:
        self.activation = activation
        self.classes = tells_classes(targets, loss)
        self.cut = cut_between(targets, activation)
        # Sums around a number near the mean lose no digits.
        self.around = targets[:1].astype(np.float64)
        self.clear()

    @property
    def names(self) -> tuple[str, ...]:
        return ("accuracy",) if self.classes else ("mean_absolute_error", "r2")

    def clear(self) -> None:
        self.examples = self.right = 0
        self.off = self.squares = self.sums = self.spread = np.zeros(self.around.shape[1])

    def add(self, outputs: Array, targets: Array) -> None:
        """Rows (n, outputs) of what was answered, and of what is right."""
        self.examples += len(targets)
        if self.classes:
            hits = class_numbers(outputs, self.cut) == class_numbers(targets, self.cut)
            # An output of NaN is never right.
            self.right += int(np.count_nonzero(hits & ~np.isnan(outputs).any(axis=1)))
            return
        errors = outputs - targets.astype(np.float64)
        moved = targets - self.around
        self.off = self.off + np.abs(errors).sum(axis=0)
        self.squares = self.squares + np.square(errors).sum(axis=0)
        self.sums = self.sums + moved.sum(axis=0)
        self.spread = self.spread + np.square(moved).sum(axis=0)

    def add_before_activation(self, z: Array, targets: Array) -> None:
        """The same for the z of the last layer, which stay as they are."""
        ordered = z.shape[1] > 1 and self.classes and self.activation.name in KEEP_ORDER
        self.add(z if ordered else self.activation.forward(z, out=np.empty_like(z)), targets)

    def fresh(self) -> "Tally":
        """An empty one for the same targets."""
        twin = copy.copy(self)
        twin.clear()
        return twin

    def merge(self, other: "Tally") -> None:
        """Adds the sums of another one for the same targets."""
        self.examples += other.examples
        self.right += other.right
        self.off = self.off + other.off
        self.squares = self.squares + other.squares
        self.sums = self.sums + other.sums
        self.spread = self.spread + other.spread

    @property
    def measures(self) -> dict[str, float]:
        if not self.examples:
            return dict.fromkeys(self.names, np.nan)
        if self.classes:
            return {"accuracy": self.right / self.examples}
        total = self.spread - self.sums**2 / self.examples
        # Targets that are all one number have nothing to explain.
        same = total <= 1e-12 * self.spread
        share = np.where(same, np.where(self.squares == 0, 1.0, 0.0), 0.0)
        np.subtract(1.0, self.squares / np.where(same, 1.0, total), out=share, where=~same)
        return {
            "mean_absolute_error": float(np.mean(self.off) / self.examples),
            "r2": float(np.mean(share)),
        }


class Counted(Loss):
    """A loss that shows a tally all the rows whose value it is asked for."""

    def __init__(self, loss: Loss, tally: Tally) -> None:
        super().__init__(loss.reduction)
        self.loss, self.tally = loss, tally
        self.name, self.output = loss.name or type(loss).__name__, loss.output

    def value(
        self,
        z: Array,
        targets: Array,
        activation: Activation,
        gradient: Array | None = None,
        weights: Array | None = None,
    ) -> float:
        self.tally.add_before_activation(z, targets)
        return self.loss.value(z, targets, activation, gradient=gradient, **weighed(weights))
