"""Schedules that rise first, count in epochs, or look at how it goes."""

import math

import numpy as np
import pytest

from pynn import (
    SGD,
    Adam,
    ByEpoch,
    CosineDecay,
    Dense,
    Network,
    OneCycle,
    ReduceOnPlateau,
    StepDecay,
    WarmUp,
    load,
    save,
    train,
)
from pynn.schedules import Schedule


def test_warm_up_rises_in_a_straight_line_and_then_begins_what_follows() -> None:
    plain = WarmUp(0.4, updates=4)
    assert [plain(n) for n in range(6)] == pytest.approx([0.1, 0.2, 0.3, 0.4, 0.4, 0.4])
    decay = CosineDecay(0.4, updates=10)
    cosine = WarmUp(decay, updates=4)
    assert [cosine(4 + n) for n in range(12)] == [decay(n) for n in range(12)]


def test_one_cycle_has_the_rates_of_pytorch() -> None:
    """torch.optim.lr_scheduler.OneCycleLR(max_lr=0.1, total_steps=10): computed from its source."""
    cycle = OneCycle(0.1, updates=10)
    low, top, last = 0.1 / 25, 0.3 * 10 - 1, 9
    for step in range(10):
        if step <= top:
            share, start, end = step / top, low, 0.1
        else:
            share, start, end = (step - top) / (last - top), 0.1, low / 1e4
        wanted = end + (start - end) / 2 * (1 + math.cos(math.pi * share))
        assert cycle(step) == pytest.approx(wanted, rel=1e-12)
    assert cycle(0) == pytest.approx(0.004) and cycle(2) == pytest.approx(0.1)
    assert cycle(10_000) == cycle(9) == pytest.approx(4e-7)


def test_one_cycle_of_two_updates() -> None:
    assert all(0 < OneCycle(0.1, updates=2)(n) <= 0.1 for n in range(5))


def test_by_epoch_counts_epochs() -> None:
    drop = ByEpoch(StepDecay(0.1, every=2), updates=5)
    assert [drop(n) for n in (0, 9, 10, 19, 20)] == pytest.approx([0.1, 0.1, 0.01, 0.01, 0.001])
    told = ByEpoch(lambda epoch: 0.5**epoch, updates=5)
    assert [told(n) for n in (4, 5, 14)] == [1.0, 0.5, 0.25]


def test_plateau_waits_its_patience_and_no_longer() -> None:
    rate = ReduceOnPlateau(1.0, "loss", factor=0.5, patience=2, lowest=0.3)
    rates = []
    for loss in (3.0, 2.0, 2.0, 2.1, 1.9, 2.0, 2.0, 2.0, 2.0, math.nan, 5.0):
        rate.see({"loss": loss})
        rates.append(rate(0))
    assert rates == [1.0, 1.0, 1.0, 0.5, 0.5, 0.5, 0.3, 0.3, 0.3, 0.3, 0.3]
    up = ReduceOnPlateau(1.0, "r2", patience=1)
    for share in (0.1, 0.2, 0.3):
        up.see({"r2": share})
    assert up(0) == 1.0
    up.see({"r2": 0.3})
    assert up(0) == pytest.approx(0.1)


SCHEDULES = [
    WarmUp(0.1, updates=6),
    WarmUp(CosineDecay(0.1, updates=12), updates=6),
    OneCycle(0.2, updates=20),
    ByEpoch(StepDecay(0.1, every=1, factor=0.5), updates=4),
    ReduceOnPlateau(0.1, "loss", patience=1),
]


@pytest.mark.parametrize("schedule", SCHEDULES, ids=lambda one: type(one).__name__)
def test_training_that_is_kept_goes_on_at_the_same_rates(
    schedule: Schedule, tmp_path: object
) -> None:
    rng = np.random.default_rng(0)
    x, y = rng.standard_normal((20, 3)), rng.integers(0, 2, 20)

    def begun(rate: Schedule | float) -> tuple[Network, Adam, object]:
        network = Network([Dense(4, "tanh"), Dense(2, "softmax")], inputs=3)
        optimizer = Adam(rate)
        steps = train(
            network, x, y, loss="cross_entropy", optimizer=optimizer, batch_size=5, epochs=3
        )
        return network, optimizer, steps

    whole, optimizer, steps = begun(schedule)
    for _ in range(5):
        next(steps)  # type: ignore[call-overload]
    if isinstance(schedule, ReduceOnPlateau):
        schedule.see({"loss": 1.0})
        schedule.see({"loss": 1.0})
        assert optimizer.rate() == pytest.approx(0.01)
    path = f"{tmp_path}/state.npz"
    save(steps, path)  # type: ignore[arg-type]
    other, resumed, again = begun(0.5)
    again.restore(load(path))  # type: ignore[attr-defined]
    assert resumed.rate() == optimizer.rate()
    for _ in range(7):
        assert next(steps) == next(again)  # type: ignore[call-overload]
    for name, array in whole.parameters.items():
        np.testing.assert_array_equal(other.parameters[name], array)


@pytest.mark.parametrize(
    "make",
    [
        lambda: WarmUp(0.0, 5),
        lambda: WarmUp(0.1, 0),
        lambda: WarmUp("slow", 5),  # type: ignore[arg-type]
        lambda: OneCycle(0.1, 1),
        lambda: OneCycle(0.1, 10, rise=1.0),
        lambda: OneCycle(-1.0, 10),
        lambda: ByEpoch(0.1, 0),
        lambda: ReduceOnPlateau(0.1, factor=1.0),
        lambda: ReduceOnPlateau(0.1, patience=0),
        lambda: ReduceOnPlateau(0.1, least=-1.0),
        lambda: ReduceOnPlateau(0.1, watch=3),  # type: ignore[arg-type]
        lambda: ReduceOnPlateau(0.1).see({"loss": 1.0}),
        lambda: SGD(ReduceOnPlateau(0.1)).see({"loss": 1.0}),
    ],
)
def test_senseless_words_are_refused_in_one_sentence(make: object) -> None:
    with pytest.raises(ValueError, match=r"^\w+: expected [^\n]+$"):
        make()  # type: ignore[operator]
