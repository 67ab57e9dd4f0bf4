"""Runs that are kept, as after the end of a worker, and gone back to, by the time line."""

import tracemalloc
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pynn import Conv2D, Dense, Flatten, MaxPool2D, Network
from pynn.files import to_bytes
from pynn.live import Desk, Frame
from pynn.live.experiment import Experiment
from pynn.live.history import MOST, History
from pynn.live.timeline import Timeline

PLANAR = {"dataset": "moons", "learning_rate": "0.02"}
DIGITS = {"subset": "1000", "architecture": "784-32-10", "epochs": 3}


@pytest.fixture
def desk(small_mnist: Path) -> Desk:
    return Desk(small_mnist)


@pytest.fixture
def anew(small_mnist: Path) -> Desk:
    """Another Python, after the first one has ended."""
    return Desk(small_mnist)


def asked(desk: Desk, kind: str, action: str, **args: Any) -> Frame:
    frame = desk.call(kind, action, args)
    assert "error" not in frame.head, frame.head
    return frame


def steps(desk: Desk, kind: str, count: int) -> None:
    for _ in range(count):
        asked(desk, kind, "advance", milliseconds=0)


def run_of(desk: Desk, kind: str) -> Experiment:
    return desk._open[kind]


def weights(desk: Desk, kind: str) -> dict[str, bytes]:
    parameters = run_of(desk, kind).network.parameters
    return {name: array.tobytes() for name, array in parameters.items()}


CASES = {
    "at the start": ("planar", PLANAR, 0),
    "in an epoch": ("planar", PLANAR, 47),
    "rows one by one": ("planar", PLANAR | {"batch_size": 1, "optimizer": "sgd"}, 33),
    "four points": ("planar", {"dataset": "xor"}, 20),
    "four classes": ("planar", {"dataset": "quadrants", "optimizer": "nesterov"}, 29),
    "digits": ("digits", DIGITS, 9),
    "digits at the end of an epoch": ("digits", DIGITS, 16),
}


@pytest.mark.parametrize("case", CASES)
def test_a_kept_run_goes_on_in_another_python_as_if_nothing_had_been(
    desk: Desk, anew: Desk, case: str
) -> None:
    kind, settings, count = CASES[case]
    asked(desk, kind, "open", **settings)
    steps(desk, kind, count)
    kept = asked(desk, kind, "keep")
    assert kept.head["step"] == run_of(desk, kind).step and kept.blob is not None
    asked(anew, kind, "resume", run=kept.blob, settings=settings)
    told = asked(desk, kind, "advance", milliseconds=0)
    again = asked(anew, kind, "advance", milliseconds=0)
    for name in ("epoch", "step", "loss", "train_loss", "test_loss", "accuracy", "test_accuracy"):
        assert told.head.get(name) == again.head.get(name), name
    steps(desk, kind, 40)
    steps(anew, kind, 40)
    assert weights(desk, kind) == weights(anew, kind)
    assert asked(desk, kind, "script").head == asked(anew, kind, "script").head


def test_the_first_frame_has_the_whole_curve_and_the_test_results(desk: Desk, anew: Desk) -> None:
    opened = [asked(desk, "digits", "open", **DIGITS)]
    opened += [asked(desk, "digits", "advance", milliseconds=200) for _ in range(40)]
    last = asked(desk, "digits", "advance", milliseconds=0, confusion=True)
    assert last.head["status"] == "finished"
    blob = asked(desk, "digits", "keep").blob
    frame = asked(anew, "digits", "resume", run=blob, settings=DIGITS)
    for name in ("history", "tests"):
        points = np.concatenate([one.array(name) for one in [*opened, last]])
        np.testing.assert_array_equal(frame.array(name), points)
    assert frame.head["test_accuracy"] == last.head["test_accuracy"]
    np.testing.assert_array_equal(frame.array("confusion"), last.array("confusion"))
    assert frame.head["status"] == "finished" and frame.head["epochs"] == 3


