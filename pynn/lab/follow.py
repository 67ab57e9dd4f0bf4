"""One mini-batch followed line by line, with the arrays at each line: Python's own tracing.

Slow is fine, it is for looking: of a tiny network, every line of the layers' passes forward and
backward, of the loss and of the update, in the order in which they run.
"""

import linecache
import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import numpy as np

from pynn import layers, losses
from pynn.lab.package import ROOT
from pynn.mini_batch import train_step
from pynn.network import Network
from pynn.optimizers import SGD

# Whose lines are shown: the mathematics, without checks and buffers.
SHOWN = (
    *("activations.py", "losses.py", "affine.py", "windows.py", "network.py", "optimizer.py"),
    *("optimizers.py", "layers/dense.py", "layers/neurons.py", "layers/convolution.py"),
    *("layers/pooling.py", "layers/dropout.py", "layers/normalization.py"),
)
FUNCTIONS = {
    *("forward", "forward_training", "linear", "pre_activation_training", "affine", "convolve"),
    *("value", "total", "_plain", "_squares", "_divide_by_root_of", "_scaled_and_shifted"),
    *("backpropagate", "backward", "linear_backward", "activation_backward", "affine_gradients"),
    *("convolution_gradients", "sum_rows", "rows", "scatter", "add_penalty_gradient"),
    *("update", "_move", "_remember"),
}
# Lines that take room for numbers and do not fill it yet.
ROOM = re.compile(r"\bbuffers\.get\(|np\.empty(_like)?\(")
ROOMS = {"out", "gradient", "d_weights", "d_bias", "dx"}  # that a function is given to fill
MOST_LINES = 2_000
MOST_TEXT = 400  # characters of a value

NETWORKS: dict[str, Callable[[], tuple[list[Any], tuple[int, ...]]]] = {
    "dense": lambda: ([layers.Dense(3, "tanh"), layers.Dense(1, "sigmoid")], (2,)),
    "convolution": lambda: (
        [layers.Conv2D(2, 3, "relu"), layers.MaxPool2D(2), layers.Flatten(),
         layers.Dense(1, "sigmoid")],
        (6, 6, 1),
    ),
    "batch_norm": lambda: (
        [layers.Dense(3), layers.BatchNorm(), layers.Dense(1, "sigmoid")], (2,)
    ),
    "dropout": lambda: (
        [layers.Dense(4, "relu"), layers.Dropout(0.5), layers.Dense(1, "sigmoid")], (2,)
    ),
}  # fmt: skip


class Lines:
    """Notes every line of SHOWN that runs, in the functions of FUNCTIONS.

    lines  [file, line, function, what the function was given, what the line made] each; the
           given is told with a function's first line. A value is [name, what it is, its numbers],
           and without numbers where it is room that is yet to be filled
    """

    def __init__(self) -> None:
        self.lines: list[list[Any]] = []
        # Of frames that run: what their names last had, and their last line.
        self._seen: dict[FrameType, dict[str, str]] = {}
        self._last: dict[FrameType, list[Any]] = {}

    def trace(self, frame: FrameType, event: str, argument: Any) -> Any:
        if event == "call":
            return self.trace if self._is_shown(frame) else None
        values = self._new_values(frame)
        last = self._last.get(frame)
        if last is not None:
            text = linecache.getline(frame.f_code.co_filename, last[1])
            unfilled = ROOM.search(text) and "out=" not in text
            last[4] = [[name, what, ""] for name, what, _ in values] if unfilled else values
            values = []
        if event == "line" and len(self.lines) < MOST_LINES:
            code = frame.f_code
            place = Path(code.co_filename).relative_to(ROOT).as_posix()
            name = getattr(code, "co_qualname", code.co_name)
            given = [[key, what, "" if key in ROOMS else told] for key, what, told in values]
            line = [place, frame.f_lineno, name, given, []]
            self.lines.append(line)
            self._last[frame] = line
        elif event == "return":
            self._last.pop(frame, None)
            self._seen.pop(frame, None)
        return self.trace

    def _is_shown(self, frame: FrameType) -> bool:
        path = Path(frame.f_code.co_filename)
        if frame.f_code.co_name not in FUNCTIONS or ROOT not in path.parents:
            return False
        return path.relative_to(ROOT).as_posix() in SHOWN

    def _new_values(self, frame: FrameType) -> list[list[str]]:
        seen = self._seen.setdefault(frame, {})
        values = []
        for name, value in frame.f_locals.items():
            told = described(value)
            if told is not None and seen.get(name) != told[1]:
                seen[name] = told[1]
                values.append([name, *told])
        return values


def described(value: Any) -> tuple[str, str] | None:
    """An array's shape or a number's kind, and the numbers; None for anything else."""
    if isinstance(value, np.ndarray) and value.dtype.kind in "fiub":
        text = np.array2string(value, precision=4, threshold=48, edgeitems=3, suppress_small=True)
        return f"{value.dtype} {value.shape}", text[:MOST_TEXT]
    if isinstance(value, (bool, int, float, np.number)):
        return type(value).__name__, f"{value:.6g}" if isinstance(value, float) else str(value)
    return None


def follow(kind: str) -> list[list[Any]]:
    """The lines of one mini-batch of two examples. Raises ValueError for an unknown kind."""
    if kind not in NETWORKS:
        raise ValueError(f"follow: expected one of {', '.join(NETWORKS)}, got {kind}")
    made, inputs = NETWORKS[kind]()
    network = Network(made, inputs=inputs, seed=1, dtype="float64")
    x = np.random.default_rng(2).normal(size=(2, *inputs)).round(2)
    targets = np.array([[1.0], [0.0]])
    lines = Lines()
    before = sys.gettrace()
    sys.settrace(lines.trace)
    try:
        noise = np.random.default_rng(3)
        train_step(network, x, targets, losses.SquaredError(), SGD(0.5), noise=noise)
    finally:
        sys.settrace(before)
    return lines.lines
