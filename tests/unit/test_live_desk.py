"""The desk: one plain frame for every call, refusals as data, the old experiment kept."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pynn.datasets import PLANAR, mnist
from pynn.datasets.idx import write_idx
from pynn.live import Desk, Frame
from pynn.optimizers import OPTIMIZERS

PLAIN = (str, int, float, bool, type(None), list, dict)


def assert_plain(value: object) -> None:
    """Only Python's own types, exactly: no NumPy scalar, no tuple, no subclass."""
    assert type(value) in PLAIN, repr(value)
    if isinstance(value, (list, dict)):
        for item in value:
            assert_plain(item)
            if isinstance(value, dict):
                assert_plain(value[item])


def checked(frame: Frame) -> Frame:
    """The frame, once its form has been looked at."""
    assert_plain(frame.head)
    json.dumps(frame.head, allow_nan=False)
    assert frame.numbers.dtype == np.float32 and frame.numbers.ndim == 1
    assert frame.numbers.flags.c_contiguous
    end = 0
    for name, offset, shape in frame.head["arrays"]:
        assert offset == end and frame.array(name).shape == tuple(shape)
        end += int(np.prod(shape))
    assert end == frame.numbers.size
    return frame


@pytest.fixture
def desk(small_mnist: Path) -> Desk:
    return Desk(small_mnist)


def error_of(frame: Frame) -> dict[str, Any]:
    error = checked(frame).head["error"]
    assert set(error) == {"type", "code", "values", "message"} and "\n" not in error["message"]
    assert frame.numbers.size == 0 and frame.blob is None
    return error  # type: ignore[no-any-return]


def test_tables_tell_names_kinds_limits_and_defaults(desk: Desk) -> None:
    tables = checked(desk.tables()).head
    names = {kind: [row["name"] for row in tables[kind]] for kind in ("planar", "digits")}
    assert names == {
        "planar": ["dataset", "points", "count", "train_share", "balance", "features",
                   "network_shape", "activation", "activations", "optimizer",
                   "learning_rate", "schedule", "decay_steps", "batch_size", "seed", "noise",
                   "loss", "initializer", "gain", "l1", "l2", "dropout", "stop_at", "guess",
                   "compare", "challenge", "edits", "hide", "lock", "task", "task_loss",
                   "task_accuracy", "task_neurons", "task_epochs"],
        "digits": ["architecture", "dataset", "subset", "activation", "optimizer", "learning_rate",
                   "schedule", "decay_steps", "batch_size", "epochs", "patience",
                   "augment_shift", "augment_turn", "augment_scale", "augment_thickness",
                   "augment_noise", "seed"],
    }  # fmt: skip
    for row in (*tables["planar"], *tables["digits"]):
        keys = {
            "choice": {"options"}, "integer": {"low", "high"}, "real": {"low", "high"},
            "layers": {"low", "high", "most"}, "words": {"options", "most"}, "text": {"most"},
            "subset": {"options"}, "architecture": {"options"},
        }  # fmt: skip
        assert {"name", "kind", "default"} | keys[row["kind"]] <= set(row)
    rows = {row["name"]: row for row in tables["planar"]}
    assert rows["dataset"]["options"] == [*PLANAR, "own"] and rows["dataset"]["default"] == "xor"
    assert rows["optimizer"]["options"] == list(OPTIMIZERS)
    subsets = next(row for row in tables["digits"] if row["name"] == "subset")
    assert subsets["options"] == ["1000", "5000", "10000", "60000"]


@pytest.mark.parametrize("kind", ["planar", "digits"])
def test_defaults_and_the_same_written_out_as_text_open_alike(desk: Desk, kind: str) -> None:
    settings = {"subset": "1000"} if kind == "digits" else {}
    opened = checked(desk.call(kind, "open", settings))
    written = {
        name.replace("_", "-"): ",".join(map(str, value)) if isinstance(value, list) else str(value)
        for name, value in opened.head["settings"].items()
    }
    again = checked(desk.call(kind, "open", written))
    assert again.head == opened.head
    np.testing.assert_array_equal(again.numbers, opened.numbers)