def test_a_network_from_a_file_comes_back_too(desk: Desk, anew: Desk) -> None:
    layers = [Conv2D(2, 3, "relu"), MaxPool2D(2), Flatten(), Dense(10, "softmax")]
    model = to_bytes(Network(layers, (28, 28, 1)))
    asked(desk, "digits", "open", **DIGITS)
    asked(desk, "digits", "load", model=model)
    steps(desk, "digits", 5)
    blob = asked(desk, "digits", "keep").blob
    frame = asked(anew, "digits", "resume", run=blob, settings=DIGITS)
    assert frame.head["loaded"] is True
    assert frame.head["layers"] == [[28, 28, 1], [26, 26, 2], [13, 13, 2], 338, 10]
    steps(desk, "digits", 3)
    steps(anew, "digits", 3)
    assert weights(desk, "digits") == weights(anew, "digits")


def test_a_rate_changed_after_the_keeping_holds(desk: Desk, anew: Desk) -> None:
    asked(desk, "planar", "open", **PLANAR)
    steps(desk, "planar", 10)
    blob = asked(desk, "planar", "keep").blob
    changed = PLANAR | {"learning_rate": "0.5"}
    frame = asked(anew, "planar", "resume", run=blob, settings=changed)
    assert frame.head["settings"]["learning_rate"] == 0.5 and frame.head["step"] == 10
    asked(desk, "planar", "edit", **changed)
    steps(desk, "planar", 10)
    steps(anew, "planar", 10)
    assert weights(desk, "planar") == weights(anew, "planar")


@pytest.mark.parametrize(
    ("settings", "run"),
    [
        (PLANAR | {"seed": 5}, "kept"),
        (PLANAR | {"network_shape": "4"}, "kept"),
        (PLANAR, "cut"),
        (PLANAR, "model"),
        (PLANAR, "digits"),
        (PLANAR | {"seed": "x"}, "kept"),
    ],
)
def test_what_does_not_fit_is_refused_and_the_open_run_stays(
    desk: Desk, settings: dict[str, Any], run: str
) -> None:
    asked(desk, "planar", "open", **PLANAR)
    asked(desk, "digits", "open", **DIGITS)
    steps(desk, "planar", 5)
    blob = asked(desk, "planar", "keep").blob
    assert blob is not None
    runs = {
        "kept": blob,
        "cut": blob[:-100],
        "model": to_bytes(run_of(desk, "planar").network),
        "digits": asked(desk, "digits", "keep").blob,
    }
    before = weights(desk, "planar")
    frame = desk.call("planar", "resume", {"run": runs[run], "settings": settings})
    assert frame.head["error"]["type"] in ("StateError", "ModelFileError", "SettingsError")
    assert weights(desk, "planar") == before
    assert asked(desk, "planar", "advance", milliseconds=0).head["step"] == 6


def test_a_run_that_diverged_is_not_kept(desk: Desk) -> None:
    asked(desk, "digits", "open", **DIGITS)
    run_of(desk, "digits").network.parameters["dense_1.weights"] = np.full((784, 32), 1e38)
    frame = asked(desk, "digits", "advance", milliseconds=0)
    assert frame.head["status"] == "diverged"
    kept = desk.call("digits", "keep", {})
    assert kept.head["error"]["code"] == "not_finite"


# The time line.


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


# The curve.


@pytest.mark.parametrize("count", [0, 1, MOST - 1, MOST, MOST + 1, 5 * MOST + 7])
def test_a_curve_keeps_its_ends_and_its_size(count: int) -> None:
    history = History(2)
    for number in range(count):
        history.add(number, -number)
    whole, fresh = history.whole(), history.fresh()
    assert len(fresh) == count and len(history.fresh()) == 0
    assert len(whole) <= MOST and len(whole) >= min(count, MOST // 2)
    assert np.all(np.diff(whole[:, 0]) > 0)
    if count:
        assert whole[-1].tolist() == [count - 1, 1 - count]
        gaps = np.diff(whole[:-1, 0])
        assert len(set(gaps)) <= 1
    again = History(2, whole)
    np.testing.assert_array_equal(again.fresh(), whole)
