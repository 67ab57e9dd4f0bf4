"""Records the playground's run with its own settings: what the page shows while Python starts.

    python build/recorded_run.py FILE

Each picture of a frame is written as whole numbers, and each of them as what it differs by from
its neighbours on the left and above, which packs ten times as small.
"""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pynn.frame import Frame
from pynn.live import Desk

EPOCHS = range(0, 73, 6)
# Of the map one value stands for two by two; its zeros are drawn as a line, so it is the finer one.
MAP_BLOCK = 2
LEVELS = {"map": 1000, "neurons": 63}
# XOR's four points and the diagram's weights need no more digits.
DIGITS = 4


def differences(picture: NDArray[Any], levels: int) -> list[int]:
    """A picture, or several (..., side, side), in -1 to 1 as differences of whole numbers."""
    whole = np.round(picture * levels).astype(int)
    rows = np.diff(whole, axis=-1, prepend=0)
    return [int(value) for value in np.diff(rows, axis=-2, prepend=0).ravel()]


def picture(frame: Frame) -> dict[str, Any]:
    """One frame: differences of its map and its neurons, and its weights layer by layer."""
    whole = frame.array("map")
    side = whole.shape[-1] // MAP_BLOCK
    small = whole.reshape(side, MAP_BLOCK, side, MAP_BLOCK).mean(axis=(1, 3))
    names = [name for name, *_ in frame.head["arrays"] if name.startswith("weights/")]
    return {
        "map": differences(small, LEVELS["map"]),
        "neurons": differences(frame.array("neurons"), LEVELS["neurons"]),
        "weights": [rounded(frame.array(name)) for name in names],
    }


def rounded(array: NDArray[Any]) -> list[float]:
    return [round(float(value), DIGITS) for value in array.ravel()]


def record() -> dict[str, Any]:
    """The run as the page reads it; `settings` are those that Python would open by itself."""
    desk = Desk()
    frame = first = desk.call("planar", "open", {})
    frames = []
    for epoch in EPOCHS:
        while frame.head["epoch"] < epoch:
            frame = desk.call("planar", "advance", {"milliseconds": 1000, "epochs": EPOCHS.step})
        frames.append(picture(frame))
    head = {name: first.head[name] for name in ("settings", "layers", "classes", "extent")}
    sides = {"map": first.head["map_side"] // MAP_BLOCK, "neurons": first.head["neuron_side"]}
    points = {name: rounded(first.array(f"train_{name}")) for name in ("x", "y")}
    return {**head, "levels": LEVELS, "sides": sides, "points": points, "frames": frames}


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(record(), separators=(",", ":")), "utf-8")
