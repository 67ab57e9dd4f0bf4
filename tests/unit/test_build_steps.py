"""build/steps.py: a step runs when, and only when, its result would differ."""

from pathlib import Path

import pytest
from steps import run_step


class Counter:
    def __init__(self, source: Path) -> None:
        self.source = source
        self.runs = 0

    def __call__(self, folder: Path) -> None:
        self.runs += 1
        (folder / "result.txt").write_text(self.source.read_text().upper())


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "source.txt"
    path.write_text("words")
    return path


def test_step_runs_once_for_the_same_inputs(tmp_path: Path, source: Path) -> None:
    make = Counter(source)
    for _ in range(3):
        folder = run_step("loud", [source], make, tmp_path / "store")
    assert make.runs == 1
    assert (folder / "result.txt").read_text() == "WORDS"


def test_another_setting_runs_the_step_again(tmp_path: Path, source: Path) -> None:
    make = Counter(source)
    for setting in ("one", "one", "two"):
        run_step("loud", [source], make, tmp_path / "store", setting=setting)
    assert make.runs == 2


def test_changed_input_runs_the_step_again(tmp_path: Path, source: Path) -> None:
    make = Counter(source)
    run_step("loud", [source], make, tmp_path / "store")
    source.write_text("other words")
    folder = run_step("loud", [source], make, tmp_path / "store")
    assert (folder / "result.txt").read_text() == "OTHER WORDS"


def test_new_file_in_an_input_folder_runs_the_step_again(tmp_path: Path, source: Path) -> None:
    make = Counter(source)
    inputs = tmp_path / "inputs"
    inputs.mkdir()
    run_step("loud", [inputs], make, tmp_path / "store")
    (inputs / "new").touch()
    run_step("loud", [inputs], make, tmp_path / "store")
    assert make.runs == 2


@pytest.mark.parametrize("damage", ["alter", "remove", "add"])
def test_result_that_was_touched_is_made_again(tmp_path: Path, source: Path, damage: str) -> None:
    make = Counter(source)
    folder = run_step("loud", [source], make, tmp_path / "store")
    if damage == "alter":
        (folder / "result.txt").write_text("WORDZ")
    elif damage == "remove":
        (folder / "result.txt").unlink()
    else:
        (folder / "stray.txt").touch()
    folder = run_step("loud", [source], make, tmp_path / "store")
    assert make.runs == 2
    assert [path.name for path in folder.iterdir()] == ["result.txt"]


def test_interrupted_step_counts_as_not_done(tmp_path: Path, source: Path) -> None:
    def interrupted(folder: Path) -> None:
        (folder / "result.txt").write_text("WO")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_step("loud", [source], interrupted, tmp_path / "store")
    make = Counter(source)
    folder = run_step("loud", [source], make, tmp_path / "store")
    assert (folder / "result.txt").read_text() == "WORDS"
