"""A teacher's task: solved and unsolved runs are told apart."""

from typing import Any

import pytest
from live_runs import asked

from pynn.live import Desk

# What is asked, the run, and what of it holds then.
CASES: list[tuple[dict[str, Any], dict[str, Any], int, dict[str, bool]]] = [
    ({"task_loss": 0.05}, {"dataset": "gauss", "noise": 0}, 60, {"task_loss": True}),
    ({"task_loss": 0.05}, {"dataset": "gauss", "noise": 0}, 1, {"task_loss": False}),
    ({"task_accuracy": 0.9}, {"dataset": "xor-cloud", "noise": 0}, 60, {"task_accuracy": True}),
    ({"task_accuracy": 0.9}, {"dataset": "xor-cloud", "network_shape": ""}, 60,
     {"task_accuracy": False}),
    ({"task_loss": 0.05, "task_neurons": 4}, {"dataset": "gauss", "noise": 0, "network_shape": "4"},
     60, {"task_loss": True, "task_neurons": True}),
    ({"task_loss": 0.05, "task_neurons": 4},
     {"dataset": "gauss", "noise": 0, "network_shape": "3,2"}, 80,
     {"task_loss": True, "task_neurons": False}),
    ({"task_accuracy": 0.9, "task_epochs": 30}, {"dataset": "xor-cloud", "noise": 0}, 30,
     {"task_accuracy": True, "task_epochs": True}),
    ({"task_accuracy": 0.9, "task_epochs": 30}, {"dataset": "xor-cloud", "noise": 0}, 31,
     {"task_accuracy": True, "task_epochs": False}),
    ({"task_accuracy": 0.9}, {"dataset": "slope", "noise": 0}, 60, {"task_accuracy": True}),
    ({"task_accuracy": 1.0, "task_neurons": 2},
     {"dataset": "xor", "network_shape": "2", "seed": 5, "learning_rate": 0.1}, 400,
     {"task_accuracy": True, "task_neurons": True}),
]  # fmt: skip


@pytest.mark.parametrize(("task", "settings", "epochs", "holds"), CASES)
def test_what_holds_of_a_task_is_told(
    task: dict[str, Any], settings: dict[str, Any], epochs: int, holds: dict[str, bool]
) -> None:
    desk = Desk()
    asked(desk, "planar", "open", **task, **settings)
    frame = asked(desk, "planar", "advance", milliseconds=60_000, epochs=epochs)
    assert frame.head["task"] == holds
    # A moment of the past is judged by itself.
    before = asked(desk, "planar", "look", step=0).head["task"]
    assert not all(before[name] for name in task if name in ("task_loss", "task_accuracy"))


def test_without_a_goal_nothing_is_told() -> None:
    frame = asked(Desk(), "planar", "open", task="only words", task_neurons=3)
    assert "task" not in frame.head


def test_a_lesson_changes_no_bit_and_may_change_while_it_runs() -> None:
    desk = Desk()
    asked(desk, "planar", "open", dataset="moons")
    asked(desk, "planar", "advance", milliseconds=60_000, steps=9)
    frame = asked(desk, "planar", "edit", dataset="moons", task="x", hide="data", lock="hand,seed")
    assert frame.head["goes_on"] and frame.head["step"] == 9
    assert frame.head["link"]["lock"] == ["seed", "hand"] or frame.head["link"]["lock"] == [
        "hand",
        "seed",
    ]


@pytest.mark.parametrize(
    "settings",
    [{"hide": "everything"}, {"lock": "guess"}, {"task": "x" * 501}, {"task_loss": -1},
     {"task_accuracy": 2}, {"task_neurons": 1.5}, {"task_epochs": "soon"}],
)  # fmt: skip
def test_other_lessons_are_refused(settings: dict[str, Any]) -> None:
    assert Desk().call("planar", "open", settings).head["error"]["type"] == "SettingsError"
