"""Points of one's own as a short text, for an address or a script.

Each point is four characters, 24 bits: two for the class, and eleven for each
coordinate, a whole number of 800ths from -1.28. Characters are those of base64 for URLs
(RFC 4648, section 5).
"""

import base64
import binascii
import re

import numpy as np
import numpy.typing as npt

from pynn.datasets.planar import Points
from pynn.limits import as_numbers, cast, check_text

MOST_OWN, MOST_LABELS = 2000, 4
STEPS, HALF, PER_UNIT = 2048, 1024, 800
LOW, HIGH = -HALF / PER_UNIT, (STEPS - 1 - HALF) / PER_UNIT
TEXT = re.compile(r"(?:[A-Za-z0-9_-]{4})*", re.ASCII)


class PointsError(ValueError):
    """Points that cannot be read: who, expected, got.

    code    text, many, none, cells, number, label, labels or csv
    values  what the sentence is made of: got, and maybe the line from 1, or the highest
    """

    def __init__(self, code: str, expected: str, got: str | int, **values: int) -> None:
        place = f" in line {values['line']}" if "line" in values else ""
        shown = f"{got:,}" if isinstance(got, int) else got
        super().__init__(f"points: expected {expected}, got {shown}{place}")
        self.code, self.values = code, {"got": got, **values}


def as_points(who: str, x: npt.ArrayLike, y: npt.ArrayLike) -> Points:
    """x (n, 2) as floats and y (n,), which belong together. Raises ValueError."""
    places, labels = as_numbers(f"{who}: expected x", x), as_numbers(f"{who}: expected y", y)
    if places.shape[1:] != (2,) or labels.shape != places.shape[:1]:
        raise ValueError(
            f"{who}: expected x of shape (any, 2) and as many y, "
            f"got {places.shape} and {labels.shape}"
        )
    return cast(places, np.float64), labels


def short(text: str) -> str:
    """As much as a sentence has room for."""
    return " ".join(text.split()) if len(text) <= 40 else " ".join(text[:39].split()) + "…"


def read_points(text: str) -> Points:
    """x (n, 2) and class numbers y (n,), at most 2,000, from `write_points`' text. PointsError."""
    check_text("read_points", "points", text)
    if not TEXT.fullmatch(text):
        raise PointsError("text", "four characters of A-Z, a-z, 0-9, - and _ a point", short(text))
    if len(text) > 4 * MOST_OWN:
        raise PointsError("many", f"at most {MOST_OWN:,} points", len(text) // 4, high=MOST_OWN)
    try:
        numbers = np.frombuffer(base64.urlsafe_b64decode(text), np.uint8).reshape(-1, 3)
    except binascii.Error:
        raise PointsError("text", "points as they were written", short(text)) from None
    whole = numbers.astype(np.int64) @ np.array([1 << 16, 1 << 8, 1])
    steps = np.column_stack([whole >> 11, whole]) & (STEPS - 1)
    return (steps - HALF) / PER_UNIT, whole >> 22


def write_points(x: npt.ArrayLike, y: npt.ArrayLike) -> str:
    """The text of points x (n, 2) and classes y (n,), 0 to 3; places are rounded, and cut off
    beyond the plane. Raises ValueError."""
    places, classes = as_points("write_points", x, y)
    if len(places) > MOST_OWN or not np.isfinite(places).all():
        raise ValueError(
            f"points: expected at most {MOST_OWN:,} finite places, got {len(places):,}"
        )
    if not np.isin(classes, range(MOST_LABELS)).all():
        raise ValueError(f"points: expected classes from 0 to {MOST_LABELS - 1}, got others")
    steps = np.clip(np.rint(places * PER_UNIT) + HALF, 0, STEPS - 1).astype(np.int64)
    whole = (classes.astype(np.int64) << 22) | (steps[:, 0] << 11) | steps[:, 1]
    numbers = np.column_stack([whole >> 16, whole >> 8, whole]) & 255
    return base64.urlsafe_b64encode(numbers.astype(np.uint8).tobytes()).decode("ascii")
