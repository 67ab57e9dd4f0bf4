"""The recipes as a page runs them: slices, plain frames, pictures, files, and starting again."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pynn.live import Desk, Frame
from pynn.live.recipes import RecipesExperiment
from pynn.recipes.programs import program
from pynn.steps import Diverged


@pytest.fixture
def desk(small_mnist: Path) -> Desk:
    return Desk(small_mnist)


def opened(desk: Desk, **settings: Any) -> Frame:
    frame = desk.call("recipes", "open", settings)
    assert "error" not in frame.head
    return frame


def frames(desk: Desk, milliseconds: float = 30) -> Iterator[Frame]:
    """All frames of a run to its end."""
    while True:
        frame = desk.call("recipes", "advance", {"milliseconds": milliseconds})
        json.dumps(frame.head, allow_nan=False)
        yield frame
        if frame.head["status"] != "running":
            return


def test_opened_recipe_tells_its_program_and_what_was_published(desk: Desk) -> None:
    head = opened(desk).head
    assert head["code"] == program("eleven_lines").text
    assert sum(len(texts) for _, texts in head["published"]) == 18
    assert (head["picture"], head["has_short"], head["changes"]) == (None, False, [])
    head = opened(desk, recipe="quadrants").head
    assert (head["picture"], head["has_short"]) == ("map", True)
    assert head["changes"] == [["seeds", 30, 3]]
    assert opened(desk, recipe="skyone", length="full").head["changes"] == []


def test_frames_together_tell_all_that_the_program_shows(desk: Desk) -> None:
    opened(desk, recipe="quadrants")
    told = list(frames(desk))
    lines = [line for frame in told for line in frame.head["lines"]]
    assert len(told) > 3 and len(lines) == 2 + 3
    points = np.concatenate([frame.array("points") for frame in told])
    assert points[:, 1].tolist() == list(range(100, 10_001, 100)) and not points[:, 0].any()
    head = told[-1].head
    assert (head["status"], head["done"], head["curves"]) == ("finished", 1.0, ["loss"])
    assert [row[:3] for row in head["compared"]] == [
        ["test points", "not all right", "3 1 4 2"],
        ["test points", "1 2 3 4", "1 2 3 4"],
        ["seeds that miss a point", "", "0"],
    ]
    assert [row[3] for row in head["compared"]] == [
        {"updates": 100}, {"updates": 10_000}, {"seeds": 3},
    ]  # fmt: skip
    last = [frame for frame in told if "extent" in frame.head][-1]
    assert last.array("map").shape == (4, 60, 60)
    assert last.array("map_train").shape == last.array("map_test").shape == (4, 3)


def test_short_slices_leave_the_program_in_its_place(desk: Desk) -> None:
    opened(desk, recipe="quadrants")
    slices = [desk.call("recipes", "advance", {"milliseconds": 0}).head for _ in range(9)]
    shares = [head["done"] for head in slices]
    assert shares == sorted(shares) and shares[0] == 0.0 < shares[3] < shares[-1] < 0.1
    again = desk.call("recipes", "reset", {}).head
    assert (again["status"], again["done"], again["compared"]) == ("ready", 0.0, [])


def test_pictures_and_the_file_of_bp_mnist(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(desk, recipe="bp_mnist")
    assert desk.call("recipes", "file", {}).blob is None
    experiment = desk._open["recipes"]
    assert isinstance(experiment, RecipesExperiment)
    experiment.options |= {"images": 300, "epochs": 1}
    experiment.reset()
    last = list(frames(desk))[-1]
    assert last.array("image").shape == (32, 28, 28)
    assert np.abs(last.array("image")).max(axis=(1, 2)) == pytest.approx(1.0)
    assert last.head["file"] == "bp_mnist.npz"
    blob = desk.call("recipes", "file", {}).blob
    assert blob is not None
    with np.load(io.BytesIO(blob), allow_pickle=False) as arrays:
        assert sorted(arrays) == ["b1", "b2", "w1", "w2"]


def test_needed_files_are_those_of_the_length(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    files = {
        length: desk.call("recipes", "needs", {"recipe": "skyone", "length": length}).head["files"]
        for length in ("short", "full")
    }
    assert 0 < len(files["short"]) < len(files["full"])
    assert desk.call("recipes", "needs", {"recipe": "quadrants"}).head["files"] == []


def test_divergence_ends_the_run_with_its_reason(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def diverge(*given: object) -> None:
        raise Diverged("train: the loss became nan")

    opened(desk, recipe="quadrants")
    monkeypatch.setattr("pynn.training.Training.advance", diverge)
    head = list(frames(desk))[-1].head
    assert (head["status"], head["reason"]) == ("diverged", "loss_not_finite")
