"""The time line of a run: gone back to, looked at, thinned."""

import tracemalloc

import numpy as np
import pytest
from live_runs import PLANAR, asked, run_of, steps, weights

from pynn.live import Desk, Frame
from pynn.live.timeline import Timeline


def test_back_to_any_step_and_on_again(desk: Desk) -> None:
    asked(desk, "planar", "open", **PLANAR)
    seen, told = {}, {}
    for step in range(1, 121):
        frame = asked(desk, "planar", "advance", milliseconds=0)
        seen[step] = weights(desk, "planar")
        told[step] = {k: v for k, v in frame.head.items() if k not in ("arrays", "settings")}
    for step in (119, 100, 64, 63, 33, 1):
        frame = asked(desk, "planar", "rewind", step=step)
        assert weights(desk, "planar") == seen[step]
        now = {name: frame.head[name] for name in told[step]}
        assert now == told[step]
        history = frame.array("history")
        assert history[-1, 0] == frame.head["epoch"] == len(history) - 1
    for step in range(2, 121):
        steps(desk, "planar", 1)
        assert weights(desk, "planar") == seen[step]
    assert asked(desk, "planar", "rewind", step=0).head["status"] == "ready"


def test_changes_of_the_rate_are_made_again_on_the_way_and_forgotten_after_it(desk: Desk) -> None:
    asked(desk, "planar", "open", **PLANAR)
    seen = {}
    for step in range(1, 60):
        if step in (21, 38, 41):
            asked(desk, "planar", "edit", **PLANAR | {"learning_rate": step / 100})
        steps(desk, "planar", 1)
        seen[step] = weights(desk, "planar")
    frame = asked(desk, "planar", "rewind", step=39)
    assert weights(desk, "planar") == seen[39]
    assert frame.head["settings"]["learning_rate"] == 0.38
    steps(desk, "planar", 1)
    assert weights(desk, "planar") == seen[40]
    # The change at 41 lay after it.
    steps(desk, "planar", 1)
    assert weights(desk, "planar") != seen[41]
    asked(desk, "planar", "rewind", step=30)
    assert weights(desk, "planar") == seen[30]


def test_a_run_that_diverged_is_brought_back(desk: Desk) -> None:
    settings = {"dataset": "xor", "activation": "relu", "network_shape": "8,8,8"}
    asked(desk, "planar", "open", **settings, optimizer="sgd", learning_rate=0.01)
    steps(desk, "planar", 20)
    before = weights(desk, "planar")
    asked(desk, "planar", "edit", **settings, optimizer="sgd", learning_rate=10.0)
    network = run_of(desk, "planar").network
    network.parameters["dense_1.weights"] = np.full((2, 8), 1e30)
    for _ in range(50):
        frame = asked(desk, "planar", "advance", milliseconds=0)
    assert frame.head["status"] == "diverged"
    frame = asked(desk, "planar", "rewind", step=20)
    assert weights(desk, "planar") == before and frame.head["status"] == "running"


@pytest.mark.parametrize("step", [11, 10**9])
def test_a_step_that_was_not_made_is_refused(desk: Desk, step: int) -> None:
    asked(desk, "planar", "open", **PLANAR)
    steps(desk, "planar", 10)
    frame = desk.call("planar", "rewind", {"step": step})
    assert frame.head["error"]["code"] == "range"
    assert asked(desk, "planar", "advance", milliseconds=0).head["step"] == 11


def test_a_resumed_run_goes_back_to_where_it_was_resumed(desk: Desk, anew: Desk) -> None:
    asked(desk, "planar", "open", **PLANAR)
    steps(desk, "planar", 21)
    blob, before = asked(desk, "planar", "keep").blob, weights(desk, "planar")
    asked(anew, "planar", "resume", run=blob, settings=PLANAR)
    steps(anew, "planar", 30)
    asked(anew, "planar", "rewind", step=21)
    assert weights(anew, "planar") == before
    frame = anew.call("planar", "rewind", {"step": 20})
    assert frame.head["error"]["code"] == "range"


