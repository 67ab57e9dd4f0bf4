"""Ctrl-C while the command line trains: what was learned until then is saved."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pynn import load
from pynn.cli import main
from pynn.live.digits import DigitsExperiment
from pynn.live.experiment import Experiment
from pynn.live.planar import PlanarExperiment

KINDS = {"digits": DigitsExperiment, "planar": PlanarExperiment}


@pytest.fixture
def interrupted(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Ctrl-C in the fourth slice of training; the experiments that it came to."""
    seen: list[Any] = []

    def interrupt(kind: type[Experiment]) -> None:
        whole: Any = kind.advance  # type: ignore[attr-defined]

        def advance(self: Experiment, *given: Any, **words: Any) -> Any:
            seen.append(self)
            if len(seen) == 4:
                raise KeyboardInterrupt
            return whole(self, *given, **words)

        monkeypatch.setattr(kind, "advance", advance)

    for kind in KINDS.values():
        interrupt(kind)
    return seen


@pytest.mark.parametrize("command", KINDS)
def test_interrupted_training_saves_what_it_has(
    command: str,
    interrupted: list[Any],
    small_mnist: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "digits").symlink_to(small_mnist)
    words = ["~/digits", "--subset", "1000"] if command == "digits" else []
    epochs = "1000" if command == "digits" else "100000"
    assert main([command, *words, "--epochs", epochs, "--save", "~/m.npz"]) == 130
    trained = interrupted[-1].network
    loaded = load(tmp_path / "m.npz")
    for name, array in trained.parameters.items():
        np.testing.assert_array_equal(loaded.parameters[name], array)
    out, err = capsys.readouterr()
    told = [f"interrupted after epoch {interrupted[-1].epoch}", f"saved {tmp_path}/m.npz"]
    assert out.splitlines()[-2:] == told and err == ""
    assert interrupted[-1].epoch > 0


def test_interrupted_training_without_save_leaves_nothing(
    interrupted: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["planar", "--epochs", "100000"]) == 130
    assert len(interrupted) == 4 and not list(tmp_path.iterdir())
