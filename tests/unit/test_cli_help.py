"""Helps whose examples run, refusals that name an option as it is typed, and what is imported."""

import json
import os
import shlex
import signal
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from cli_helpers import Capture, printed, refused, write_flowers, write_houses

from pynn import cli, load
from pynn.cli import COMMANDS, main
from pynn.datasets import mnist

ROOT = Path(__file__).resolve().parents[2]
TRAINED = {
    "iris.npz": ["iris.csv"],
    "digits.npz": ["MNIST", "--epochs", "1"],
}


def examples() -> list[str]:
    texts = [import_module(f"pynn.commands.{name}").EXAMPLE for name in COMMANDS]
    lines = "\n".join([cli.CODES, *texts]).splitlines()
    return [line.strip() for line in lines if line.startswith("  pynn ")]


def pynn(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pynn", *arguments],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.fixture(scope="module")
def folder(small_mnist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All that the examples speak of."""
    place = tmp_path_factory.mktemp("examples")
    write_flowers(place / "iris.csv")
    write_flowers(place / "flowers.csv", n=6, seed=1)
    write_houses(place / "houses.csv")
    (place / "MNIST").symlink_to(small_mnist)
    (place / "PROGRAM.py").write_text("from pynn import show\nshow.line('done')\n")
    (place / "pictures").mkdir()
    image = mnist(small_mnist, train=1)[1][0][0]
    np.save(place / "pictures/a.npy", image)
    (place / "seven.pgm").write_bytes(b"P5 28 28 255\n" + image.tobytes())
    before = Path.cwd()
    os.chdir(place)
    try:
        for name, words in TRAINED.items():
            assert main(["train", *words, "--json", "--save", name]) == 0
    finally:
        os.chdir(before)
    return place


@pytest.mark.parametrize("line", [line for line in examples() if not line.startswith("pynn serve")])
def test_every_example_of_a_help_runs(
    line: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.chdir(folder)
    if "--figures" in line or "--pictures" in line:
        pytest.importorskip("matplotlib")
    if ".onnx" in line:
        pytest.importorskip("onnx")
    text = printed(capsys, *shlex.split(line)[1:])
    assert text
    if "--json" in line:
        json.loads(text)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_help_with_an_example(name: str, capsys: Capture) -> None:
    with pytest.raises(SystemExit) as end:
        main([name, "--help"])
    text = capsys.readouterr().out
    assert end.value.code == 0 and f"pynn {name}" in text.partition("example")[2]
    assert len(max(text.splitlines(), key=len)) <= 100


def test_the_help_of_all_names_every_command_and_exit_code(capsys: Capture) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    text = capsys.readouterr().out
    assert all(f"  {name} " in text for name in COMMANDS)
    assert all(f"\n  {code} " in text for code in (0, 1, 2, 130))


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("train", "DATA: expected a planar set, mnist:FOLDER, fashion:FOLDER, a folder, a .csv or "
         "a .npz file, got nothing"),
        ("train none.csv", "got none.csv, which is missing"),
        ("train mnist:none", "DATA: expected a folder, got none, which is missing"),
        ("train fashion:iris.csv", "DATA: expected a folder, got iris.csv, which is a file"),
        ("train PROGRAM.py", "DATA: expected a planar set"),
        ("train spiral:0", "DATA: expected spiral:POINTS:NOISE:SEED, got spiral:0"),
        ("train spiral:a:b", "DATA: expected spiral:POINTS:NOISE:SEED, got spiral:a:b"),
        ("train spiral:9:0.1:0:7", "expected spiral:POINTS:NOISE:SEED"),
        ("train slope", "DATA: expected a set with classes, got slope; --task regression"),
        ("train MNIST --task regression", "got images of classes"),
        ("train MNIST --standardise yes", "--standardise: expected columns of numbers, got images"),
        ("train moons --epochs 0", "--epochs: expected 1 to 100000, got 0"),
        ("train moons --epochs x", "--epochs: expected a whole number, got x"),
        ("train moons --batch-size 0", "--batch-size: expected 1 to 1000000, got 0"),
        ("train moons --learning-rate 0", "--learning-rate: expected 1e-08 to 100.0, got 0"),
        ("train moons --validation-split 1", "--validation-split: expected 0.001 to 0.999, got 1"),
        ("train moons:4 --validation-split 0.1", "--validation-split: expected examples on both "
         "sides, got 0.1 of 3"),
        ("train moons --clip-norm 0", "--clip-norm: expected 1e-06 to 1000000.0, got 0"),
        ("train moons --patience 0", "--patience: expected 1 to 100000, got 0"),
        ("train moons --schedule up", "--schedule: expected one of constant, step, cosine,"),
        ("train moons --augment", "--augment: expected images, got moons"),
        ("train MNIST --layers conv:2:3 --exact", "expected layers that may be exact, got Conv2D"),
        ("train moons --validation a.csv", "--validation: expected a planar set"),
        ("train moons --validation moons --validation-split 0.5",
         "--validation-split: expected no --validation beside it"),
        ("train moons --save no/a.npz", "--save: expected a file in a folder that exists"),
        ("train moons --layers 8,conv:2", "--layers: layer 2: Conv2D: expected inputs of shape"),
        ("evaluate iris.npz none", "DATA: expected a planar set"),
        ("digits none", "FOLDER: expected a folder, got none, which is missing"),
        ("recipe nielsen --data none", "--data: expected a folder, got none, which is missing"),
        ("recipe skyone --learning-rate x", "--learning-rate: expected a number, got x"),
    ],
)  # fmt: skip
def test_refusals_name_what_was_typed(
    line: str, sentence: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.chdir(folder)
    assert sentence in refused(capsys, *line.split())


@pytest.mark.parametrize("line", ["info iris.npz", "evaluate iris.npz iris.csv", "--version"])
def test_a_command_imports_only_what_it_needs(line: str, folder: Path) -> None:
    program = f"""
import sys
from pynn.cli import main
try:
    main({line.split()!r})
except SystemExit:
    pass
found = [name for name in sys.modules if name.startswith(("pynn.live", "pynn.recipes",
    "pynn.opened", "pynn.reader", "pynn.lab", "http.server", "onnx", "PIL", "matplotlib"))]
assert not found, found
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr


def test_ctrl_c_from_outside_saves_and_says_130(tmp_path: Path) -> None:
    save_to = tmp_path / "m.npz"
    words = ["train", "moons", "--epochs", "100000", "--save", str(save_to)]
    command = [sys.executable, "-u", "-m", "pynn", *words]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env) as run:
        assert run.stdout is not None and run.stderr is not None
        run.stdout.readline()
        time.sleep(0.2)
        run.send_signal(signal.SIGINT)
        rest = run.stdout.read().decode().splitlines()
        assert run.wait(60) == 130 and run.stderr.read() == b""
    assert rest[-2].startswith("interrupted after epoch ") and rest[-1] == f"saved {save_to}"
    assert load(save_to).network.outputs == 2


def test_a_pipe_gets_lines_and_json_alone(folder: Path) -> None:
    done = pynn("train", "moons", "--epochs", "3", "--json")
    assert done.returncode == 0 and done.stderr == "" and done.stdout.count("\n") == 1
    assert json.loads(done.stdout)["epochs"] == 3
    done = pynn("evaluate", "none.npz", "moons", "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "pynn: none.npz: No such file or directory\n"
