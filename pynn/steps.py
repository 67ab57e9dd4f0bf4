"""What a training tells of itself: each step, the loss so far, and that it diverged."""

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
        self._total, self._examples = 0.0, 0

    def add(self, step: Step) -> None:
        self._total += step.loss * step.examples if self._mean else step.loss
        self._examples += step.examples

    @property
    def value(self) -> float:
        return self._total / self._examples if self._mean else self._total
