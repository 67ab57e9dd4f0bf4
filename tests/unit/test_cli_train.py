"""`pynn train`: what it learns from, what it keeps, and what it refuses."""

from pathlib import Path

import numpy as np
import pytest
from cli_helpers import Capture, as_json, printed, refused, write_flowers, write_houses

from pynn import load
from pynn.datasets import PLANAR
from pynn.state import State


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_table_is_learned_in_units_of_its_columns(tmp_path: Path, capsys: Capture) -> None:
    write_flowers(tmp_path / "iris.csv")
    words = ("--epochs", "30", "--learning-rate", "0.01", "--validation-split", "0.2")
    text = printed(capsys, "train", "iris.csv", *words, "--save", "iris.npz")
    lines = text.splitlines()
    assert len(lines) == 31 and lines[-1] == "saved iris.npz"
    assert lines[0].startswith("epoch 1/30: loss ") and "validation accuracy 100.00%" in lines[29]
    kept = load("iris.npz")
    assert isinstance(kept, State) and kept.network.input_shape == (3,)
    about = kept.plain["command/about"]
    assert about["classes"] == ["setosa", "versicolor", "virginica"]
    assert about["columns"] == ["length", "width", "same"] and about["target"] == "kind"
    # A column that never changes has no deviation to be measured in.
    assert about["means"][2] == 5 and about["deviations"][2] == 1 and len(about["means"]) == 3


def test_without_a_head_the_columns_are_numbers(tmp_path: Path, capsys: Capture) -> None:
    write_flowers(tmp_path / "iris.txt", head=False)
    found = as_json(capsys, "train", "iris.txt", "--epochs", "20", "--save", "a.npz")
    assert found["history"]["accuracy"][-1] > 0.95 and found["epochs"] == 20
    assert load("a.npz").plain["command/about"]["columns"] == ["1", "2", "3"]


def test_standardise_no_takes_columns_as_they_are(tmp_path: Path, capsys: Capture) -> None:
    write_flowers(tmp_path / "iris.csv")
    printed(capsys, "train", "iris.csv", "--standardise", "no", "--save", "a.npz")
    assert "means" not in load("a.npz").plain["command/about"]


def test_numbers_are_learned_and_told_in_their_units(tmp_path: Path, capsys: Capture) -> None:
    write_houses(tmp_path / "houses.csv")
    words = ("--task", "regression", "--target", "price", "--epochs", "60")
    text = printed(capsys, "train", "houses.csv", *words, "--save", "houses.npz")
    assert "mean absolute error" in text and float(text.split(", r2 ")[-1].split()[0]) > 0.99
    by_number = ("--task", "regression", "--target", "2", "--epochs", "60")
    assert printed(capsys, "train", "houses.csv", *by_number) in text


def test_images_of_mnist_are_learned_and_tested(small_mnist: Path, capsys: Capture) -> None:
    words = ("--layers", "conv:4:5,pool:2,32", "--epochs", "1", "--batch-size", "50")
    found = as_json(capsys, "train", f"mnist:{small_mnist}", *words, "--save", "d.npz")
    assert found["test"]["accuracy"] > 0.6 and found["saved"] == "d.npz"
    network = load("d.npz").network
    kinds = [type(layer).__name__ for layer in network.layers]
    assert kinds == ["Conv2D", "MaxPool2D", "Flatten", "Dense", "Dense"]
    assert network.input_shape == (28, 28, 1) and network.units.pixels is True
    found = as_json(
        capsys, "train", str(small_mnist), "--epochs", "1", "--augment", "--save", "e.npz"
    )
    assert load("e.npz").network.input_shape == (784,) and found["test"]["accuracy"] > 0.6
    about = load("e.npz").plain["command/about"]
    assert about["shape"] == [28, 28, 1] and about["prepare"] == "digit"
    printed(capsys, "train", f"fashion:{small_mnist}", "--epochs", "1", "--save", "f.npz")
    assert load("f.npz").plain["command/about"]["classes"][9] == "boot"


