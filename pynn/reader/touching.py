"""Which strokes touch each other, or almost do: the parts of a drawing."""

from collections.abc import Sequence

import numpy as np

from pynn.reader.strokes import Stroke, box_of, thinned

# Strokes as near as this share of the drawing's height belong to one part, and those whose lines
# overlap by this share of the pen's width at least.
NEAR, OVERLAP = 0.11, 0.75
# A stroke is looked at in so many places at most.
MOST_PLACES = 400


def parts_of(strokes: Sequence[Stroke], pen: float = 0.0) -> list[list[int]]:
    """The numbers of strokes that touch or almost do, a list for each part.

    pen  its width on the paper
    """
    left, top, right, bottom = box_of(strokes)
    size = bottom - top or right - left or 1.0
    return linked(strokes, max(NEAR * size, (1 - OVERLAP) * pen))


def linked(strokes: Sequence[Stroke], reach: float) -> list[list[int]]:
    """Strokes that come as near as `reach` to each other, by way of others perhaps."""
    places = [evenly(stroke, reach / 2) for stroke in strokes]
    ends = np.array([[*p.min(axis=0), *p.max(axis=0)] for p in places])
    leader = list(range(len(strokes)))

    def lead(i: int) -> int:
        while leader[i] != i:
            i = leader[i]
        return i

    for i in range(len(strokes)):
        apart = np.maximum(ends[i, :2] - ends[i + 1 :, 2:], ends[i + 1 :, :2] - ends[i, 2:])
        for j in (i + 1 + np.flatnonzero((apart <= reach).all(axis=1))).tolist():
            if lead(i) != lead(j) and gap(places[i], places[j]) <= reach:
                leader[lead(j)] = lead(i)
    parts: dict[int, list[int]] = {}
    for i in range(len(strokes)):
        parts.setdefault(lead(i), []).append(i)
    return list(parts.values())


def evenly(stroke: Stroke, apart: float) -> Stroke:
    """Places along the stroke, none further from the next than about that."""
    stroke = thinned(stroke, apart / 2)
    steps = np.hypot(*np.diff(stroke, axis=0).T)
    total = float(steps.sum())
    if not total:
        return stroke[:1]
    count = int(min(MOST_PLACES, np.ceil(total / apart))) + 1
    known = np.concatenate([[0.0], np.cumsum(steps)])
    at = np.linspace(0.0, total, count)
    return np.column_stack([np.interp(at, known, stroke[:, axis]) for axis in (0, 1)])


def gap(one: Stroke, other: Stroke) -> float:
    """How far the nearest of their places are from each other."""
    return float(np.sqrt(((one[:, np.newaxis] - other) ** 2).sum(axis=2).min()))