def test_a_full_time_line_thins_and_still_finds_every_step(desk: Desk) -> None:
    asked(desk, "planar", "open", **PLANAR)
    run = run_of(desk, "planar")
    run.timeline = Timeline(most_bytes=100_000, every=4)  # type: ignore[attr-defined]
    run.timeline.note(0, run._moment)  # type: ignore[attr-defined]
    tracemalloc.start()
    try:
        seen = {}
        for step in range(1, 401):
            steps(desk, "planar", 1)
            seen[step] = weights(desk, "planar") if step % 37 == 0 else {}
        timeline: Timeline = run.timeline  # type: ignore[attr-defined]
        assert timeline.nbytes <= 100_000 and timeline.every > 4
        held = tracemalloc.get_traced_memory()[0]
        timeline.cut(-1)
        weighed = held - tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert weighed < 110_000  # what it says it weighs is true


@pytest.mark.long
def test_a_million_steps_stay_below_64_megabytes_and_50_of_them_come_back_exactly(
    desk: Desk,
) -> None:
    # Four points are one mini-batch, and so an epoch is one step.
    step = asked(desk, "planar", "open").head["step"]
    draw = np.random.default_rng(1)
    wanted = sorted({int(step) for step in draw.integers(1, 1_000_000, 50)})
    seen = {}
    for goal in [*wanted, 1_000_000]:
        while step < goal:
            frame = asked(desk, "planar", "advance", milliseconds=1000, epochs=goal - step)
            step = frame.head["step"]
        seen[goal] = weights(desk, "planar")
    assert run_of(desk, "planar").timeline.nbytes < 64e6  # type: ignore[attr-defined]
    for step in reversed(wanted):
        asked(desk, "planar", "rewind", step=step)
        assert weights(desk, "planar") == seen[step]


def test_a_look_at_the_past_shows_it_and_changes_nothing(desk: Desk) -> None:
    asked(desk, "planar", "open", **PLANAR)
    told, seen = {}, {}
    for step in range(1, 60):
        if step == 31:
            asked(desk, "planar", "edit", **PLANAR | {"learning_rate": 0.2})
        told[step] = asked(desk, "planar", "advance", milliseconds=0)
        seen[step] = weights(desk, "planar")
    every = run_of(desk, "planar").timeline.every  # type: ignore[attr-defined]
    for step in (1, 16, 30, 31, 32, 47, 59):
        frame = asked(desk, "planar", "look", step=step, exact=True)
        assert_same_moment(frame, told[step])
        near = step - step % every
        if near:
            assert_same_moment(asked(desk, "planar", "look", step=step), told[near])
        assert weights(desk, "planar") == seen[59]
    # It goes on as if nobody had looked.
    frame = asked(desk, "planar", "advance", milliseconds=0)
    asked(desk, "planar", "rewind", step=59)
    again = asked(desk, "planar", "advance", milliseconds=0)
    assert_same_moment(again, frame)


def assert_same_moment(frame: Frame, told: Frame) -> None:
    """All that is shown, but for the curve, of which each frame has what is new."""
    # What is changed at a step belongs to it: the rate of a moment is that of what comes next.
    skip = ("arrays", "settings", "goes_on", "rate")
    assert {k: v for k, v in frame.head.items() if k not in skip} == {
        k: v for k, v in told.head.items() if k not in skip
    }
    here = {name for name, _, _ in frame.head["arrays"]}
    for name, _, _ in told.head["arrays"]:
        # Where nothing was trained on the way, there are no gradients.
        if name != "history" and ("gradients" not in name or name in here):
            assert np.array_equal(frame.array(name), told.array(name))


def test_a_look_from_a_run_that_has_diverged(desk: Desk) -> None:
    settings = {"dataset": "xor", "activation": "relu", "network_shape": "8,8,8"}
    asked(desk, "planar", "open", **settings, optimizer="sgd", learning_rate=0.01)
    steps(desk, "planar", 20)
    network = run_of(desk, "planar").network
    network.parameters["dense_1.weights"] = np.full((2, 8), 1e30)
    for _ in range(50):
        frame = asked(desk, "planar", "advance", milliseconds=0)
    assert frame.head["status"] == "diverged"
    past = asked(desk, "planar", "look", step=20, exact=True)
    assert past.head["status"] == "running"
    again = asked(desk, "planar", "advance", milliseconds=0)
    assert again.head["status"] == "diverged" and again.head["step"] == frame.head["step"]