def error_call(desk: Desk, *call: Any) -> tuple[str, str, dict[str, Any], str]:
    error = error_of(desk.call(*call))
    return error["type"], error["code"], error["values"], error["message"]


def test_bad_settings_are_refusals_with_code_values_and_sentence(desk: Desk) -> None:
    assert error_call(desk, "planar", "open", {"learning-rate": "99"}) == (
        "SettingsError",
        "range",
        {"name": "learning_rate", "got": "99", "low": 1e-5, "high": 10.0},
        "learning_rate: expected 1e-05 to 10.0, got 99",
    )
    assert error_call(desk, "planar", "open", {"network-shape": "8,10000000"}) == (
        "SettingsError",
        "units",
        {"name": "network_shape", "got": "10000000", "low": 1, "high": 32},
        "network_shape: expected 1 to 32 neurons in a layer, got 10000000",
    )


BAD: list[tuple[str, str, dict[str, Any], str]] = [
    ("planar", "open", {"colour": "red"}, "SettingsError.unknown"),
    ("planar", "open", {"dataset": "iris"}, "SettingsError.choice"),
    ("planar", "open", {"network_shape": "1,1,1,1,1,1,1,1,1"}, "SettingsError.layers"),
    ("planar", "open", {"network_shape": "a"}, "SettingsError.type"),
    ("planar", "open", {"batch_size": 2001}, "SettingsError.range"),
    ("planar", "open", {"seed": 2**32}, "SettingsError.range"),
    ("planar", "open", {"seed": None}, "SettingsError.type"),
    ("planar", "open", {"noise": "0.51"}, "SettingsError.range"),
    ("planar", "advance", {"milliseconds": -1}, "SettingsError.range"),
    ("planar", "advance", {"milliseconds": 60_001}, "SettingsError.range"),
    ("planar", "advance", {"epochs": 0}, "SettingsError.range"),
    ("planar", "advance", {"seconds": 1}, "SettingsError.unknown"),
    ("planar", "reset", {"hard": True}, "SettingsError.unknown"),
    ("digits", "open", {"architecture": "784-10000000-10"}, "SettingsError.layer"),
    ("digits", "open", {"subset": 2000}, "SettingsError.choice"),
    ("digits", "open", {"activation": "softmax"}, "SettingsError.choice"),
    ("digits", "open", {"epochs": 1001}, "SettingsError.range"),
    ("digits", "needs", {"subset": "all"}, "SettingsError.choice"),
    ("digits", "advance", {"weights": "yes"}, "SettingsError.type"),
    ("digits", "more", {"epochs": 0}, "SettingsError.range"),
    ("digits", "recognise", {"side": 28, "ink": b"1"}, "SettingsError.range"),
    ("digits", "recognise", {"side": 2001, "ink": b"1"}, "SettingsError.range"),
    ("digits", "recognise", {"side": 0, "ink": b""}, "SettingsError.range"),
    ("digits", "recognise", {"side": 28}, "SettingsError.range"),
    ("digits", "recognise", {"side": 1, "ink": "1"}, "SettingsError.type"),
    ("digits", "load", {}, "ModelFileError.not_a_model"),
    ("digits", "load", {"model": b"x"}, "ModelFileError.not_a_model"),
    ("digits", "load", {"model": b"PK\3\4" + bytes(99)}, "ModelFileError.damaged"),
    ("digits", "load", {"model": None}, "SettingsError.type"),
    ("tetris", "open", {}, "state.unknown"),
    ("planar", "explode", {}, "state.unknown"),
    ("planar", "_start", {}, "state.unknown"),
    ("planar", "recognise", {}, "state.unknown"),
]


@pytest.mark.parametrize(("kind", "action", "args", "wanted"), BAD)
def test_bad_call_is_a_refusal_and_leaves_the_experiment_alone(
    desk: Desk, kind: str, action: str, args: dict[str, Any], wanted: str
) -> None:
    for name, settings in (("planar", {}), ("digits", {"subset": "1000"})):
        desk.call(name, "open", settings)
    opened = dict(desk._open)
    error = error_of(desk.call(kind, action, args))
    assert f"{error['type']}.{error['code']}" == wanted
    assert desk._open == opened
    assert checked(desk.call("planar", "advance", {"epochs": 1})).head["epoch"] == 1


