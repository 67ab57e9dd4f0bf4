"""Learning rates as settings: one that stays, and one that goes down by a schedule."""

from collections.abc import Mapping
from typing import Any

from pynn.schedules import CosineDecay, Schedule, StepDecay
from pynn.settings import Choice, Integer, Table

CONSTANT, STEPS, COSINE = "constant", "steps", "cosine"
# Of the rate after each so many updates, where it goes down in steps.
FACTOR = 0.5

SCHEDULES: Table = (
    Choice("schedule", CONSTANT, (CONSTANT, STEPS, COSINE)),
    Integer("decay_steps", 2000, 1, 1_000_000),
)
# The settings that say what an optimizer takes for its learning rate.
RATE = frozenset({"learning_rate", *(row.name for row in SCHEDULES)})


def kinds_in(program: str) -> set[str]:
    """The schedules that a program makes, to be imported there."""
    return {kind for kind in ("StepDecay", "CosineDecay") if f"{kind}(" in program}


def rate(settings: Mapping[str, Any]) -> float | Schedule:
    """What an optimizer takes for its learning rate."""
    first, every = settings["learning_rate"], settings["decay_steps"]
    if settings["schedule"] == STEPS:
        return StepDecay(first, every, FACTOR)
    if settings["schedule"] == COSINE:
        return CosineDecay(first, every)
    return float(first)
