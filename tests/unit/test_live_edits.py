"""Settings changed while it runs: the training goes on, and the scripts tell of the change."""

import io
import re
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pynn import Dense, Network, train
from pynn.datasets import moons
from pynn.files import to_bytes
from pynn.live import Desk, Frame
from pynn.optimizers import OPTIMIZERS

PLANAR = {"dataset": "moons", "learning_rate": 0.02}
DIGITS = {"subset": "1000", "architecture": "784-32-10", "epochs": 2}
LONG = {"milliseconds": 60_000}


@pytest.fixture
def desk(small_mnist: Path) -> Desk:
    return Desk(small_mnist)


def steps(desk: Desk, kind: str, count: int) -> None:
    """So many mini-batches, one at a time."""
    for _ in range(count):
        desk.call(kind, "advance", {"milliseconds": 0})


def edit(desk: Desk, kind: str, **settings: Any) -> Frame:
    frame = desk.call(kind, "edit", settings)
    assert "error" not in frame.head, frame.head
    return frame


def weights(frame: Frame) -> list[np.ndarray]:
    names = [name for name, _, _ in frame.head["arrays"]]
    return [frame.array(name) for name in names if name.startswith(("weights", "biases"))]


def printed(script: str) -> list[str]:
    output = io.StringIO()
    with redirect_stdout(output):
        exec(compile(script, "script.py", "exec"), {"__name__": "__main__"})
    return output.getvalue().splitlines()


def test_another_rate_goes_on_with_the_same_weights_epoch_and_curve(desk: Desk) -> None:
    desk.call("planar", "open", PLANAR)
    desk.call("planar", "advance", {**LONG, "epochs": 3})
    steps(desk, "planar", 1)
    before = desk.call("planar", "advance", {"milliseconds": 0})
    frame = edit(desk, "planar", **PLANAR | {"learning_rate": "0,5"})
    assert frame.head["goes_on"] is True and frame.head["settings"]["learning_rate"] == 0.5
    assert "layers" not in frame.head and len(frame.array("history")) == 0
    for name in ("epoch", "step", "status", "train_loss", "test_loss", "accuracy"):
        assert frame.head[name] == before.head[name]
    for one, two in zip(weights(before), weights(frame), strict=True):
        np.testing.assert_array_equal(one, two)
    after = desk.call("planar", "advance", {**LONG, "epochs": 1})
    assert after.head["epoch"] == 4 and after.array("history")[:, 0].tolist() == [4]


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_the_new_rate_moves_the_weights_and_what_the_optimizer_keeps_stays(
    desk: Desk, optimizer: str
) -> None:
    """The same as `train` whose optimizer is given the new rate after five epochs."""
    desk.call("planar", "open", PLANAR | {"optimizer": optimizer})
    desk.call("planar", "advance", {**LONG, "epochs": 5})
    edit(desk, "planar", **PLANAR | {"optimizer": optimizer, "learning_rate": 0.001})
    frame = desk.call("planar", "advance", {**LONG, "epochs": 5})
    x, y = moons(400, noise=0.1, seed=1)
    network = Network([Dense(8, "tanh"), Dense(1, "sigmoid")], inputs=2, seed=1, exact=True)
    by_hand = OPTIMIZERS[optimizer](0.02)
    for step in train(network, x[:300], y[:300], loss="binary_cross_entropy", optimizer=by_hand,
                      batch_size=16, epochs=10, seed=1):  # fmt: skip
        if step.epoch == 5 and step.ends_epoch:
            by_hand.learning_rate = 0.001
    if optimizer != "sgd":
        assert by_hand._kept
    for (name, wanted), got in zip(network.parameters.items(), weights(frame), strict=True):
        np.testing.assert_array_equal(got, wanted, name)


@pytest.mark.parametrize(
    "change",
    [
        {"dataset": "circle"},
        {"network_shape": "4"},
        {"activation": "relu"},
        {"optimizer": "sgd"},
        {"seed": 2},
        {"loss": "squared_error"},
        {"initializer": "he"},
        {"gain": 2.0},
        {"dropout": 0.2},
        {"activations": "relu"},
    ],
    ids=str,
)
def test_what_needs_another_network_or_other_data_begins_anew(
    desk: Desk, change: dict[str, Any]
) -> None:
    desk.call("planar", "open", PLANAR)
    desk.call("planar", "advance", {**LONG, "epochs": 2})
    wanted = PLANAR | change | {"learning_rate": 0.3}
    frame = edit(desk, "planar", **wanted)
    assert "goes_on" not in frame.head and frame.head["epoch"] == 0
    opened = desk.call("planar", "open", wanted)
    assert frame.head == opened.head
    np.testing.assert_array_equal(frame.numbers, opened.numbers)


