"""One peer at a time, natively and in Pyodide alike: `prepare`, then `epoch` and `accuracy`.

A peer is a module beside this one with a class `Peer`:

    Peer(task, x, y)      a fresh network; x as bytes (n, inputs) or numbers, y class numbers
    epoch()               trains on all examples once
    inputs(x)             such an x in the form that the peer likes best
    accuracy(x, y)        share of right answers for what `inputs` gave, 0..1
    about()               a function of the module: name and version
"""

import importlib
import json
from typing import Any

import numpy as np

_state: dict[str, Any] = {}


def about(peer: str) -> str:
    return importlib.import_module(peer).about()


def prepare(peer: str, task: str, x: Any, y: Any, x_test: Any, y_test: Any) -> None:
    settings = json.loads(task)
    labels, test_labels = np.asarray(y, np.uint8), np.asarray(y_test, np.uint8)
    rows = np.asarray(x).reshape(len(labels), -1)
    _state["peer"] = importlib.import_module(peer).Peer(settings, rows, labels)
    test = _state["peer"].inputs(np.asarray(x_test).reshape(len(test_labels), -1))
    _state["test"] = test, test_labels
    _state["epochs"] = settings["epochs"]


def epoch() -> None:
    for _ in range(_state["epochs"]):
        _state["peer"].epoch()


def accuracy() -> float:
    return float(_state["peer"].accuracy(*_state["test"]))
