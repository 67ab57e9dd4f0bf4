"""What a training tells of itself: each step, the loss so far, and that it diverged."""

import math
from dataclasses import dataclass

from pynn.losses import Loss


class Diverged(ArithmeticError):
    """Loss or weights became NaN or infinite; the sentence says when and what to try."""


@dataclass(frozen=True)
class Step:
    """One mini-batch that has been trained on."""

    epoch: int  # from 1
    step: int  # from 1, within the epoch
    steps: int  # of an epoch
    examples: int  # in this mini-batch
    loss: float  # before its update

    @property
    def ends_epoch(self) -> bool:
        return self.step == self.steps


class RunningLoss:
    """The loss of an epoch so far: the mean over its examples, or the sum of its batches."""

    def __init__(self, loss: Loss) -> None:
        self._mean = loss.reduction == "mean"
        self.total, self.examples = 0.0, 0

    def add(self, loss: float, examples: int) -> None:
        """One more mini-batch."""
        self.total += loss * examples if self._mean else loss
        self.examples += examples

    @property
    def value(self) -> float:
        """NaN before the first mini-batch."""
        if not self.examples:
            return math.nan
        return self.total / self.examples if self._mean else self.total
