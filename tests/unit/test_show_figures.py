"""Programs that show, natively: `pynn run` prints, and draws with matplotlib where it is wanted."""

import sys
from pathlib import Path

import pytest

from pynn import cli, show
from pynn.show.figures import Figures

PROGRAM = """
import numpy as np
from pynn import SGD, Dense, Network, fit, show
network = Network([Dense(3, "tanh"), Dense(1, "sigmoid")], inputs=2, seed=1)
x, y = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), np.array([0, 1, 1, 0])
fit(network, x, y, loss="squared_error", optimizer=SGD(0.1), epochs=3, validation=(x, y))
show.map(network, (0, 1, 0, 1), points={"train": np.column_stack([x, y])})
show.image(np.eye(4), name="eye")
show.image(np.random.default_rng(0).normal(size=(5, 3, 3)), name="weights", signed=True)
show.network(network)
show.table([[1, 2]], head=["a", "b"])
print("printed")
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    path = tmp_path / "program.py"
    path.write_text(PROGRAM, "utf-8")
    return path


def test_run_prints_what_can_be_printed(program: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["run", str(program)]) == 0
    told = capsys.readouterr().out
    assert "a  b\n1  2\n" in told
    assert told.endswith("printed\n")


def test_run_writes_every_picture_into_a_folder(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("matplotlib")
    monkeypatch.setenv("MPLBACKEND", "agg")
    assert cli.main(["run", str(program), "--pictures", str(tmp_path / "out")]) == 0
    pictures = sorted((tmp_path / "out").iterdir())
    names = ["accuracy", "eye", "loss", "map", "network", "weights"]
    assert [path.stem for path in pictures] == names
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in pictures)


def test_run_of_no_file_and_of_a_wrong_program_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["run", str(tmp_path / "none.py")]) == 2
    assert capsys.readouterr().err.startswith("pynn: ")


def test_missing_matplotlib_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(ValueError, match=r"^Figures: expected matplotlib to be installed"):
        Figures()


def test_without_windows_the_same_calls_draw_and_nothing_is_left_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pytest.importorskip("matplotlib")
    monkeypatch.setenv("MPLBACKEND", "agg")
    figures = Figures()
    with show.to(figures):
        for x in range(5):
            show.curve("y", x, x * x)
    assert figures.live is False
    figures.close()
    assert figures.plt.get_fignums() == []
