"""The playground's scripts, run natively, print the very numbers of the experiment."""

import io
import re
from contextlib import redirect_stdout
from typing import Any

import pytest
from own_points import some_points

import pynn
from pynn.datasets import PLANAR, write_points
from pynn.live import Desk
from pynn.optimizers import OPTIMIZERS


def printed(script: str) -> list[str]:
    """What the script prints, run as a person would run it."""
    output = io.StringIO()
    with redirect_stdout(output):
        exec(compile(script, "script.py", "exec"), {"__name__": "__main__"})
    return output.getvalue().splitlines()


def check(settings: dict[str, Any], epochs: int = 3, milliseconds: float = 60_000) -> str:
    desk = Desk()
    desk.call("planar", "open", settings)
    head = desk.call("planar", "advance", {"milliseconds": milliseconds, "epochs": epochs}).head
    script = desk.call("planar", "script", {}).head["script"]
    surface = settings.get("dataset") in ("slope", "hills")
    right = "" if surface else f", accuracy {head['accuracy']:.4f}"
    assert printed(script) == [
        f"train loss {head['train_loss']:.6f}",
        f"test loss {head['test_loss']:.6f}{right}",
    ]
    return str(script)


@pytest.mark.parametrize("dataset", PLANAR)
def test_script_of_every_data_set_gives_the_same_numbers(dataset: str) -> None:
    script = check({"dataset": dataset, "seed": 11, "noise": 0.2})
    assert f"from pynn.datasets import {dataset.replace('-', '_')}\n" in script


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_script_of_every_optimizer_gives_the_same_numbers(optimizer: str) -> None:
    check({"dataset": "moons", "optimizer": optimizer, "learning_rate": 0.02})


@pytest.mark.parametrize("activation", ["tanh", "relu", "leaky_relu", "sigmoid", "linear"])
def test_script_of_every_activation_gives_the_same_numbers(activation: str) -> None:
    check({"dataset": "circle", "activation": activation, "network_shape": "5,3"})


@pytest.mark.parametrize("shape", ["", "1", "32", "3,3,3,3,3,3"])
@pytest.mark.parametrize("dataset", ["xor", "quadrants"])
def test_script_of_every_shape_gives_the_same_numbers(dataset: str, shape: str) -> None:
    check({"dataset": dataset, "network_shape": shape})


@pytest.mark.parametrize(
    "settings",
    [
        {"batch_size": 1},
        {"batch_size": 300},
        {"batch_size": 7},
        {"l2": 0.013},
        {"noise": 0.0},
        {"noise": 0.5},
        {"seed": 0},
        {"seed": 2**32 - 1},
        {"learning_rate": 1e-5},
        {"learning_rate": "0.123456789012345678"},
    ],
    ids=str,
)
def test_script_of_every_other_setting_gives_the_same_numbers(settings: dict[str, Any]) -> None:
    check({"dataset": "gauss", **settings})


OWN = {"dataset": "own", "points": write_points(*some_points(90))}


@pytest.mark.parametrize(
    "settings",
    [
        {"dataset": "spiral", "count": 37, "train_share": 0.3},
        {"dataset": "moons", "train_share": 1.0},
        {"dataset": "pinwheel", "balance": 0.2, "count": 150},
        {"dataset": "circle", "balance": 7.0, "noise": 0.3},
        {"dataset": "spiral", "features": "x1,x2-squared,sin-x1,sin-x2"},
        {"dataset": "xor", "features": "x1-x2"},
        {"dataset": "hills", "features": "sin-x1,x2", "count": 60, "batch_size": 2000},
        {"dataset": "slope", "balance": 3.0},
        OWN,
        {**OWN, "features": "x1,x2,x1-x2", "train_share": 1.0},
        {**OWN, "points": OWN["points"][:4]},
    ],
    ids=str,
)
def test_script_of_other_points_gives_the_same_numbers(settings: dict[str, Any]) -> None:
    check({"seed": 5, **settings})


def test_script_of_two_thousand_own_points_is_whole_and_short() -> None:
    points = write_points(*some_points(2000))
    script = check({"dataset": "own", "points": points, "count": 10})
    assert "".join(re.findall(r'^        "([\w-]+)"$', script, re.MULTILINE)) == points
    assert len(script.splitlines()) < 150


def test_script_before_training_gives_the_start() -> None:
    desk = Desk()
    head = desk.call("planar", "open", {"dataset": "spiral"}).head
    lines = printed(desk.call("planar", "script", {}).head["script"])
    assert lines[0] == f"train loss {head['train_loss']:.6f}"


def test_script_within_an_epoch_gives_the_last_finished_one() -> None:
    desk = Desk()
    desk.call("planar", "open", {"dataset": "spiral", "batch_size": 10})
    head = desk.call("planar", "advance", {"milliseconds": 60_000, "epochs": 2}).head
    for _ in range(5):
        within = desk.call("planar", "advance", {"milliseconds": 0}).head
    assert (within["epoch"], within["step"]) == (2, 65)
    assert within["train_loss"] == head["train_loss"]  # what is shown is of the epoch's end
    script = desk.call("planar", "script", {}).head["script"]
    assert printed(script)[0] == f"train loss {head['train_loss']:.6f}" and "epochs=2," in script


def test_script_after_reset_starts_over() -> None:
    desk = Desk()
    desk.call("planar", "open", {})
    desk.call("planar", "advance", {"epochs": 5})
    desk.call("planar", "reset", {})
    assert "epochs=0," in desk.call("planar", "script", {}).head["script"]


def test_script_is_short_plain_and_names_what_it_needs() -> None:
    script = check({"dataset": "spiral", "network_shape": "8,8", "optimizer": "nesterov"})
    assert all(len(line) <= 100 for line in script.splitlines())
    assert re.findall(r"^(?:import|from) (\S+)", script, re.M) == ["pynn", "pynn.datasets"]
    wheel = f"pynn_playground-{pynn.__version__}-py3-none-any.whl"
    assert f"    pip install ADDRESS-OF-THE-PAGE/package/{wheel}\n" in script
    assert "from pynn import Dense, Network, SGD, evaluate, fit\n" in script
    assert "SGD(0.03, momentum=0.9, nesterov=True)" in script
    assert 'Dense(8, activation="tanh"),' in script and 'Dense(1, activation="sigmoid"),' in script
