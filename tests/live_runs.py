"""Runs of the desk, asked and looked into by the tests."""

from typing import Any

from pynn.live import Desk, Frame
from pynn.live.experiment import Experiment

PLANAR = {"dataset": "moons", "learning_rate": "0.02"}


def asked(desk: Desk, kind: str, action: str, **args: Any) -> Frame:
    frame = desk.call(kind, action, args)
    assert "error" not in frame.head, frame.head
    return frame


def steps(desk: Desk, kind: str, count: int) -> None:
    for _ in range(count):
        asked(desk, kind, "advance", milliseconds=0)


def run_of(desk: Desk, kind: str) -> Experiment:
    return desk._open[kind]


def weights(desk: Desk, kind: str) -> dict[str, bytes]:
    parameters = run_of(desk, kind).network.parameters
    return {name: array.tobytes() for name, array in parameters.items()}