def test_points_have_a_part_to_train_and_one_to_test(capsys: Capture) -> None:
    found = as_json(capsys, "train", "blobs:200:0.05:3", "--layers", "", "--learning-rate", "0.1")
    assert found["test"]["accuracy"] > 0.9 and found["parameters"] == 9
    found = as_json(capsys, "train", "xor", "--epochs", "3")
    assert found["test"] == {}  # all four corners are learned
    found = as_json(capsys, "train", "slope", "--task", "regression")
    assert set(found["history"]) == {"loss", "mean_absolute_error", "r2"}


def test_arrays_are_taken_as_they_are(tmp_path: Path, capsys: Capture) -> None:
    x, y = PLANAR["moons"].make(200, 0.1, 0)
    np.savez("a.npz", x=x, y=y)
    found = as_json(capsys, "train", "a.npz", "--epochs", "20", "--save", "m.npz")
    assert found["test"] == {} and "means" not in load("m.npz").plain["command/about"]
    np.savez("b.npz", x_train=x[:150], y_train=y[:150], x_test=x[150:], y_test=y[150:])
    assert as_json(capsys, "train", "b.npz")["test"]["accuracy"] > 0.5
    images = np.random.default_rng(0).integers(0, 255, (30, 6, 6, 3)).astype(np.uint8)
    np.savez("c.npz", x=images, y=np.array(["cat", "dog"] * 15))
    printed(capsys, "train", "c.npz", "--layers", "conv:2:3", "--save", "i.npz", "--epochs", "1")
    assert load("i.npz").plain["command/about"]["classes"] == ["cat", "dog"]


@pytest.mark.parametrize(
    "words",
    [
        *(["--schedule", name] for name in ("step", "cosine", "warm-up", "one-cycle", "plateau")),
        ["--optimizer", "momentum", "--learning-rate", "0.1", "--clip-norm", "1"],
        ["--l1", "0.001", "--l2", "0.01", "--dropout", "0.1"],
        ["--dtype", "float64", "--exact"],
        ["--layers", "bn,8:tanh,dropout:0.2,dense:4:silu"],
    ],
)
def test_every_word_learns(words: list[str], capsys: Capture) -> None:
    found = as_json(capsys, "train", "gauss", "--epochs", "9", *words)
    assert found["history"]["loss"][-1] < found["history"]["loss"][0]


def test_patience_ends_it_and_keeps_the_best(capsys: Capture) -> None:
    words = ("--epochs", "400", "--learning-rate", "0.03", "--validation", "moons:200:0.3:9")
    text = printed(capsys, "train", "moons:60:0.3", *words, "--patience", "3", "--save", "m.npz")
    assert "no better for 3 epochs: ended after epoch" in text
    losses = [float(line.split("validation loss ")[1].split(",")[0])
              for line in text.splitlines() if line.startswith("epoch")]  # fmt: skip
    found = as_json(capsys, "evaluate", "m.npz", "moons:200:0.3:9")
    assert f"{found['loss']:.4f}" == f"{min(losses):.4f}" and losses[-1] > min(losses)


def test_one_seed_is_one_network(capsys: Capture) -> None:
    for name, seed in (("a", "1"), ("b", "1"), ("c", "2")):
        printed(capsys, "train", "xor", "--seed", seed, "--save", f"{name}.npz")
    content = [Path(f"{name}.npz").read_bytes() for name in "abc"]
    assert content[0] == content[1] != content[2]


def test_divergence_is_one_sentence_and_saves_nothing(tmp_path: Path, capsys: Capture) -> None:
    words = ("--task", "regression", "--optimizer", "sgd", "--learning-rate", "100")
    sentence = refused(capsys, "train", "hills", *words, "--epochs", "50", "--save", "a.npz")
    assert "try a smaller learning rate" in sentence and not list(tmp_path.iterdir())
