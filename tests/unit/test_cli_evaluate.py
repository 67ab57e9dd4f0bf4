"""`pynn evaluate`, `export` and `info` of what `pynn train` saved, and of other models."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from cli_helpers import Capture, as_json, printed, refused, write_flowers, write_houses

from pynn import Dense, Network, load, save
from pynn.datasets import mnist
from pynn.network import Network as AnyNetwork


@pytest.fixture(autouse=True)
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    """iris.npz and houses.npz, and the tables that they have learned."""
    monkeypatch.chdir(tmp_path)
    write_flowers(tmp_path / "iris.csv")
    write_houses(tmp_path / "houses.csv")
    words = ("--epochs", "30", "--learning-rate", "0.01")
    printed(capsys, "train", "iris.csv", *words, "--save", "iris.npz")
    regression = ("--task", "regression", "--target", "price")
    printed(capsys, "train", "houses.csv", *words, *regression, "--save", "houses.npz")


def test_classes_are_told_with_their_figures(capsys: Capture) -> None:
    text = printed(capsys, "evaluate", "iris.npz", "iris.csv", "--confusion")
    lines = text.splitlines()
    assert lines[0].startswith("90 examples: loss 0.") and lines[0].endswith("accuracy 100.00%")
    assert lines[2].split() == ["setosa", "1.0000", "1.0000", "1.0000", "30"]
    assert lines[-1].split() == ["virginica", "0", "0", "30"]
    found = as_json(capsys, "evaluate", "iris.npz", "iris.csv")
    assert found["accuracy"] == 1 and found["classes"][1]["class"] == "versicolor"
    assert "confusion" not in found and found["examples"] == 90
    found = as_json(capsys, "evaluate", "iris.npz", "iris.csv", "--confusion")
    assert found["confusion"] == [[30, 0, 0], [0, 30, 0], [0, 0, 30]]


def test_a_table_of_other_columns_is_read_by_their_names(tmp_path: Path, capsys: Capture) -> None:
    rows = [line.split(",") for line in (tmp_path / "iris.csv").read_text().splitlines()]
    mixed = "\n".join(",".join([kind, width, "7", same, length]).replace("same,", "same,")
                      for length, width, same, kind in rows)  # fmt: skip
    (tmp_path / "b.csv").write_text(mixed.replace("kind,width,7", "kind,width,seven"))
    assert as_json(capsys, "evaluate", "iris.npz", "b.csv")["accuracy"] == 1
    (tmp_path / "c.csv").write_text("length,width,same,kind\n1,2,3,rose\n")
    sentence = refused(capsys, "evaluate", "iris.npz", "c.csv")
    assert (
        "c.csv: line 2: expected a class of 'setosa, versicolor, virginica', got rose" in sentence
    )
    (tmp_path / "c.csv").write_text("length,width,same\n1,2,3\n")
    assert "expected a column kind, got none" in refused(capsys, "evaluate", "iris.npz", "c.csv")


def test_numbers_are_told_in_their_units(capsys: Capture) -> None:
    found = as_json(capsys, "evaluate", "houses.npz", "houses.csv")
    assert 100 < found["mean_absolute_error"] < 100_000 and found["r2"] > 0.9
    assert "accuracy" not in found
    text = printed(capsys, "evaluate", "houses.npz", "houses.csv")
    assert f"mean absolute error {found['mean_absolute_error']:.6g}, r2 0.9" in text
    words = ("--task", "regression", "--save", "m.npz", "--epochs", "2")
    assert "accuracy" in as_json(capsys, "train", "moons", *words)["test"]  # they are 0 and 1
    assert "accuracy" in as_json(capsys, "evaluate", "m.npz", "moons")


def test_networks_of_other_makers_are_evaluated(small_mnist: Path, capsys: Capture) -> None:
    printed(capsys, "planar", "--dataset", "circle", "--epochs", "50", "--save", "circle.npz")
    assert as_json(capsys, "evaluate", "circle.npz", "circle:2000")["accuracy"] > 0.9
    printed(
        capsys, "digits", str(small_mnist), "--subset", "1000", "--epochs", "1", "--save", "d.npz"
    )
    found = as_json(capsys, "evaluate", "d.npz", str(small_mnist))
    _, (x, y) = mnist(small_mnist, train=1)
    assert found["accuracy"] == np.mean(load("d.npz").predict_classes(x) == y)
    sentence = refused(capsys, "evaluate", "iris.npz", str(small_mnist))
    assert "expected x with shape (any, 3), got (1000, 28, 28)" in sentence


@pytest.mark.parametrize("name", ["b.npz", "b.safetensors"])
def test_an_export_answers_alike(name: str, capsys: Capture) -> None:
    text = printed(capsys, "export", "iris.npz", name)
    assert text.splitlines() == [f"saved {name}", f"saved {name}.json"]
    assert isinstance(load(name), AnyNetwork)
    one, other = (
        as_json(capsys, "evaluate", model, "iris.csv", "--confusion")
        for model in ("iris.npz", name)
    )
    assert one | {"model": name} == other
    Path(f"{name}.json").write_text('{"means": [1]}')
    sentence = refused(capsys, "evaluate", name, "iris.csv")
    assert sentence.startswith(f"pynn: {name}.json: what is about the model does not fit: expected")
    Path(f"{name}.json").write_text("{")
    assert "expected JSON, got another file" in refused(capsys, "info", name)


@pytest.mark.parametrize(
    "change",
    [
        {"means": [1.0, 2.0]},
        {"means": [1.0, 2.0, "3"]},
        {"deviations": [1.0, 2.0, 0.0]},
        {"deviations": []},
        {"classes": ["a", "b"]},
        {"classes": ["a", "b", 3]},
        {"columns": {"a": 1}},
        {"task": "guessing"},
        {"task": 3},
        {"loss": "cross"},
        {"shape": [28, 28, 1]},
        {"shape": ["3", 1, 1]},
        {"target_means": [0.0]},
        [],
    ],
)
def test_what_does_not_fit_the_model_is_refused(change: Any, capsys: Capture) -> None:
    printed(capsys, "export", "iris.npz", "b.npz")
    beside = Path("b.npz.json")
    whole = json.loads(beside.read_text())
    beside.write_text(json.dumps(whole | change if isinstance(change, dict) else change))
    sentence = refused(capsys, "evaluate", "b.npz", "iris.csv")
    assert "b.npz.json: what is about the model does not fit: expected " in sentence


def test_onnx_is_written_by_its_ending_or_by_to(capsys: Capture) -> None:
    onnx = pytest.importorskip("onnx")
    assert as_json(capsys, "export", "iris.npz", "a.onnx")["format"] == "onnx"
    printed(capsys, "export", "iris.npz", "a.model", "--to", "onnx")
    assert Path("a.model").read_bytes() == Path("a.onnx").read_bytes()
    onnx.checker.check_model(onnx.load("a.onnx"))
    assert json.loads(Path("a.onnx.json").read_text())["columns"] == ["length", "width", "same"]


def test_torch_is_written_or_said_to_be_missing(capsys: Capture) -> None:
    try:
        import torch
    except ImportError:
        sentence = refused(capsys, "export", "iris.npz", "a.pt")
        assert sentence.endswith("expected PyTorch to be installed, got none; pip install torch")
        assert not Path("a.pt").exists()
    else:
        printed(capsys, "export", "iris.npz", "a.pt")
        assert "0.weight" in torch.load("a.pt", weights_only=True)


def test_a_network_of_which_nothing_more_is_known_has_no_json(capsys: Capture) -> None:
    save(Network([Dense(2, "softmax")], inputs=3), "plain.npz")
    assert printed(capsys, "export", "plain.npz", "b.npz") == "saved b.npz\n"
    assert as_json(capsys, "info", "b.npz")["about"] is None


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["a.txt"], "FILE: expected one of .onnx, .safetensors, .npz, .pt, got a.txt"),
        (
            ["a.npz", "--to", "keras"],
            "--to: expected one of onnx, safetensors, npz, torch, got keras",
        ),
        (["no/a.npz"], "FILE: expected a file in a folder that exists, got no/a.npz"),
        (["iris.npz"], "FILE: expected another file than MODEL, got iris.npz"),
    ],
)
def test_what_cannot_be_exported(words: list[str], sentence: str, capsys: Capture) -> None:
    assert refused(capsys, "export", "iris.npz", *words) == f"pynn: {sentence}"


def test_info_tells_what_is_known(capsys: Capture) -> None:
    text = printed(capsys, "info", "houses.npz")
    assert "columns: area, age" in text and "target: price" in text
    assert "training: epoch 30, mini-batch 3, optimizer Adam, updates 90" in text
    found = as_json(capsys, "info", "iris.npz")
    assert found["inputs"] == [3] and found["outputs"] == 3 and found["parameters"] == 451
    assert found["layers"][0]["kind"] == "Dense" and found["layers"][0]["parameters"] == 256
    assert found["training"]["epoch"] == 30 and found["about"]["target"] == "kind"
    assert refused(capsys, "info", "iris.csv").startswith("pynn: iris.csv: expected a pynn model")