def test_an_edit_of_what_is_not_open_opens_it_and_a_refused_one_changes_nothing(
    desk: Desk,
) -> None:
    assert edit(desk, "planar", **PLANAR).head["layers"] == [2, 8, 1]
    before = desk.call("planar", "advance", {**LONG, "epochs": 2}).head
    error = desk.call("planar", "edit", PLANAR | {"learning_rate": 11}).head["error"]
    assert error["values"]["name"] == "learning_rate"
    again = edit(desk, "planar", **PLANAR)
    assert again.head["goes_on"] is True and again.head["train_loss"] == before["train_loss"]
    assert "by hand" not in desk.call("planar", "script", {}).head["script"]


def test_a_diverged_run_begins_again_with_the_new_rate(desk: Desk) -> None:
    wild = {"optimizer": "sgd", "activation": "linear", "network_shape": "32,32,32", "l2": 1}
    desk.call("planar", "open", wild | {"learning_rate": 10})
    while desk.call("planar", "advance", {"milliseconds": 50}).head["status"] != "diverged":
        pass
    frame = edit(desk, "planar", **wild | {"learning_rate": 0.01})
    assert (frame.head["status"], frame.head["epoch"]) == ("ready", 0)
    assert frame.head["settings"]["learning_rate"] == 0.01 and "layers" in frame.head


def test_reset_starts_with_the_newest_rate(desk: Desk) -> None:
    desk.call("planar", "open", PLANAR)
    desk.call("planar", "advance", {**LONG, "epochs": 2})
    edit(desk, "planar", **PLANAR | {"learning_rate": 0.3})
    frame = desk.call("planar", "reset", {})
    assert frame.head["settings"]["learning_rate"] == 0.3
    first = desk.call("planar", "advance", {**LONG, "epochs": 1})
    desk.call("planar", "open", PLANAR | {"learning_rate": 0.3})
    assert desk.call("planar", "advance", {**LONG, "epochs": 1}).head == first.head
    script = desk.call("planar", "script", {}).head["script"]
    assert "Adam(0.3)" in script and "by hand" not in script


@pytest.mark.parametrize("optimizer", ["sgd", "nesterov", "adam"])
def test_the_playgrounds_script_gives_the_same_numbers_after_edits(
    desk: Desk, optimizer: str
) -> None:
    settings = PLANAR | {"optimizer": optimizer, "batch_size": 10}
    desk.call("planar", "open", settings)
    # Before the first update, twice at one place, within an epoch, at an epoch's end.
    for count, rate in [(0, 0.4), (7, 0.1), (0, 0.05), (53, 0.02), (30, 0.3)]:
        steps(desk, "planar", count)
        edit(desk, "planar", **settings | {"learning_rate": rate})
    head = desk.call("planar", "advance", {**LONG, "epochs": 2}).head
    assert head["epoch"] == 5
    script = desk.call("planar", "script", {}).head["script"]
    rates = re.findall(r"optimizer.learning_rate = (\S+)\n", script)
    assert rates == ["0.05", "0.02", "0.3"] and "(0.4" in script
    assert re.findall(r"steps.advance\((\d+)\)", script) == ["7", "53", "30", "60"]
    assert printed(script) == [
        f"train loss {head['train_loss']:.6f}",
        f"test loss {head['test_loss']:.6f}, accuracy {head['accuracy']:.4f}",
    ]


def test_the_script_leaves_out_what_came_after_the_epoch_that_it_gives(desk: Desk) -> None:
    desk.call("planar", "open", PLANAR)
    head = desk.call("planar", "advance", {**LONG, "epochs": 2}).head
    edit(desk, "planar", **PLANAR | {"learning_rate": 0.9})
    steps(desk, "planar", 3)
    script = desk.call("planar", "script", {}).head["script"]
    assert "Adam(0.02)" in script and "0.9" not in script
    assert printed(script)[0] == f"train loss {head['train_loss']:.6f}"


