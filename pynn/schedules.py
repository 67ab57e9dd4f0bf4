"""Learning rates that change: a schedule turns the number of updates made so far
into the rate of the next one, and may stand wherever an optimizer takes a rate.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from pynn.exact.functions import cos, whole_power
from pynn.limits import as_float, is_whole, shown

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
        rate, factor = as_rate(self.rate), as_float(self.factor)
        if not (is_whole(self.every) and 0.0 < factor < math.inf):
            raise ValueError(
                f"StepDecay: expected every >= 1 and factor above 0, "
                f"got {shown(self.every)} and {shown(self.factor)}"
            )
        _become(self, rate=rate, every=int(self.every), factor=factor)

    def __call__(self, updates: int) -> float:
        return self.rate * whole_power(self.factor, updates // self.every)


@dataclass(frozen=True)
class CosineDecay:
    """From `rate` down to `final` along half a cosine over `updates`, then `final`.

    Loshchilov and Hutter 2017, "SGDR", without the restarts. Keras's alpha is a share of the
    rate; PyTorch's CosineAnnealingLR rises again where it goes on.
    """

    rate: float
    updates: int
    final: float = 0.0

    def __post_init__(self) -> None:
        rate, final = as_rate(self.rate), as_float(self.final)
        if not (is_whole(self.updates) and 0.0 <= final <= rate):
            raise ValueError(
                f"CosineDecay: expected updates >= 1 and final between 0 and rate, "
                f"got {shown(self.updates)} and {shown(self.final)}"
            )
        _become(self, rate=rate, updates=int(self.updates), final=final)

    def __call__(self, updates: int) -> float:
        share = min(1.0, updates / self.updates)
        return self.final + (self.rate - self.final) * (1.0 + float(cos(math.pi * share))) / 2.0


# Those that a state names, and makes again.
SCHEDULES: dict[str, Callable[..., Schedule]] = {
    kind.__name__: kind for kind in (Constant, StepDecay, CosineDecay)
}


def plain_schedule(schedule: Schedule) -> Any:
    """A rate as a number, a schedule as {its name: its words}; one's own has no words."""
    if isinstance(schedule, Constant):
        return schedule.rate
    known = SCHEDULES.get(type(schedule).__name__) is type(schedule)
    name = type(schedule).__name__ if known else getattr(schedule, "__name__", "")
    words = vars(schedule).items() if known else ()
    return {name: {word: plain_schedule(v) if callable(v) else v for word, v in words}}


def schedule_from(plain: Any, present: Schedule) -> Schedule:
    """What `plain_schedule` told; one's own is the `present` one of the same name. ValueError."""
    if not isinstance(plain, dict):
        return as_schedule(plain)
    if plain == plain_schedule(present):
        return present
    ((name, words),) = plain.items()
    if name not in SCHEDULES or not isinstance(words, dict):
        raise ValueError(
            f"learning_rate: expected the schedule {shown(name)}, got {shown(present)}"
        )
    made = {
        word: schedule_from(value, getattr(present, word, present))
        if isinstance(value, dict)
        else value
        for word, value in words.items()
    }
    return SCHEDULES[name](**made)


def as_schedule(rate: float | Schedule) -> Schedule:
    """A number becomes a constant schedule. ValueError unless it is above 0 and finite."""
    if callable(rate) and not isinstance(rate, type):
        return rate
    return Constant(as_rate(rate))


def rate_after(schedule: Schedule, updates: int) -> float:
    """What a schedule gives. ValueError for a senseless rate."""
    given: Any = schedule(updates)
    single = isinstance(given, np.ndarray) and given.ndim == 0
    rate = as_float(given.item() if single else given)
    if not 0.0 <= rate < math.inf:
        raise ValueError(
            f"learning_rate: expected a finite number >= 0 from {_named(schedule)} "
            f"after {updates} updates, got {shown(given)}"
        )
    return rate


def as_rate(rate: object) -> float:
    """A number above 0, or ValueError."""
    number = as_float(rate)
    if not 0.0 < number < math.inf:
        raise ValueError(f"learning_rate: expected a number above 0, got {shown(rate)}")
    return number


def _named(schedule: Schedule) -> str:
    return getattr(schedule, "__name__", None) or shown(schedule)


def _become(schedule: object, **words: float) -> None:
    """Puts plain numbers in the place of NumPy's, in a schedule that is frozen."""
    for name, value in words.items():
        object.__setattr__(schedule, name, value)
