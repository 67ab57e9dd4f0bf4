"""Links of the playground with garbage in them, and what the page makes of one."""

from typing import Any

import numpy as np

from pynn.live import Desk, Frame
from pynn.live.planar_task import TABLE

PIECES = [
    *("", "0", "-1", "1e9", "nan", "inf", "x", "adam", "spiral", "own", "AAAA", "AA*A", "8,4"),
    *("x1,x2", "sin-x1,x1", "0.5", "10", "99999999999999999999", "<b>", "%00", "é", "🙂", "1_2_3"),
    *("100_learning-rate_0.1", "0_w1.0.0_2", "5_off1.0_1", "5_off9.9_1", "optimizer_sgd"),
    *("seed_3", "100-200_300-400", "1,2,3,4,5,6,7,8,9", "true", "None", "[1]", "{}", "two words"),
    *("data,hand", "dataset", "0.05"),
]
NAMES = [*(setting.name.replace("_", "-") for setting in TABLE), "foo", "", "__class__", "Seed"]


def garbage_link(draw: np.random.Generator) -> dict[str, str]:
    """What stands between ? and the end: some settings, with what may or may not belong there."""
    count = int(draw.integers(1, 6))
    names = [str(name) for name in draw.choice(NAMES, count, replace=False)]
    return {name: "".join(draw.choice(PIECES, draw.integers(1, 3))) for name in names}


def opened_leniently(desk: Desk, given: dict[str, Any]) -> tuple[Frame, int]:
    """As the page opens a link: what is refused is left out, and the rest is asked for again."""
    left, refused = dict(given), 0
    while True:
        frame = desk.call("planar", "open", left)
        error = frame.head.get("error")
        if error is None:
            return frame, refused
        assert error["type"] == "SettingsError" and "\n" not in error["message"], error
        refused += 1
        allowed = error["values"].get("allowed", "").split(", ")
        unknown = error["code"] == "unknown"
        culprits = [
            name
            for name in left
            if (name.replace("-", "_") not in allowed if unknown
                else name.replace("-", "_") == error["values"]["name"])
        ]  # fmt: skip
        assert culprits, (error, left)
        for name in culprits:
            del left[name]
