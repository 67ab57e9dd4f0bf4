"""Ctrl-C in a training of `pynn train`, and --resume: the same bits as without the break."""

import signal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from cli_helpers import Capture, printed, refused, write_flowers

from pynn import load
from pynn.cli import main
from pynn.model_format import to_bytes
from pynn.state import State
from pynn.training_steps import Training


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_flowers(tmp_path / "iris.csv")


def interrupt_in(monkeypatch: pytest.MonkeyPatch, groups: int) -> None:
    """Ctrl-C in the middle of so many groups of steps from now."""
    whole, seen = Training.group, [0]

    def group(self: Training, *given: Any) -> Any:
        seen[0] += 1
        if seen[0] == groups:
            signal.raise_signal(signal.SIGINT)
        return whole(self, *given)

    monkeypatch.setattr(Training, "group", group)


WORDS = {
    "adam": ["iris.csv", "--layers", "8,dropout:0.2,bn,4", "--batch-size", "7"],
    "sgd ahead": ["iris.csv", "--layers", "40", "--optimizer", "sgd", "--batch-size", "2"],
    "early": [
        "moons:80:0.4", "--validation-split", "0.3", "--patience", "2", "--schedule", "plateau",
        "--learning-rate", "0.05", "--epochs", "60", "--batch-size", "5",
    ],
    "cycle": ["moons", "--schedule", "one-cycle", "--optimizer", "nesterov", "--dtype", "float64"],
    "regression": ["hills", "--task", "regression", "--l2", "0.01", "--clip-norm", "0.5"],
}  # fmt: skip


def same_files(one: str, other: str) -> None:
    """Networks, optimizers and where the generators stand, to the last bit."""
    first, second = load(one), load(other)
    assert first.arrays.keys() == second.arrays.keys() and first.plain == second.plain
    for name, array in first.arrays.items():
        np.testing.assert_array_equal(array, second.arrays[name])


@pytest.mark.parametrize("groups", [1, 2, 5, 11, 14])
@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_interrupted_and_resumed_is_as_in_one_go(
    words: list[str], groups: int, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    words = ["train", "--epochs", "6", *words]
    text = printed(capsys, *words, "--save", "whole.npz")
    assert ("no better for 2 epochs" in text) is ("--patience" in words)
    with monkeypatch.context() as patch:
        interrupt_in(patch, groups)
        assert main([*words, "--save", "part.npz"]) == 130
    first, err = capsys.readouterr()
    assert "interrupted after epoch" in first and first.endswith("saved part.npz\n") and err == ""
    assert Path("part.npz").read_bytes() != Path("whole.npz").read_bytes()
    # And again, in the middle of what is left.
    with monkeypatch.context() as patch:
        interrupt_in(patch, 3)
        assert main(["train", "--resume", "part.npz", "--save", "part.npz"]) == 130
    second = capsys.readouterr().out
    third = printed(capsys, "train", "--resume", "part.npz", "--save", "part.npz")
    same_files("part.npz", "whole.npz")
    told = [line for line in (first + second + third).splitlines() if line.startswith("epoch")]
    assert told == [line for line in text.splitlines() if line.startswith("epoch")]


@pytest.mark.parametrize("words", [WORDS["adam"], WORDS["early"]])
def test_more_epochs_are_as_in_one_go(words: list[str], capsys: Capture) -> None:
    printed(capsys, "train", *words, "--epochs", "7", "--save", "whole.npz")
    printed(capsys, "train", *words, "--epochs", "3", "--save", "part.npz")
    printed(capsys, "train", "--resume", "part.npz", "--epochs", "7", "--save", "part.npz")
    same_files("part.npz", "whole.npz")


def test_interrupted_without_save_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    before = list(tmp_path.iterdir())
    interrupt_in(monkeypatch, 3)
    assert main(["train", "moons"]) == 130 and list(tmp_path.iterdir()) == before
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_second_interrupt_ends_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    def group(self: Training) -> Any:
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(Training, "group", group)
    assert main(["train", "moons", "--save", "m.npz"]) == 130
    assert not (tmp_path / "m.npz").exists()


def test_what_cannot_be_resumed_is_refused(tmp_path: Path, capsys: Capture) -> None:
    printed(capsys, "train", "iris.csv", "--epochs", "2", "--save", "a.npz")
    resume = ("train", "--resume", "a.npz")
    assert refused(capsys, *resume) == "pynn: --epochs: expected more than 2, all done, got 2"
    assert refused(capsys, *resume, "--epochs", "1").endswith(
        "expected more than 2, all done, got 1"
    )
    sentence = refused(capsys, *resume, "--batch-size", "4")
    assert sentence == "pynn: --batch-size: expected none beside --resume"
    assert refused(capsys, *resume, "--exact").startswith("pynn: --exact: expected none")
    write_flowers(tmp_path / "iris.csv", seed=1)
    sentence = refused(capsys, *resume, "--epochs", "4")
    assert sentence == "pynn: DATA: expected the same as before, got other iris.csv"
    write_flowers(tmp_path / "moved.csv")
    printed(capsys, *resume, "--epochs", "4", "moved.csv")
    printed(capsys, "export", "a.npz", "b.npz")
    assert "--resume: expected a training, got b.npz" in refused(
        capsys, "train", "--resume", "b.npz"
    )
    assert refused(capsys, "train", "--resume", "c.npz") == "pynn: c.npz: No such file or directory"


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("command/words", [], "--resume: expected a training, got a.npz"),
        ("command/words", {"batch_size": "x"}, "--batch-size: expected a whole number, got x"),
        ("command/words", {"layers": 3, "data": "iris.csv"}, "--layers: expected a text, got 3"),
        ("command/words", {"data": "none"}, "DATA: expected a planar set"),
        ("command/words", {"data": "iris.csv", "batch_size": 5, "epochs": 9, "optimizer": "sgd"},
         "optimizer: expected kind 'SGD', got 'Adam'"),
        ("command/course", {"examples": 1}, "--resume: expected the course of a training"),
        ("command/course", None, "--resume: expected the course of a training"),
        ("command/about", {"task": 3}, "what is about the model does not fit"),
    ],
)  # fmt: skip
def test_files_by_another_hand_are_one_sentence(
    key: str, value: Any, sentence: str, capsys: Capture
) -> None:
    printed(capsys, "train", "iris.csv", "--epochs", "2", "--save", "a.npz")
    state = load("a.npz")
    Path("a.npz").write_bytes(
        to_bytes(state.network, State(state.arrays, state.plain | {key: value}))
    )
    assert sentence in refused(capsys, "train", "--resume", "a.npz", "--epochs", "4")
