"""Diagnoses: each on five runs that are made to have it, none on twenty healthy ones."""

from typing import Any

import pytest

from pynn.live import Desk
from pynn.live.planar_task import TABLE
from pynn.settings import check

WIDE = {"network_shape": "32,32", "noise": 0.5}
SGD = {"optimizer": "sgd"}
LEAKY = {"activation": "leaky_relu"}
LINES = {"activation": "linear"}

# The settings of each run, and within how many epochs it is told.
ILL: dict[str, list[tuple[int, dict[str, Any]]]] = {
    "diverging": [
        (100, {**LINES, **SGD, "learning_rate": 10, "network_shape": "8,8", "dataset": dataset})
        for dataset in ("circle", "spiral", "moons", "xor-cloud", "gauss")
    ],
    "linear": [
        (300, {"dataset": "xor", "network_shape": ""}),
        (100, {"dataset": "circle", "network_shape": ""}),
        (100, {"dataset": "spiral", "network_shape": ""}),
        (100, {"dataset": "xor-cloud", **LINES}),
        (100, {"dataset": "circle", **LINES}),
    ],
    "symmetric": [
        (60, {"dataset": "circle", "initializer": "zeros"}),
        (60, {"dataset": "spiral", "initializer": "ones"}),
        (60, {"dataset": "moons", "initializer": "zeros", "activation": "sigmoid"}),
        (60, {"dataset": "quadrants", "initializer": "ones", "network_shape": "4,4"}),
        (60, {"dataset": "xor-cloud", "gain": 0}),
    ],
    "dead": [
        (40, {"activation": "relu", "dataset": "circle", "learning_rate": 1}),
        (40, {"activation": "relu", "dataset": "moons", "learning_rate": 1, "seed": 2}),
        (40, {"activation": "relu", "dataset": "xor-cloud", "learning_rate": 3}),
        (40, {"activation": "relu", "dataset": "quadrants", "learning_rate": 2}),
        (300, {"activation": "relu", "dataset": "xor", "learning_rate": 3, "network_shape": "4"}),
    ],
    "saturated": [
        (40, {"dataset": "circle", "learning_rate": 3}),
        (40, {"dataset": "moons", "learning_rate": 10, "network_shape": "8,8"}),
        (40, {"dataset": "xor-cloud", "learning_rate": 10}),
        (40, {"dataset": "spiral", "learning_rate": 3}),
        (40, {"dataset": "quadrants", "learning_rate": 10}),
        (60, {"dataset": "spiral", "gain": 100, "network_shape": "8,8"}),
    ],
    "overfitting": [
        (300, {"dataset": "moons", **WIDE}),
        (300, {"dataset": "circle", **WIDE}),
        (300, {"dataset": "xor-cloud", **WIDE}),
        (300, {"dataset": "gauss", **WIDE, "seed": 2}),
        (300, {"dataset": "circle", **WIDE, "seed": 3}),
    ],
    "restless": [
        (60, {**LEAKY, "dataset": "circle", "learning_rate": 1, "batch_size": 4}),
        (60, {**LEAKY, "dataset": "xor-cloud", "learning_rate": 0.3, "batch_size": 4}),
        (60, {**LEAKY, "dataset": "quadrants", "learning_rate": 0.5, "batch_size": 1}),
        (100, {**LEAKY, "dataset": "spiral", "learning_rate": 0.3, "batch_size": 1}),
        (
            100,
            {
                **LEAKY,
                "dataset": "circle",
                "learning_rate": 0.3,
                "batch_size": 1,
                "optimizer": "rmsprop",
            },
        ),
    ],
    "slow": [
        (60, {"dataset": "circle", **SGD, "learning_rate": 0.0003}),
        (60, {"dataset": "spiral", **SGD, "learning_rate": 0.0003}),
        (60, {"dataset": "moons", **SGD, "learning_rate": 0.0003}),
        (60, {"dataset": "xor-cloud", "learning_rate": 0.00002}),
        (60, {"dataset": "quadrants", "learning_rate": 0.00002}),
    ],
    "stuck": [
        (400, {"dataset": "spiral", "network_shape": "1"}),
        (400, {"dataset": "circle", "network_shape": "1"}),
        (400, {"dataset": "xor-cloud", "network_shape": "1"}),
        (500, {"dataset": "spiral", "network_shape": "2"}),
        (500, {"dataset": "circle", "network_shape": "2"}),
    ],
}

HEALTHY = [
    {"dataset": dataset, **more}
    for dataset in ("xor", "xor-cloud", "circle", "moons", "quadrants")
    for more in (
        {},
        {"activation": "relu"},
        {**SGD, "learning_rate": 0.3},
        {"network_shape": "6,4", "seed": 3},
    )
]


def told(settings: dict[str, Any], epochs: int) -> list[dict[str, Any]]:
    """All that is said of a run while it is trained."""
    desk = Desk()
    head = desk.call("planar", "open", settings).head
    assert "error" not in head, head
    found = []
    while head["epoch"] < epochs and head["status"] != "diverged":
        head = desk.call("planar", "advance", {"milliseconds": 60_000, "epochs": 10}).head
        diagnosis = desk.call("planar", "diagnose", {}).head["diagnosis"]
        if diagnosis:
            found.append(diagnosis)
    return found


RUNS = [(code, *run) for code, runs in ILL.items() for run in runs]


@pytest.mark.parametrize(("code", "epochs", "settings"), RUNS)
def test_what_a_run_is_made_to_have_is_told(
    code: str, epochs: int, settings: dict[str, Any]
) -> None:
    found = [diagnosis for diagnosis in told(settings, epochs) if diagnosis["code"] == code]
    assert found
    # The change is one that the settings take, and another than there is.
    before, change = check(TABLE, settings), found[-1]["change"]
    assert check(TABLE, settings | change) != before


@pytest.mark.parametrize("settings", HEALTHY)
def test_nothing_is_told_of_a_healthy_run(settings: dict[str, Any]) -> None:
    assert told(settings, 400) == []


def test_huge_weights_at_the_start_are_named_as_what_to_change() -> None:
    found = told({"dataset": "spiral", "gain": 100, "network_shape": "8,8"}, 60)
    assert found[-1]["code"] == "saturated" and found[-1]["change"] == {"gain": 1.0}


def test_a_run_that_has_hardly_begun_is_left_alone() -> None:
    assert told({"dataset": "spiral", "network_shape": ""}, 20) == []