# After so many mini-batches each; 16 make up an epoch before the batch size is another.
EDITED_DIGITS: dict[str, list[tuple[int, dict[str, Any]]]] = {
    "not": [],
    "rate": [(5, {"learning_rate": 0.01}), (14, {"learning_rate": 0.002})],
    "schedule": [(3, {"schedule": "cosine", "decay_steps": 30}), (9, {"schedule": "constant"})],
    "batch": [(5, {"batch_size": 8}), (50, {"batch_size": 200}), (4, {"batch_size": 64})],
    "augmented": [(4, {"augment_shift": 2.0}), (20, {"augment_shift": 0.0, "augment_noise": 0.1})],
    "all": [
        (2, {"augment_turn": 10.0, "batch_size": 16, "learning_rate": 0.02}),
        (1, {"augment_turn": 0.0, "batch_size": 100, "schedule": "steps", "decay_steps": 7}),
    ],
    "back": [(6, {"batch_size": 8}), (0, {"batch_size": 64})],
}


@pytest.mark.parametrize(
    ("optimizer", "schedule"),
    [
        ("sgd", "constant"),
        ("momentum", "constant"),
        ("adamw", "constant"),
        ("sgd", "steps"),
        ("adam", "cosine"),
    ],
)
@pytest.mark.parametrize("edited", EDITED_DIGITS.values(), ids=EDITED_DIGITS)
def test_the_digits_script_gives_the_same_network_bit_for_bit_after_edits(
    desk: Desk,
    small_mnist: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    optimizer: str,
    schedule: str,
    edited: list[tuple[int, dict[str, Any]]],
) -> None:
    settings = DIGITS | {"optimizer": optimizer, "learning_rate": 0.05}
    settings |= {"schedule": schedule, "decay_steps": 20}
    desk.call("digits", "open", settings)
    for count, changed in edited:
        steps(desk, "digits", count)
        settings |= changed
        assert edit(desk, "digits", **settings).head["goes_on"] is True
    head = desk.call("digits", "advance", LONG).head
    assert head["status"] == "finished" and head["epoch"] == 2
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["script.py", str(small_mnist)])
    lines = printed(desk.call("digits", "script", {}).head["script"])
    assert lines == [f"{head['test_accuracy']:.2%} of 1000 test images"]
    assert Path("digits.npz").read_bytes() == desk.call("digits", "save", {}).blob


def test_a_loaded_model_is_trained_on_at_another_rate(desk: Desk) -> None:
    desk.call("digits", "open", DIGITS)
    model = to_bytes(Network([Dense(20, "relu"), Dense(10, "softmax")], 784, seed=3))
    desk.call("digits", "load", {"model": model})
    before = desk.call("digits", "advance", LONG).head
    blob = desk.call("digits", "save", {}).blob
    frame = edit(desk, "digits", **DIGITS | {"learning_rate": 0.01})
    assert frame.head["goes_on"] is True and desk.call("digits", "save", {}).blob == blob
    for name in ("epoch", "step", "loss", "test_accuracy", "status"):
        assert frame.head[name] == before[name]
    assert "python THIS.py MODEL.npz" in desk.call("digits", "script", {}).head["script"]


def test_more_epochs_are_trained_on_and_fewer_end_with_the_epoch_under_way(desk: Desk) -> None:
    desk.call("digits", "open", DIGITS)
    assert desk.call("digits", "advance", LONG).head["status"] == "finished"
    frame = edit(desk, "digits", **DIGITS | {"epochs": 4})
    assert (frame.head["status"], frame.head["epochs"]) == ("ready", 4)
    head = desk.call("digits", "advance", LONG).head
    assert (head["status"], head["epoch"]) == ("finished", 4)
    # As one run of four epochs.
    blob = desk.call("digits", "save", {}).blob
    desk.call("digits", "open", DIGITS | {"epochs": 4})
    desk.call("digits", "advance", LONG)
    assert desk.call("digits", "save", {}).blob == blob

    desk.call("digits", "open", DIGITS | {"epochs": 9})
    steps(desk, "digits", 40)
    assert edit(desk, "digits", **DIGITS | {"epochs": 1}).head["epochs"] == 3
    frame = desk.call("digits", "advance", LONG)
    assert (frame.head["status"], frame.head["epoch"]) == ("finished", 3)
    assert frame.array("tests")[:, 0].tolist() == [3]

    desk.call("digits", "open", DIGITS | {"epochs": 9})
    steps(desk, "digits", 32)  # the end of an epoch that is not tested
    assert edit(desk, "digits", **DIGITS | {"epochs": 1}).head["epochs"] == 2
    frame = desk.call("digits", "advance", LONG)
    assert (frame.head["status"], frame.head["epoch"]) == ("finished", 2)
    assert frame.array("tests")[:, 0].tolist() == [2]
