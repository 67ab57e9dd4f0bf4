"""Schedules: the rate of each update, at the ends and in between."""

import math
from collections.abc import Callable

import numpy as np
import pytest

from pynn import SGD, CosineDecay, StepDecay
from pynn.schedules import as_schedule


def test_constant_rate_stays() -> None:
    schedule = as_schedule(0.25)
    assert [schedule(t) for t in (0, 1, 10**9)] == [0.25, 0.25, 0.25]


def test_step_decay_drops_after_every_so_many_updates() -> None:
    schedule = StepDecay(0.8, every=3, factor=0.5)
    assert [schedule(t) for t in range(8)] == [0.8, 0.8, 0.8, 0.4, 0.4, 0.4, 0.2, 0.2]
    assert StepDecay(1.0, every=10)(10) == pytest.approx(0.1)


def test_cosine_decay_goes_down_and_stays() -> None:
    schedule = CosineDecay(1.0, updates=4, final=0.2)
    half = 0.4 * math.cos(math.pi / 4)
    wanted = [1.0, 0.6 + half, 0.6, 0.6 - half, 0.2, 0.2, 0.2]
    np.testing.assert_allclose([schedule(t) for t in range(7)], wanted, rtol=1e-12)


def test_optimizer_asks_the_schedule_for_updates_made_so_far() -> None:
    asked: list[int] = []

    def schedule(updates: int) -> float:
        asked.append(updates)
        return 1.0

    optimizer, parameters = SGD(schedule), {"w": np.zeros(2), "v": np.zeros(1)}
    for _ in range(3):
        optimizer.update(parameters, {"w": np.ones(2), "v": np.ones(1)})
    assert asked == [0, 1, 2] and optimizer.updates == 3


def test_schedules_differ_by_value_only() -> None:
    assert StepDecay(0.1, 5) == StepDecay(0.1, 5) != StepDecay(0.1, 6)
    assert as_schedule(0.1) == as_schedule(0.1)


STEP = "StepDecay: expected every >= 1 and factor above 0, got "
COSINE = "CosineDecay: expected updates >= 1 and final between 0 and rate, got "
REFUSED = {
    "step-rate": (lambda: StepDecay(0, 5), "learning_rate: expected a number above 0, got 0"),
    "step-every": (lambda: StepDecay(1, 0), STEP + "0 and 0.1"),
    "step-factor": (lambda: StepDecay(1, 5, 0.0), STEP + "5 and 0.0"),
    "cosine-rate": (
        lambda: CosineDecay(float("nan"), 5),
        "learning_rate: expected a number above 0, got nan",
    ),
    "cosine-updates": (lambda: CosineDecay(1, 0), COSINE + "0 and 0.0"),
    "cosine-final": (lambda: CosineDecay(1, 5, -0.1), COSINE + "5 and -0.1"),
    "cosine-final-above": (lambda: CosineDecay(1, 5, 1.1), COSINE + "5 and 1.1"),
}


@pytest.mark.parametrize(("make", "sentence"), REFUSED.values(), ids=REFUSED)
def test_schedule_outside_its_limits_is_refused(make: Callable[[], object], sentence: str) -> None:
    with pytest.raises(ValueError) as caught:
        make()
    assert str(caught.value) == sentence


def test_schedule_at_its_limits_is_taken() -> None:
    assert StepDecay(1.0, every=1, factor=1.0)(9) == 1.0
    assert CosineDecay(1.0, updates=1, final=1.0)(9) == 1.0
