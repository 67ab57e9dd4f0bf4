"""Which strokes are one digit and which another, by how they lie on the paper.

What is small and far from the rest is a speck. Parts above each other belong together; a wide one
may be several digits that touch, so it is cut where little ink is. Which of the pieces belong
together after all, a network says: see `pynn.reader.reader`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pynn.reader.runs import runs
from pynn.reader.strokes import Stroke, box_of, length_of, size_of
from pynn.reader.touching import evenly, gap, parts_of

# A part up to this size, against the largest, is a speck where it lies further off than its ink is
# worth: half a size away only what has a quarter of the ink belongs to a digit, and what has half
# of it always. The same holds for images of ink: see `pynn.dirt`.
SMALL, LARGE = 0.35, 0.5
# Parts are above each other when they share so much of the narrower one's width.
ABOVE = 0.5
# A part wider than that, against its height, may be several digits that touch.
WIDE = 0.75
# It is cut where a column has this share of the mean ink at most, so many shares of the height
# from its ends and from other cuts, and in so many places at most.
LITTLE, CUT_APART, MOST_CUTS = 0.75, 0.25, 4
# A gap from top to bottom parts two digits from this share of the height on.
LEAST_GAP = 0.04
COLUMNS = 48


@dataclass(frozen=True)
class Piece:
    """Strokes that one digit holds all of.

    box  left, top, right and bottom of the pen's places
    cut  it was cut off the piece to its left
    """

    strokes: tuple[Stroke, ...]
    box: tuple[float, float, float, float]
    cut: bool = False

    @classmethod
    def of(cls, strokes: Sequence[Stroke], cut: bool = False) -> "Piece":
        return cls(tuple(strokes), box_of(strokes), cut)


def grouped(strokes: Sequence[Stroke], pen: float = 0.0) -> tuple[list[Piece], list[int]]:
    """The pieces from left to right, and the numbers of the strokes that are specks.

    pen  its width on the paper
    """
    if not strokes:
        return [], []
    if size_of(strokes) < pen / 3:  # it hardly moved: a dot
        return [Piece.of([strokes[0][:1]])], []
    parts = parts_of(strokes, pen)
    drawn = [[strokes[i] for i in part] for part in parts]
    specks = specks_among(drawn, pen)
    stray = sorted(i for number in specks for i in parts[number])
    whole = above_each_other([part for i, part in enumerate(drawn) if i not in specks])
    return [piece for part in whole for piece in cut_up(part)], stray


def specks_among(parts: Sequence[Sequence[Stroke]], pen: float) -> set[int]:
    """The numbers of the parts that belong to no digit; the largest is never one of them."""
    sizes = [size_of(part) for part in parts]
    largest = int(np.argmax(sizes))
    small = [i for i, size in enumerate(sizes) if size < SMALL * sizes[largest]]
    return {i for i in small if _is_far(i, parts, sizes, pen)}


def _is_far(
    number: int, parts: Sequence[Sequence[Stroke]], sizes: Sequence[float], pen: float
) -> bool:
    """Whether the nearest larger part is further off than this one's ink is worth."""
    own = np.concatenate([evenly(s, sizes[number] / 4 or 1.0) for s in parts[number]])
    apart, nearest = min(
        (gap(own, np.concatenate([evenly(s, size / 20) for s in part])), i)
        for i, (part, size) in enumerate(zip(parts, sizes, strict=True))
        if size * SMALL > sizes[number]
    )
    worth = min(LARGE, (max(apart - pen, 0.0) / sizes[nearest]) ** 2)
    return length_of(parts[number]) + pen < worth * (length_of(parts[nearest]) + pen)


def above_each_other(parts: Sequence[Sequence[Stroke]]) -> list[list[Stroke]]:
    """Those above each other as one, from left to right."""
    columns: list[list[Stroke]] = []
    for part in sorted(parts, key=_middle):
        left, _, right, _ = box_of(part)
        if columns:
            start, _, end, _ = box_of(columns[-1])
            narrower = min(right - left, end - start)
            shared = min(right, end) - max(left, start)
            if shared > ABOVE * narrower:
                columns[-1] += part
                continue
        columns.append(list(part))
    return columns


def _middle(part: Sequence[Stroke]) -> float:
    left, _, right, _ = box_of(part)
    return left + right


def cut_up(part: Sequence[Stroke]) -> list[Piece]:
    """The part, in pieces where it has gaps, or is wide and has places with little ink."""
    pieces: list[Piece] = []
    rest, touches = list(part), False
    for place, is_gap in cuts_of(part):
        before, after = parted(rest, place)
        if before and after:
            pieces.append(Piece.of(before, cut=touches))
            rest, touches = after, not is_gap
    return [*pieces, Piece.of(rest, cut=touches)]


def cuts_of(part: Sequence[Stroke]) -> list[tuple[float, bool]]:
    """Places from left to right where there is no ink (True), or little of it in a wide part."""
    left, top, right, bottom = box_of(part)
    height = bottom - top
    if right == left:
        return []
    edges = np.linspace(left, right, COLUMNS + 1)
    middles = (edges[1:] + edges[:-1]) / 2
    places = np.concatenate([evenly(s, (right - left) / (2 * COLUMNS)) for s in part])
    ink = np.histogram(places[:, 0], edges)[0].astype(float)
    chosen = {
        float(middles[gap].mean()): True
        for gap in runs(np.flatnonzero(ink == 0))
        if len(gap) * (right - left) / COLUMNS > LEAST_GAP * height
    }
    if right - left > WIDE * height:
        smooth = np.convolve(ink, [0.25, 0.5, 0.25], mode="same")
        most = len(chosen) + MOST_CUTS
        for column in np.argsort(smooth, kind="stable"):
            place = float(middles[column])
            if smooth[column] > LITTLE * ink.mean() or len(chosen) == most:
                break
            if min(abs(place - other) for other in [left, right, *chosen]) >= CUT_APART * height:
                chosen[place] = False
    return sorted(chosen.items())


def parted(strokes: Sequence[Stroke], place: float) -> tuple[list[Stroke], list[Stroke]]:
    """What lies to the left of the place and what to the right; strokes across it are cut."""
    sides: tuple[list[Stroke], list[Stroke]] = ([], [])
    for stroke in strokes:
        x = stroke[:, 0]
        right = x > place
        turns = np.flatnonzero(right[1:] != right[:-1]) + 1
        for piece in np.split(np.arange(len(x)), turns):
            run = stroke[piece]
            if piece[0] > 0:
                run = np.vstack([_crossing(stroke[piece[0] - 1], stroke[piece[0]], place), run])
            if piece[-1] < len(x) - 1:
                run = np.vstack([run, _crossing(stroke[piece[-1]], stroke[piece[-1] + 1], place)])
            sides[int(right[piece[0]])].append(run)
    return sides


def _crossing(start: Stroke, end: Stroke, place: float) -> Stroke:
    share = (place - start[0]) / (end[0] - start[0])
    crossing: Stroke = start + share * (end - start)
    return crossing
