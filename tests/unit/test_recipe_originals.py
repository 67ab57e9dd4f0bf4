"""The published programs in NumPy alone end with the same numbers as on pynn."""

import ast
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pynn.recipes import RECIPES
from pynn.recipes.originals import original
from pynn.recipes.programs import program
from pynn.show.record import Record
from pynn.show.stage import Stage

# Settings of a short run, and which of the original's arrays are which parameters of the network.
CASES: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    "eleven_lines": ({"seed": 3}, {"syn0": "dense_1.weights", "syn1": "dense_2.weights"}),
    "quadrants": (
        {"seed": 7, "seeds": 0},
        {"W1": "dense_1.weights", "b1": "dense_1.bias", "W2": "dense_2.weights",
         "b2": "dense_2.bias"},
    ),
    "skyone": (
        {"images": 300, "epochs": 1},
        {"wih": "dense_1.weights", "who": "dense_2.weights"},
    ),
    "nielsen": (
        {"images": 500, "epochs": 2, "hidden": "12"},
        {"weights": "weights", "biases": "bias"},
    ),
    "bp_mnist": (
        {"images": 192, "epochs": 1},
        {"W1": "dense_1.weights", "b1": "dense_1.bias", "W2": "dense_2.weights",
         "b2": "dense_2.bias"},
    ),
}  # fmt: skip


def run(script: Any, settings: dict[str, Any], folder: Path) -> tuple[dict[str, Any], Record]:
    record = Record()
    known = {row.name for row in script.table}
    chosen = {key: value for key, value in settings.items() if key in known}
    with Stage(record):
        names = script.run({**chosen, "data": str(folder)})
    return names, record


@pytest.mark.parametrize("name", RECIPES)
def test_original_needs_numpy_alone_and_ends_with_the_same_numbers(
    name: str, small_mnist: Path
) -> None:
    settings, names = CASES[name]
    script = original(name)
    imported = {
        alias.name
        for node in ast.walk(ast.parse(script.text))
        if isinstance(node, ast.ImportFrom) and node.module == "pynn"
        for alias in node.names
    }
    assert imported == {"show"}
    own, own_record = run(script, settings, small_mnist)
    with_pynn, record = run(program(name), settings, small_mnist)
    network = with_pynn["networks"]["as published"] if name == "skyone" else with_pynn["network"]
    for mine, theirs in names.items():
        if name == "nielsen":
            for k, array in enumerate(own[mine], 1):
                wanted = network.parameters[f"dense_{k}.{theirs}"]
                np.testing.assert_allclose(array.T.reshape(wanted.shape), wanted, rtol=1e-9)
        else:
            wanted = network.parameters[theirs]
            array = own[mine].T if name == "skyone" else own[mine]
            np.testing.assert_allclose(array.reshape(wanted.shape), wanted, rtol=1e-9)
    # What both hold against the post is the same, to the last digit that is told.
    assert set(told(own_record)) <= set(told(record))
    assert told(own_record)


def told(record: Record) -> list[tuple[str, str]]:
    return [(one.name, one.here) for one in record.compared]


def test_show_is_what_both_have_in_common() -> None:
    for name in RECIPES:
        assert {"compare", "progress", "setting"} <= original(name).shows
        assert original(name).table == [
            row for row in program(name).table if row.name in {r.name for r in original(name).table}
        ]
