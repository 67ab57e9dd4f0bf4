"""Runs that go wild: they end as "diverged" with a reason, stay so, and can still be drawn."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pynn.live import Desk, Frame

REASONS = {"loss_not_finite", "weights_not_finite"}


def advance(desk: Desk, kind: str) -> Frame:
    return desk.call(kind, "advance", {"milliseconds": 50})


def run(desk: Desk, kind: str, settings: dict[str, Any]) -> Frame:
    """Until it has diverged; a run that never does fails."""
    desk.call(kind, "open", settings)
    for _ in range(3000):
        frame = advance(desk, kind)
        if frame.head["status"] == "diverged":
            return frame
        assert frame.head["reason"] is None
    raise AssertionError("still finite")


WILD = {"learning_rate": 10, "activation": "linear", "network_shape": "32,32,32", "l2": 1}


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "nesterov"])
@pytest.mark.parametrize("dataset", ["xor", "spiral", "quadrants"])
def test_wild_planar_run_ends_as_diverged_and_stays_so(dataset: str, optimizer: str) -> None:
    desk = Desk()
    frame = run(desk, "planar", {"dataset": dataset, "optimizer": optimizer, **WILD})
    assert frame.head["reason"] in REASONS
    json.dumps(frame.head, allow_nan=False)
    for name in ("map", "neurons"):
        assert np.isfinite(frame.array(name)).all() and np.abs(frame.array(name)).max() <= 1.0
    before = (frame.head["step"], frame.head["epoch"], frame.head["reason"])
    for _ in range(3):
        later = advance(desk, "planar")
        assert later.head["status"] == "diverged"
        assert (later.head["step"], later.head["epoch"], later.head["reason"]) == before
        assert len(later.array("history")) == 0
    assert desk.call("planar", "script", {}).head["script"].startswith('"""')
    again = desk.call("planar", "reset", {})
    assert again.head["status"] == "ready" and again.head["reason"] is None
    assert np.isfinite(again.numbers).all()


def test_history_of_a_wild_run_holds_finite_numbers_only() -> None:
    desk = Desk()
    desk.call("planar", "open", {"optimizer": "sgd", **WILD})
    frame = advance(desk, "planar")
    while frame.head["status"] != "diverged":
        assert np.isfinite(frame.array("history")).all()
        frame = advance(desk, "planar")
    assert np.isfinite(frame.array("history")).all()


# A bias of minus infinity shuts a relu for good, and no loss or gradient shows it.
SPOILED = [
    ("dense_1.bias", -np.inf, "weights_not_finite"),
    ("dense_2.bias", np.nan, "loss_not_finite"),
]


@pytest.mark.parametrize(("parameter", "value", "reason"), SPOILED)
def test_planar_run_spoiled_between_steps_ends_and_stays_so(
    parameter: str, value: float, reason: str
) -> None:
    desk = Desk()
    desk.call("planar", "open", {"network_shape": "4", "activation": "relu", "dataset": "circle"})
    desk.call("planar", "advance", {"milliseconds": 60_000, "epochs": 1})
    desk._open["planar"].network.parameters[parameter][0] = value
    first = desk.call("planar", "advance", {"milliseconds": 60_000, "epochs": 5}).head
    assert (first["status"], first["reason"]) == ("diverged", reason)
    # Taking a step may well be possible; the run does not go on all the same.
    for _ in range(2):
        again = desk.call("planar", "advance", {"milliseconds": 60_000, "epochs": 5}).head
        assert (again["status"], again["reason"]) == ("diverged", reason)
        assert (again["step"], again["epoch"]) == (first["step"], first["epoch"])


def test_digits_run_with_weights_not_finite_ends_with_its_epoch(small_mnist: Path) -> None:
    desk = Desk(small_mnist)
    desk.call("digits", "open", {"subset": "1000", "architecture": "784-32-10"})
    desk._open["digits"].network.parameters["dense_1.bias"][0] = -np.inf
    head = desk.call("digits", "advance", {"milliseconds": 60_000}).head
    assert (head["status"], head["reason"]) == ("diverged", "weights_not_finite")
    assert head["epoch"] == 1.0 and head["test_accuracy"] is None


@pytest.mark.parametrize("optimizer", ["sgd", "momentum"])
def test_wild_digits_run_ends_as_diverged_and_stays_so(small_mnist: Path, optimizer: str) -> None:
    desk = Desk(small_mnist)
    settings = {
        "subset": "1000", "learning_rate": 10, "optimizer": optimizer,
        "architecture": "784-256-128-10", "activation": "relu", "epochs": 1000,
    }  # fmt: skip
    desk.call("digits", "open", settings)
    network = desk._open["digits"].network
    for _ in range(3000):
        frame = desk.call("digits", "advance", {"milliseconds": 50, "weights": True})
        json.dumps(frame.head, allow_nan=False)
        assert np.isfinite(frame.array("weight_images")).all()
        if frame.head["status"] == "diverged":
            break
        if frame.head["step"] > 40:  # it may settle in a dead state; push it over
            network.parameters["dense_1.weights"][...] = 1e38
    assert frame.head["status"] == "diverged" and frame.head["reason"] in REASONS
    for call, args in (("advance", {}), ("more", {"epochs": 5}), ("advance", {})):
        later = desk.call("digits", call, args).head
        assert later["status"] == "diverged" and later["step"] == frame.head["step"]
    drawn = desk.call("digits", "recognise", {"side": 28, "ink": bytes([255] * 784)})
    assert np.isfinite(drawn.array("probabilities")).all()
    again = desk.call("digits", "reset", {}).head
    assert (again["status"], again["reason"], again["loss"]) == ("ready", None, None)
