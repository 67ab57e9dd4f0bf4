"""Runs that are kept, as after the end of a worker, and their curves."""

from typing import Any

import numpy as np
import pytest
from live_runs import PLANAR, asked, run_of, steps, weights

from pynn import Conv2D, Dense, Flatten, MaxPool2D, Network
from pynn.files import from_bytes, to_bytes
from pynn.live import Desk
from pynn.live.history import MOST, History

DIGITS = {"subset": "1000", "architecture": "784-32-10", "epochs": 3}


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


def test_what_was_changed_on_the_way_holds_in_another_python(desk: Desk, anew: Desk) -> None:
    asked(desk, "digits", "open", **DIGITS)
    steps(desk, "digits", 3)
    settings = DIGITS | {"batch_size": 24, "augment_shift": 1.5, "schedule": "cosine"}
    asked(desk, "digits", "edit", **settings)
    steps(desk, "digits", 7)
    blob = asked(desk, "digits", "keep").blob
    told = asked(desk, "digits", "advance", milliseconds=0)
    asked(anew, "digits", "resume", run=blob, settings=settings)
    again = asked(anew, "digits", "advance", milliseconds=0)
    assert again.head["epoch"] == told.head["epoch"] == (3 * 64 + 8 * 24) / 1000
    assert weights(desk, "digits") == weights(anew, "digits")
    assert asked(desk, "digits", "script").head == asked(anew, "digits", "script").head


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


def test_a_run_that_was_kept_with_less_of_its_tests_still_comes_back(
    desk: Desk, anew: Desk
) -> None:
    asked(desk, "digits", "open", **DIGITS)
    asked(desk, "digits", "advance", milliseconds=60_000)
    state = from_bytes(asked(desk, "digits", "keep").blob)
    state.arrays["run/tests"] = state.arrays["run/tests"][:, :2].copy()
    blob = to_bytes(state.network, state, packed=False)
    frame = asked(anew, "digits", "resume", run=blob, settings=DIGITS)
    tests = frame.array("tests")
    assert tests.shape == (1, 4) and np.isnan(tests[:, 2:]).all() and tests[0, 0] == 3


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
