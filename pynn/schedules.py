"""Learning rates that change: a schedule turns the number of updates made so far
into the rate of the next one, and may stand wherever an optimizer takes a rate.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from pynn.limits import is_number, is_whole

Schedule = Callable[[int], float]


@dataclass(frozen=True)
class Constant:
    """The same rate always."""

    rate: float

    def __call__(self, updates: int) -> float:
        return self.rate


@dataclass(frozen=True)
class StepDecay:
    """rate * factor^(updates // every): a drop now and then."""

    rate: float
    every: int
    factor: float = 0.1

    def __post_init__(self) -> None:
        _check_rate(self.rate)
        if not (is_whole(self.every) and is_number(self.factor) and 0.0 < self.factor < math.inf):
            raise ValueError(
                f"StepDecay: expected every >= 1 and factor above 0, "
                f"got {self.every!r} and {self.factor!r}"
            )

    def __call__(self, updates: int) -> float:
        return float(self.rate * self.factor ** (updates // self.every))


@dataclass(frozen=True)
class CosineDecay:
    """From `rate` down to `final` along half a cosine over `updates`, then `final`.

    Loshchilov and Hutter 2017, "SGDR", without the restarts.
    """

    rate: float
    updates: int
    final: float = 0.0

    def __post_init__(self) -> None:
        _check_rate(self.rate)
        final_fits = is_number(self.final) and 0.0 <= self.final <= self.rate
        if not (is_whole(self.updates) and final_fits):
            raise ValueError(
                f"CosineDecay: expected updates >= 1 and final between 0 and rate, "
                f"got {self.updates!r} and {self.final!r}"
            )

    def __call__(self, updates: int) -> float:
        share = min(1.0, updates / self.updates)
        return self.final + (self.rate - self.final) * (1.0 + math.cos(math.pi * share)) / 2.0


def as_schedule(rate: float | Schedule) -> Schedule:
    """A number becomes a constant schedule. ValueError unless it is above 0 and finite."""
    if callable(rate):
        return rate
    _check_rate(rate)
    return Constant(float(rate))


def _check_rate(rate: object) -> None:
    if not (is_number(rate) and 0.0 < rate < math.inf):
        raise ValueError(f"learning_rate: expected a number above 0, got {rate!r}")
