"""Files, states and other doors with what does not belong together: refused, and nothing left."""

import io
import os
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import pynn
from pynn import SGD, Activation, Dense, Dropout, Layer, Network, datasets, show, train
from pynn.class_figures import class_report
from pynn.digits import normalize
from pynn.files import to_bytes
from pynn.opened import OpenedStep
from pynn.reader import Hand, Reader, Teaching, image_of
from pynn.reader.evidence import evidence
from pynn.safetensors import to_safetensors
from pynn.torch import load_state_dict, state_dict

X, Y = np.random.default_rng(0).standard_normal((12, 3)), np.arange(12) % 3
CORNERS = np.zeros((3, 2))
BLANK = np.zeros((2, 28, 28), np.uint8)
READER = Reader()


def soft() -> Network:
    return Network([Dense(4, "tanh"), Dense(3, "softmax")], 3, dtype="float64")


WILD, OTHER, PLANE = soft(), Network([Dense(1, "sigmoid")], 3), Network([Dense(1)], 2)
WILD.parameters["dense_1.bias"][0] = np.nan
FILE, TENSORS = to_bytes(soft()), to_safetensors(soft())


def training(network: Network, **words: Any) -> Any:
    usual: dict[str, Any] = {"x": X, "y": Y, "loss": "cross_entropy", "optimizer": "adam"}
    return train(network, **(usual | words))


def put(content: bytes, name: str = "a.npz") -> str:
    Path(name).write_bytes(content)
    return name


def idx(cut: int, name: str) -> str:
    datasets.write_idx(name, X)
    return put(Path(name).read_bytes()[:-cut], name)


def state_of(**words: Any) -> Any:
    return training(soft(), **words).state()


def opened(network: Network, **words: Any) -> Any:
    usual: dict[str, Any] = {"loss": "cross_entropy", "optimizer": SGD(0.1), "x": X[0], "y": 1}
    return OpenedStep(network, **(usual | words))


def kind(title: str, base: type = Activation, **words: Any) -> type:
    return type(title, (base,), words)


