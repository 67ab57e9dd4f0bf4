"""A teacher's link: what it hides and locks, and the task that it sets.

It is made of settings like all else: words and numbers, of which none is run.
"""

from collections.abc import Mapping
from typing import Any

from pynn.settings import Integer, Real, Table, Text, Words

# What can be left out of the page.
PARTS = (
    *("data", "settings", "network", "curves", "time", "paint", "guess", "display", "closer"),
    *("presets", "share", "code", "home", "coach", "numbers", "step", "reset", "pace"),
)
HAND = "hand"


def lesson_table(settings: tuple[str, ...]) -> Table:
    """The settings of a lesson, for a page that has these settings to lock.

    hide    parts of the page, or single settings
    lock    settings that stay as the link has them; "hand", the network itself
    task    what the teacher says; shown as text
    task_loss, task_accuracy   to be reached on the test points: at most, at least; 0 asks nothing
    task_neurons, task_epochs  with so many hidden neurons, and within so many epochs; 0: any
    """
    return (
        Words("hide", "", (*PARTS, *settings), most=len(PARTS) + len(settings)),
        Words("lock", "", (*settings, HAND), most=len(settings) + 1),
        Text("task", "", 500),
        Real("task_loss", 0.0, 0.0, 1e6),
        Real("task_accuracy", 0.0, 0.0, 1.0),
        Integer("task_neurons", 0, 0, 256),
        Integer("task_epochs", 0, 0, 1_000_000),
    )


LESSON = frozenset(
    {"hide", "lock", "task", "task_loss", "task_accuracy", "task_neurons", "task_epochs"}
)


def has_goal(settings: Mapping[str, Any]) -> bool:
    """Whether there is something to be reached."""
    return bool(settings["task_loss"] or settings["task_accuracy"])


def progress(settings: Mapping[str, Any], loss: float, share: float, epoch: int) -> dict[str, bool]:
    """What of the task holds now, by the names of its settings; of what it asks alone.

    loss, share  of the test points: the loss, and how many are right (of a surface, R^2)
    """
    neurons = sum(settings["network_shape"])
    holds = {
        "task_loss": loss <= settings["task_loss"],
        "task_accuracy": share >= settings["task_accuracy"],
        "task_neurons": neurons <= settings["task_neurons"],
        "task_epochs": epoch <= settings["task_epochs"],
    }
    return {name: held for name, held in holds.items() if settings[name]}