@pytest.mark.parametrize(
    ("kind", "action"),
    [("planar", a) for a in ("advance", "reset", "script")]
    + [("digits", a) for a in ("advance", "reset", "script", "recognise", "more", "save", "load")],
)
def test_action_before_open_is_a_refusal(desk: Desk, kind: str, action: str) -> None:
    error = error_of(desk.call(kind, action, {}))
    assert (error["type"], error["code"], error["values"]) == ("state", "not_open", {"name": kind})
    assert error["message"] == f"{kind}: not open yet"


def test_both_experiments_stand_side_by_side(desk: Desk) -> None:
    desk.call("planar", "open", {})
    desk.call("digits", "open", {"subset": "1000"})
    desk.call("planar", "advance", {"epochs": 2})
    assert desk.call("digits", "advance", {"milliseconds": 0}).head["status"] == "training"
    assert desk.call("planar", "advance", {"epochs": 1}).head["epoch"] == 3


def test_playground_needs_no_files(desk: Desk) -> None:
    assert checked(desk.call("planar", "needs", {})).head["files"] == []


def test_needed_files_are_those_that_are_not_there(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    files = checked(desk.call("digits", "needs", {"subset": "1000"})).head["files"]
    wanted = ["train-labels.idx1-ubyte.gzip", "train-images-00.idx3-ubyte.gzip",
              "test-labels.idx1-ubyte.gzip", "test-images-00.idx3-ubyte.gzip",
              "test-images-01.idx3-ubyte.gzip"]  # fmt: skip
    assert files == wanted
    (tmp_path / wanted[1]).touch()
    assert desk.call("digits", "needs", {"subset": "1000"}).head["files"] == [
        wanted[0],
        *wanted[2:],
    ]
    assert len(desk.call("digits", "needs", {"subset": "10000"}).head["files"]) == 4 + 4 - 1
    assert len(desk.call("digits", "needs", {"subset": "60000"}).head["files"]) == 12 + 4 - 1


@pytest.fixture
def shards(small_mnist: Path, tmp_path: Path) -> Path:
    """A page's folder: its files for 1,000 training images, and one that is not the desk's."""
    (x_train, y_train), (x_test, y_test) = mnist(small_mnist)
    write_idx(tmp_path / "train-labels.idx1-ubyte.gzip", y_train)
    write_idx(tmp_path / "train-images-00.idx3-ubyte.gzip", x_train)
    write_idx(tmp_path / "test-labels.idx1-ubyte.gzip", y_test)
    write_idx(tmp_path / "test-images-00.idx3-ubyte.gzip", x_test)
    write_idx(tmp_path / "test-images-01.idx3-ubyte.gzip", x_test)  # not read
    (tmp_path / "notes.txt").touch()
    return tmp_path


def test_copies_in_memory_are_deleted_once_read_and_asked_for_again(shards: Path) -> None:
    desk = Desk(shards, keep_files=False)
    assert desk.call("digits", "needs", {"subset": "1000"}).head["files"] == []
    assert "error" not in desk.call("digits", "open", {"subset": "1000"}).head
    assert [path.name for path in shards.iterdir()] == ["notes.txt"]
    # What was read is still there for another network, and for a reset.
    assert desk.call("digits", "needs", {"subset": "1000", "epochs": 3}).head["files"] == []
    assert "error" not in desk.call("digits", "open", {"subset": "1000", "epochs": 3}).head
    assert "error" not in desk.call("digits", "reset", {}).head
    assert len(desk.call("digits", "needs", {"subset": "1000", "seed": 1}).head["files"]) == 5
    assert len(desk.call("digits", "needs", {"subset": "5000"}).head["files"]) == 6


def test_files_of_a_person_are_never_deleted(shards: Path) -> None:
    before = sorted(shards.iterdir())
    assert "error" not in Desk(shards).call("digits", "open", {"subset": "1000"}).head
    assert sorted(shards.iterdir()) == before
