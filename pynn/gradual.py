"""Learning rates that rise first, that count in epochs, or that look at how it goes.

Each stands wherever an optimizer takes a rate, as those of `pynn.schedules` do; a rate
inside one may be a schedule itself.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from pynn.early_stopping import Best
from pynn.exact.functions import cos
from pynn.limits import as_float, check_at_least_0, check_whole, is_number, shown
from pynn.schedules import SCHEDULES, Schedule, as_rate, as_schedule, rate_after

# As far as a float counts.
MOST_UPDATES = 2**53


class Inner:
    """Who has another schedule for a rate: that is told how it goes, if it looks at that."""

    rate: float | Schedule

    @property
    def watch(self) -> str | None:
        return getattr(self.rate, "watch", None)

    def see(self, measured: Mapping[str, float]) -> None:
        if self.watch is not None:
            self.rate.see(measured)  # type: ignore[union-attr]


@dataclass(frozen=True)
class WarmUp(Inner):
    """A rate that rises in a straight line over the first `updates`, then `rate` from its start.

    The first update has 1/updates of `rate` at its start (Goyal et al. 2017, "Accurate,
    large minibatch SGD").
    """

    rate: float | Schedule
    updates: int

    def __post_init__(self) -> None:
        check_whole("WarmUp", "updates", self.updates, most=MOST_UPDATES)
        as_schedule(self.rate)

    def __call__(self, updates: int) -> float:
        then = as_schedule(self.rate)
        if updates >= self.updates:
            return rate_after(then, updates - self.updates)
        return rate_after(then, 0) * (updates + 1) / self.updates


@dataclass(frozen=True)
class OneCycle:
    """Up from rate/25 to `rate`, and down to rate/250,000, each along half a cosine.

    rise  the share of all `updates` that it goes up

    Smith, Topin 2018, "Super-convergence", with the numbers of PyTorch's OneCycleLR, which
    moves the momentum against the rate besides (0.95 to 0.85). Keras has none.
    """

    rate: float
    updates: int
    rise: float = 0.3

    def __post_init__(self) -> None:
        as_rate(self.rate)
        check_whole("OneCycle", "updates", self.updates, least=2, most=MOST_UPDATES)
        if not 0.0 < as_float(self.rise) < 1.0:
            raise ValueError(f"OneCycle: expected rise between 0 and 1, got {shown(self.rise)}")

    def __call__(self, updates: int) -> float:
        top, last = self.rise * self.updates - 1.0, self.updates - 1.0
        low = self.rate / 25.0
        if updates < top:
            return _between(low, self.rate, updates / top)
        share = (min(updates, last) - top) / (last - top)
        return _between(self.rate, low / 10_000.0, share)


@dataclass(frozen=True)
class ByEpoch(Inner):
    """A schedule that counts epochs of `updates` mini-batches, where it would count updates.

    ByEpoch(StepDecay(0.1, every=10), updates=60_000 // 32) drops every ten epochs; so does
    a function of the epoch from 0, ByEpoch(lambda epoch: 0.1 * 0.5**epoch, updates=1875).
    """

    rate: float | Schedule
    updates: int

    def __post_init__(self) -> None:
        check_whole("ByEpoch", "updates", self.updates)
        as_schedule(self.rate)

    def __call__(self, updates: int) -> float:
        return rate_after(as_schedule(self.rate), updates // self.updates)


@dataclass
class ReduceOnPlateau:
    """`rate`, and `factor` times as much after `patience` epochs in which nothing got better.

    watch  a name of `fit`'s history, which tells it after each epoch; without `fit`, tell
           it by `see`. Of a "…loss" or an "…error" less is better, of any other more
    least  by how much a number must be better than the best one to count
    lowest the rate falls no lower

    As in Keras, where `least` is min_delta, 1e-4 by default. PyTorch waits one epoch more,
    until there are more than `patience`; its threshold, 1e-4, is a share of the best number.
    """

    rate: float
    watch: str = "validation_loss"
    factor: float = 0.1
    patience: int = 10
    least: float = 0.0
    lowest: float = 0.0
    best: float | None = field(default=None, repr=False)
    waited: int = field(default=0, repr=False)

    def __post_init__(self) -> None:
        self.rate = as_rate(self.rate)
        self.patience = check_whole("ReduceOnPlateau", "patience", self.patience)
        self.least = check_at_least_0("ReduceOnPlateau", "least", self.least)
        self.lowest = check_at_least_0("ReduceOnPlateau", "lowest", self.lowest)
        if not 0.0 < as_float(self.factor) < 1.0:
            raise ValueError(
                f"ReduceOnPlateau: expected factor between 0 and 1, got {shown(self.factor)}"
            )
        if not isinstance(self.watch, str):
            raise ValueError(f"ReduceOnPlateau: expected watch as a name, got {shown(self.watch)}")

    def __call__(self, updates: int) -> float:
        return self.rate

    def see(self, measured: Mapping[str, float]) -> None:
        """What an epoch came to. Raises ValueError where `watch` is not among it."""
        if not isinstance(measured, Mapping):
            raise ValueError(
                f"ReduceOnPlateau: expected numbers by their names in the history, "
                f"got {shown(measured)}"
            )
        if self.watch not in measured:
            raise ValueError(
                f"ReduceOnPlateau: expected to watch one of {', '.join(map(str, measured))}, "
                f"got {shown(self.watch)}"
            )
        if not is_number(measured[self.watch]):
            raise ValueError(
                f"ReduceOnPlateau: expected {self.watch} as a number, "
                f"got {shown(measured[self.watch])}"
            )
        so_far = Best(self.watch, self.least, self.best, self.waited)
        so_far.see(as_float(measured[self.watch]))
        if so_far.waited >= self.patience:
            self.rate, so_far.waited = max(self.rate * self.factor, self.lowest), 0
        self.best, self.waited = so_far.value, so_far.waited


SCHEDULES |= {kind.__name__: kind for kind in (WarmUp, OneCycle, ByEpoch, ReduceOnPlateau)}


def _between(start: float, end: float, share: float) -> float:
    return end + (start - end) * (1.0 + float(cos(math.pi * share))) / 2.0
