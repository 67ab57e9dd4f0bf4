"""Trains each preset of the playground and writes what it comes to, as small decision maps; and
some points of each data set.

python build/preset_pictures.py PRESETS.json FILE
"""

import json
import sys
from pathlib import Path
from typing import Any

from pynn.datasets import PLANAR
from pynn.live import Desk, Frame

# Samples along a side, and whole numbers to each side of 0.
SIDE, LEVELS = 20, 20
# So many points on a small picture are still seen singly.
POINTS = 40


def points_of(settings: dict[str, Any], desk: Desk) -> tuple[Frame, dict[str, Any]]:
    """The first frame of a run, and some training points: x two coordinates each, y classes."""
    frame = desk.call("planar", "open", settings)
    if "error" in frame.head:
        raise ValueError(f"presets.json: {frame.head['error']['message']}")
    x, y = (frame.array(name)[:POINTS].ravel() for name in ("train_x", "train_y"))
    heights = frame.head["classes"] == 0
    labels = [round(float(value), 2) if heights else int(value) for value in y]
    points = {"x": [round(float(value), 2) for value in x], "y": labels}
    return frame, {**points, **{name: frame.head[name] for name in ("extent", "classes")}}


def picture(settings: dict[str, Any], epochs: int) -> dict[str, Any]:
    """
    map      (SIDE, SIDE), or one for each of several classes, the top row first
    x, y, extent, classes  as `points_of` has them
    """
    desk = Desk()
    frame, points = points_of(settings, desk)
    while frame.head["epoch"] < epochs and frame.head["status"] != "diverged":
        wanted = {"milliseconds": 60_000, "epochs": epochs - frame.head["epoch"]}
        frame = desk.call("planar", "advance", wanted)
    whole = frame.array("map")
    block = whole.shape[-1] // SIDE
    blocks = whole.reshape(*whole.shape[:-2], SIDE, block, SIDE, block)
    means = blocks.mean(axis=(-3, -1)).ravel()
    return {"map": [round(float(value) * LEVELS) for value in means], **points}


def main(presets: str, file: str) -> None:
    pictures = {
        preset["name"]: picture(preset["settings"], preset["epochs"])
        for preset in json.loads(Path(presets).read_text("utf-8"))
    }
    datasets = {name: points_of({"dataset": name}, Desk())[1] for name in PLANAR}
    content = {"side": SIDE, "levels": LEVELS, "pictures": pictures, "datasets": datasets}
    Path(file).write_text(json.dumps(content, separators=(",", ":")), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
