"""The command line: what it prints and saves, and one sentence for what it cannot use."""

import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from pynn import __version__, accuracy, load
from pynn.cli import main
from pynn.commands.digits import DIGITS
from pynn.commands.planar import LEARNED
from pynn.datasets import PLANAR, mnist
from pynn.recipes import RECIPES
from pynn.recipes.programs import program

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(arguments) == 0
    out, err = capsys.readouterr()
    assert err == ""  # no bar where there is no terminal
    return out


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The one line on standard error, with exit code 2."""
    try:
        code = main(arguments)
    except SystemExit as end:  # argparse's way
        code = end.code  # type: ignore[assignment]
    out, err = capsys.readouterr()
    assert code == 2 and err.count("\n") == 1 and err.endswith("\n")
    assert "Traceback" not in err and "usage" not in out + err
    return err.rstrip("\n")


def test_recipe_alone_lists_all_with_their_posts(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, "recipe")
    for name, module in RECIPES.items():
        assert re.search(rf"^{name} ", text, re.MULTILINE) and module.TITLE in text


@pytest.mark.parametrize("name", RECIPES)
def test_help_of_a_recipe_is_its_text_and_every_setting(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(["recipe", name, "--help"])
    text = capsys.readouterr().out
    assert end.value.code == 0 and (RECIPES[name].__doc__ or "").strip() in text
    for setting in program(name).table:
        assert f"--{setting.name.replace('_', '-')} " in text
        assert f"(default {setting.default})" in " ".join(text.split())


def test_recipe_prints_published_beside_here(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, "recipe", "quadrants", "--seeds", "0")
    lines = [line.split() for line in text.splitlines()]
    assert ["published", "here"] in lines
    assert ["test", "points", "(10,000", "updates)", *"12341234"] in lines
    assert "Not as published: seeds 0 instead of 30." in text
    assert re.search(r"^seed 1, \d+\.\d s$", text, re.MULTILINE)


def test_short_recipe_says_so_and_writes_its_file(
    small_mnist: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("--short", "--images", "900", "--epochs", "1", "--data", str(small_mnist))
    text = printed(capsys, "recipe", "bp_mnist", *words)
    assert "Not as published: images 900 instead of 60000." in text
    assert "saved bp_mnist.npz" in text and "96.48 %" in text
    with np.load(tmp_path / "bp_mnist.npz", allow_pickle=False) as arrays:
        assert sorted(arrays) == ["b1", "b2", "w1", "w2"]


def test_short_is_only_there_where_there_is_a_short_version(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert "--short" in refused(capsys, "recipe", "eleven_lines", "--short")


def test_options_are_those_of_the_tables(capsys: pytest.CaptureFixture[str]) -> None:
    for command, table in (("planar", LEARNED), ("digits", DIGITS)):
        with pytest.raises(SystemExit):
            main([command, "--help"])
        text = capsys.readouterr().out
        assert all(f"--{setting.name.replace('_', '-')} " in text for setting in table)
        # What only a page shows is no option.
        assert "--guess" not in text and "--hide" not in text
        # And which images are learned is said by the folder.
        assert ("--dataset" in text) is (command == "planar")


def test_planar_trains_and_saves_the_network_of_the_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("--dataset", "circle", "--epochs", "30", "--seed", "4", "--network-shape", "8,4")
    text = printed(capsys, "planar", *words, "--save", "circle.npz")
    wanted = re.search(r"epoch 30: .*, (\S+)% of the test points right", text)
    assert wanted and "saved circle.npz" in text
    network = load(tmp_path / "circle.npz")
    assert [layer.output_shape for layer in network.layers] == [(8,), (4,), (1,)]
    x, y = PLANAR["circle"].make(400, 0.1, 4)
    right = accuracy(network, x[300:], y[300:])
    assert f"{right:.2%}" == wanted.group(1) + "%" and right > 0.9


def test_planar_tells_how_much_of_a_surface_is_explained(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = ("--dataset", "slope", "--noise", "0", "--epochs", "40", "--features", "x1 x2")
    wanted = re.search(r", R\^2 (\S+)$", printed(capsys, "planar", *words), re.MULTILINE)
    assert wanted and float(wanted.group(1)) > 0.98


def test_digits_trains_tests_and_saves(
    small_mnist: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("--subset", "1000", "--epochs", "3", "--architecture", "784-32-10")
    text = printed(capsys, "digits", str(small_mnist), *words, "--save", str(tmp_path / "d.npz"))
    wanted = re.search(r"^epoch 3: (\S+)% of the test images right$", text, re.MULTILINE)
    assert wanted
    _, (x, y) = mnist(small_mnist, train=1)
    assert f"{accuracy(load(tmp_path / 'd.npz'), x, y):.2%}" == wanted.group(1) + "%"
    text = printed(capsys, "info", str(tmp_path / "d.npz"))
    assert text.splitlines()[0].endswith("d.npz: inputs 784, float32")
    assert "dense_2  softmax" in text and "25,450" in text


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "pynn: the following arguments are required: COMMAND"),
        (["planar", "--colour", "red"], "pynn: unrecognized arguments: --colour red"),
        (["planar", "--seed", "x"], "pynn: --seed: expected a whole number, got x"),
        (["planar", "--epochs", "0"], "pynn: --epochs: expected 1 to 100000, got 0"),
        (
            ["planar", "--learning-rate", "99"],
            "pynn: --learning-rate: expected 1e-05 to 10.0, got 99",
        ),
        (
            ["planar", "--network-shape", "1000"],
            "pynn: --network-shape: expected 1 to 32 neurons in a layer, got 1000",
        ),
        (
            ["planar", "--save", "no/where/a.npz"],
            "pynn: --save: expected a file in a folder that exists, got no/where/a.npz",
        ),
        (["planar", "--save", "."], "pynn: --save: expected a file in a folder that exists, got ."),
        (["recipe", "skyone", "--images", "7"], "pynn: --images: expected 100 to 60000, got 7"),
        (["info", "nothing.npz"], "pynn: nothing.npz: No such file or directory"),
        (
            ["planar", "--dataset", "moon"],
            "pynn: --dataset: expected one of xor, xor-cloud, circle, gauss, spiral, moons, "
            "quadrants, rings, checkerboard, blobs, pinwheel, slope, hills, own, got moon",
        ),
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_2(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert refused(capsys, *arguments) == sentence


def test_unknown_recipe_is_told_which_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    sentence = refused(capsys, "recipe", "twelve_lines")
    assert "twelve_lines" in sentence and all(name in sentence for name in RECIPES)


def test_wrong_data_and_models_are_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "in " + str(tmp_path) in refused(capsys, "digits", str(tmp_path))
    assert "in " + str(tmp_path) in refused(capsys, "recipe", "nielsen", "--data", str(tmp_path))
    (tmp_path / "model.npz").write_bytes(b"not a model")
    assert "expected a pynn model" in refused(capsys, "info", "model.npz")


def test_divergence_is_one_sentence_and_saves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--activation", "linear", "--optimizer", "sgd", "--learning-rate", "10"]
    code = main(["planar", "--dataset", "spiral", *words, "--save", "a.npz", "--epochs", "500"])
    err = capsys.readouterr().err
    assert code == 2 and err.startswith("pynn: ") and "try a smaller learning rate" in err
    assert list(tmp_path.iterdir()) == []


def python_m_pynn(*arguments: str, encoding: str = "utf-8") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "pynn", *arguments],
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": encoding},
        capture_output=True,
        timeout=60,
    )


def test_python_m_pynn_is_the_command() -> None:
    done = python_m_pynn("--version")
    assert (done.returncode, done.stdout.decode().strip()) == (0, f"pynn {__version__}")
    done = python_m_pynn("info", "nothing.npz")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().strip() == "pynn: nothing.npz: No such file or directory"


def test_terminal_without_chinese_still_gets_the_list() -> None:
    done = python_m_pynn("recipe", encoding="ascii")
    assert done.returncode == 0 and b"eleven_lines" in done.stdout and done.stderr == b""