# What is done with a network and a state dict of it, and what the sentence has.
REFUSED: dict[str, tuple[Callable[[Network], Any], str]] = {
    "cut": (lambda n: pynn.load(put(FILE[:-70])), "a.npz: expected a whole pynn model"),
    "cut by one": (lambda n: pynn.load(put(FILE[:-1])), "a.npz: expected a whole pynn model"),
    "altered": (lambda n: pynn.load(put(FILE[:99] + b"?" + FILE[100:])), "a.npz: expected a whole"),
    "empty": (lambda n: pynn.load(put(b"")), "a.npz: expected a pynn model, got another"),
    "text": (lambda n: pynn.load(put(b"hello")), "a.npz: expected a pynn model, got another"),
    "tensors cut": (lambda n: pynn.load(put(TENSORS[:-9])), "expected 24 bytes, got a file that i"),
    "tensors' head": (lambda n: pynn.load(put(TENSORS[:40])), "a.npz: expected safetensors that"),
    "tensors longer": (lambda n: pynn.load(put(TENSORS + b"1234")), "bytes of numbers, got 252"),
    "folder": (lambda n: pynn.load("folder"), "load: expected a file, got folder, which is a"),
    "missing": (lambda n: pynn.load("no.npz"), "load: expected a file, got no.npz, which is missi"),
    "nowhere": (lambda n: pynn.load("no/a.npz"), "load: expected a file, got no/a.npz, which is"),
    "text file": (lambda n: pynn.load(io.StringIO("a")), "load: expected a path or a file open in"),
    "save folder": (lambda n: pynn.save(n, "folder"), "save: expected a file, got folder, which"),
    "save nowhere": (lambda n: pynn.save(n, "no/a"), "save: expected a file in a folder that exis"),
    "save in a file": (lambda n: pynn.save(n, "old/a"), "save: expected a file in a folder that"),
    "save wild": (lambda n: pynn.save(WILD, "old"), "save: expected finite weights, got NaN or"),
    "save wild tensors": (lambda n: pynn.save(WILD, "a.safetensors"), "save: expected finite weig"),
    "save state": (lambda n: pynn.save(n.state(), "old"), "save: expected a Network, got State"),
    "save training": (lambda n: pynn.save(training(n), "a.safetensors"), "save: expected a Networ"),
    "save own": (lambda n: pynn.save(Network([Dense(2, pynn.ELU(2.0))], 3), "old"),
                 "save: expected activations given by name, got an object"),
    "idx cut": (lambda n: datasets.read_idx(idx(3, "a.idx")), "a.idx: expected 288 bytes for shap"),
    "idx gz cut": (lambda n: datasets.read_idx(idx(9, "a.gz")), "a.gz: expected a whole gzip file"),
    "idx folder": (lambda n: datasets.write_idx("folder", X), "write_idx: expected a file, got fo"),
    "idx nowhere": (lambda n: datasets.write_idx("no/a", X), "write_idx: expected a file in a fol"),
    "idx float16": (lambda n: datasets.write_idx("old", X.astype("f2")), "old: expected a dtype t"),
    "mnist file": (lambda n: datasets.mnist("old"), "mnist: expected train-labels-idx"),
    "mnist nowhere": (lambda n: datasets.mnist("no"), "mnist: expected train-labels-idx"),
    "restore other": (lambda n: n.restore(OTHER.state()), "state: expected plan"),
    "restore kind": (lambda n: training(n).restore(state_of(optimizer="sgd")), "expected kind 'Ad"),
    "restore rows": (lambda n: training(n).restore(state_of(x=X[:5], y=Y[:5])), "expected rows 12"),
    "restore loss": (lambda n: training(n).restore(state_of(loss="squared_error")), "expected los"),
    "restore network": (lambda n: training(n).restore(soft()), "restore: expected a State, got"),
    "dict shape": (lambda n: load_state_dict(n, state_dict(n) | {"0.bias": np.ones(9)}),
                   "load_state_dict: expected 0.bias for dense_1.bias of shape (4,), got (9,)"),
    "dict wild": (lambda n: load_state_dict(n, state_dict(n) | {"2.bias": np.full(3, np.nan)}),
                  "load_state_dict: expected 2.bias for dense_2.bias as finite numbers"),
    "dict more": (lambda n: load_state_dict(n, state_dict(n) | {"7.weight": np.ones(2)}),
                  "load_state_dict: expected numbers of 2 modules, got of 3"),
    "dict other": (lambda n: load_state_dict(n, state_dict(OTHER)), "load_state_dict: expected nu"),
    "parameters": (lambda n: n.set_parameters({"dense_1.bias": np.ones(4), "x": 1}), "expected"),
    "columns": (lambda n: n.predict_classes(X[:, :2]), "Network: expected x with shape (any, 3)"),
    "report rows": (lambda n: class_report(n, X, Y[:3]), "expected as many targets as examples"),
    "report classes": (lambda n: class_report(n, X, Y + 1), "expected classes from 0 to 2, got 1"),
    "report half": (lambda n: class_report(n, X, Y + 0.5), "expected whole class numbers, got fra"),
    "report none": (lambda n: class_report(n, X[:0], Y[:0]), "expected as many targets as example"),
    "gradients h": (lambda n: pynn.check_gradients(n, X, Y, loss="cross_entropy", h=1e308),
                    "check_gradients: expected h so small that losses are finite, got 1e+308"),
    "gradients rows": (lambda n: pynn.check_gradients(n, X, Y[:2], loss="cross_entropy"),
                       "check_gradients: expected as many targets as examples"),
    "noise": (lambda n: pynn.train_step(Network([Dense(3), Dropout(0.5), Dense(3, "softmax")], 3),
                                        X, Y, "cross_entropy", SGD(0.1)), "train_step: expected n"),
    "opened class": (lambda n: opened(n, y=7), "one_hot: expected class numbers from 0 to 2"),
    "opened rows": (lambda n: opened(n, x=X, y=Y), "expected"),
    "opened far": (lambda n: opened(n).moments[0].cell(99), "cell: expected 0 to 3, got 99"),
    "opened text": (lambda n: opened(n).moments[0].cell("a"), "cell: expected 0 to 3, got 'a'"),
    "opened place": (lambda n: opened(n).moments[0].cell((0, 9)), "cell: expected a place in (4,)"),
    "register taken": (lambda n: pynn.register(kind("A", name="relu")), "register: expected a nam"),
    "register nameless": (lambda n: pynn.register(kind("A")), "register: expected a name of"),
    "register layer": (lambda n: pynn.register(kind("Dense", Layer)), "register: expected a name"),
    "register object": (lambda n: pynn.register(pynn.ELU()), "register: expected a class of"),
    "csv cells": (lambda n: datasets.read_csv("1,2\n"), "points: expected x1, x2 and a label, got"),
    "csv nan": (lambda n: datasets.read_csv("1,nan,a\n"), "points: expected a number, got nan"),
    "csv rows": (lambda n: datasets.write_csv(CORNERS, [1]), "write_csv: expected x of shape (any"),
    "csv wild": (lambda n: datasets.write_csv(CORNERS * np.nan, [1] * 3), "write_csv: expected x"),
    "points class": (lambda n: datasets.write_points(CORNERS, [0, 1, 9]), "points: expected class"),
    "points half": (lambda n: datasets.write_points(CORNERS, [0, 1, 0.5]), "points: expected clas"),
    "features far": (lambda n: datasets.features([[1e9, 0]], ["x1"]), "features: expected points"),
    "balanced xor": (lambda n: datasets.balanced(datasets.xor, 9, 1.0), "balanced: expected what"),
    "balanced slope": (lambda n: datasets.balanced(datasets.slope, 9, 1.0), "balanced: expected a"),
    "split rows": (lambda n: datasets.split(CORNERS, Y, 0.5), "split: expected x of shape (any, 2"),
    "ink 255": (lambda n: normalize(np.full((9, 9), 255.0)), "normalize: expected ink between 0"),
    "ink of colours": (lambda n: normalize(np.zeros((9, 9, 3))), "normalize: expected a drawing"),
    "strokes wild": (lambda n: READER.read([[[0, np.nan]]]), "Reader: expected finite places of"),
    "strokes deep": (lambda n: READER.read([[[0, 0, 0]]]), "Reader: expected strokes of places"),
    "reader's network": (lambda n: READER.read([[[0, 0], [9, 9]]], n), "Reader: expected a networ"),
    "pen": (lambda n: image_of([[[0, 0], [9, 9]]], 21), "image_of: expected pen above 0 and at mo"),
    "evidence": (lambda n: evidence(READER.digits, BLANK, 1), "evidence: expected image as finite"),
    "hand shape": (lambda n: Hand(BLANK[:, 1:], "ab"), "Hand: expected names as a list, got 'ab'"),
    "hand half": (lambda n: Hand(BLANK + 0.5, ["a", "b"]), "Hand: expected images of whole number"),
    "hand 256": (lambda n: Hand(BLANK + np.int64(256), ["a", "b"]), "Hand: expected images of who"),
    "taught labels": (lambda n: Teaching(Hand(BLANK, ["a", "b"]), mixed=(BLANK, [1])),
                      "Teaching: expected mixed with a label 0 to 9 for each image"),
    "file above": (lambda n: show.file("..", b""), "file: expected name as a file name, got '..'"),
    "file of nothing": (lambda n: show.file("a\0", b""), "file: expected name as a file name"),
    "map without end": (lambda n: show.map(PLANE, (0, np.inf, 0, 1)), "map: expected extent as (l"),
    "endless table": (lambda n: show.table(iter(int, 1)), "table: expected at most 1,000,000 rows"),
}  # fmt: skip


def bits(network: Network) -> Any:
    return {name: a.tobytes() for name, a in network.arrays.items()}, network.units.pixels


@pytest.mark.parametrize("case", REFUSED)
def test_what_does_not_belong_is_refused_and_nothing_is_left(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("folder").mkdir()
    put(b"as it was", "old")
    call, sentence = REFUSED[case]
    network = soft()
    before = bits(network)
    with warnings.catch_warnings(), pytest.raises((ValueError, OSError, IndexError)) as told:
        warnings.simplefilter("error")
        call(network)
    assert sentence in str(told.value) and "\n" not in str(told.value)
    assert ": expected " in str(told.value) and len(str(told.value)) < 300
    assert bits(network) == before and Path("old").read_bytes() == b"as it was"
    assert set(os.listdir()) <= {"folder", "old", "a.npz", "a.idx", "a.gz"}
