"""The digits tab's scripts, run natively, give the network of the experiment, bit for bit."""

import io
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from pynn.live import Desk
from pynn.optimizers import OPTIMIZERS

QUICK = {"subset": "1000", "architecture": "784-32-10", "epochs": 2}
Run = Callable[..., str]


@pytest.fixture
def run(small_mnist: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a script in an empty folder, MNIST's folder its last argument; what it prints."""

    def run(script: str, *files: str) -> str:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr(sys, "argv", ["script.py", *files, str(small_mnist)])
        output = io.StringIO()
        with redirect_stdout(output):
            exec(compile(script, "script.py", "exec"), {"__name__": "__main__"})
        return output.getvalue().splitlines()[-1]

    return run


def trained(folder: Path, **settings: Any) -> tuple[Desk, dict[str, Any]]:
    desk = Desk(folder)
    desk.call("digits", "open", QUICK | settings)
    return desk, desk.call("digits", "advance", {"milliseconds": 60_000}).head


SETTINGS: list[dict[str, Any]] = [
    {},
    {"architecture": "784-10"},
    {"architecture": "784-256-128-10", "epochs": 1},
    {"architecture": "784-128-10", "activation": "tanh"},
    {"architecture": "784-500-10", "activation": "sigmoid", "epochs": 1},
    {"architecture": "784-c6x5w-a2-c8x5-p2-flat-drop0.3-20-10", "epochs": 1},
    {"architecture": "784-drop0.2-bn-30-bn-10", "epochs": 1},
    {"augment_shift": 2, "augment_turn": 10, "augment_noise": 0.1},
    {"architecture": "784-c6x5-p4-flat-10", "augment_thickness": 0.5, "epochs": 1},
    {"activation": "leaky_relu", "seed": 2**32 - 1},
    {"batch_size": 17, "learning_rate": 0.033},
    {"subset": "5000", "epochs": 1, "seed": 3},
    *({"optimizer": name, "learning_rate": 0.01} for name in OPTIMIZERS),
]


@pytest.mark.parametrize("settings", SETTINGS, ids=str)
def test_script_gives_the_same_network_and_accuracy(
    settings: dict[str, Any], small_mnist: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    desk, head = trained(small_mnist, **settings)
    printed = run(desk.call("digits", "script", {}).head["script"])
    assert printed == f"{head['test_accuracy']:.2%} of 1000 test images"
    assert Path("digits.npz").read_bytes() == desk.call("digits", "save", {}).blob
    assert len(capsys.readouterr().err.splitlines()) == head["epochs"]  # the progress of `fit`


def test_script_within_an_epoch_is_of_the_last_finished_one(small_mnist: Path, run: Run) -> None:
    desk, head = trained(small_mnist)
    blob = desk.call("digits", "save", {}).blob
    desk.call("digits", "more", {"epochs": 5})
    desk.call("digits", "advance", {"milliseconds": 0})
    printed = run(desk.call("digits", "script", {}).head["script"])
    assert printed == f"{head['test_accuracy']:.2%} of 1000 test images"
    assert Path("digits.npz").read_bytes() == blob


def test_script_of_a_loaded_model_uses_the_file(small_mnist: Path, run: Run) -> None:
    desk, head = trained(small_mnist)
    blob = desk.call("digits", "save", {}).blob
    desk.call("digits", "load", {"model": blob})
    script = desk.call("digits", "script", {}).head["script"]
    with pytest.raises(SystemExit, match=r"^Usage: python script\.py MODEL\.npz FOLDER"):
        run(script)
    with pytest.raises(OSError, match=r"mine\.npz"):
        run(script, "mine.npz")
    Path("mine.npz").write_bytes(blob or b"")
    assert run(script, "mine.npz") == f"{head['test_accuracy']:.2%} of 1000 test images"


def test_script_is_short_and_plain(small_mnist: Path) -> None:
    desk = Desk(small_mnist)
    desk.call("digits", "open", QUICK)
    script = desk.call("digits", "script", {}).head["script"]
    assert all(len(line) <= 100 for line in script.splitlines())
    assert "from pynn import Dense, Network, SGD, accuracy, fit, save\n" in script
    assert 'Dense(32, activation="relu"),' in script and "train=1000, seed=0" in script
