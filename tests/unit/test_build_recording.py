"""build/recorded_run.py and the page's reader: the recording is the real run, and small."""

import gzip
import json
import math
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from byte_code import node
from paths import ROOT
from recorded_run import EPOCHS, LEVELS, MAP_BLOCK, differences, record

from pynn.live import Desk

READ = """
import { readFileSync } from 'node:fs';
import { frameAt, readFrames } from './web/page/recorded-run.js';
const frames = readFrames(JSON.parse(readFileSync(process.argv[1], 'utf-8')));
const place = Number(process.argv[2]);
const plain = ({ head, arrays }) => ({
  head,
  arrays: Object.fromEntries(
    Object.entries(arrays).map(([name, { data, shape }]) => [name, { data: [...data], shape }]),
  ),
});
process.stdout.write(JSON.stringify(plain(frameAt(frames, place))));
"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("recording") / "playground.json"
    path.write_text(json.dumps(record(), separators=(",", ":")))
    return path


def read(file: Path, place: float) -> dict[str, Any]:
    """What the page's figures are given."""
    command = [node(), "--input-type=module", "--eval", READ, str(file), str(place)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    answer: dict[str, Any] = json.loads(run.stdout)
    for name, array in answer["arrays"].items():
        answer["arrays"][name] = np.reshape(array["data"], array["shape"])
    return answer


def real_frame(epochs: int) -> Any:
    desk = Desk()
    frame = desk.call("planar", "open", {})
    while frame.head["epoch"] < epochs:
        frame = desk.call("planar", "advance", {"milliseconds": 1000, "epochs": epochs})
    return frame


@pytest.mark.parametrize(("place", "epochs"), [(0, EPOCHS[0]), (0.5, EPOCHS[6]), (1, EPOCHS[-1])])
def test_page_reads_what_python_drew(file: Path, place: float, epochs: int) -> None:
    frame, real = read(file, place), real_frame(epochs)
    assert frame["head"]["layers"] == [2, 8, 1]
    arrays = frame["arrays"]
    blocks = real.array("map").reshape(30, MAP_BLOCK, 30, MAP_BLOCK).mean(axis=(1, 3))
    assert np.abs(arrays["map"] - blocks).max() <= 0.51 / LEVELS["map"]
    assert np.abs(arrays["neurons"] - real.array("neurons")).max() <= 0.51 / LEVELS["neurons"]
    for name in ("weights/0", "weights/1"):
        assert arrays[name].shape == real.array(name).shape
        assert np.allclose(arrays[name], real.array(name), atol=1e-4)


def test_between_two_pictures_everything_flows(file: Path) -> None:
    first, second = (read(file, k / (len(EPOCHS) - 1))["arrays"] for k in (0, 1))
    between = read(file, 0.25 / (len(EPOCHS) - 1))["arrays"]
    for name, array in between.items():
        assert np.allclose(array, 0.75 * first[name] + 0.25 * second[name], atol=1e-6)


def test_recorded_run_has_learned_at_its_end(file: Path) -> None:
    content = json.loads(file.read_text())
    grid, (low, high) = read(file, 1)["arrays"]["map"], content["extent"][:2]
    points = np.reshape(content["points"]["x"], (-1, 2))
    places = ((points - low) / (high - low) * len(grid)).astype(int)
    answers = [grid[len(grid) - 1 - row, column] > 0 for column, row in places]
    assert answers == [label > 0 for label in content["points"]["y"]]


def test_recording_is_small(file: Path) -> None:
    assert len(gzip.compress(file.read_bytes(), 6)) < 30_000


def test_differences_add_up_to_the_picture() -> None:
    pictures = np.random.default_rng(0).uniform(-1, 1, (2, 3, 3))
    steps = np.reshape(differences(pictures, 50), (2, 3, 3))
    assert math.isclose(steps[1, 0, 0], round(50 * pictures[1, 0, 0]))
    assert (np.cumsum(np.cumsum(steps, 1), 2) == np.round(50 * pictures)).all()
