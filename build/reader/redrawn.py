"""MNIST's images as strokes: what a hand that draws the same digits again would do.

Two hands: one follows the middle of the lines, the other fills each row of pixels from end to end.
"""

import numpy as np
import numpy.typing as npt

from pynn.reader.strokes import Stroke

Image = npt.NDArray[np.uint8]
Flags = npt.NDArray[np.bool_]

DRAWN = 110
# The eight neighbours of a pixel, clockwise from the one above.
AROUND = [(-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1)]
# Side branches of the middle line up to this many pixels come from bulges of the ink.
SPUR = 3


def filled(image: Image, drawn: int = DRAWN) -> list[Stroke]:
    """One stroke for every run of pixels in a row that have so much ink at least.

    From the middle of the first to the middle of the last, since a pen is round.
    """
    strokes = []
    for row, inked in enumerate(image >= drawn):
        edges = np.flatnonzero(np.diff(np.concatenate(([0], inked.astype(np.int8), [0]))))
        for start, end in edges.reshape(-1, 2):
            places = [(start + 0.5, row + 0.5), (end - 0.5, row + 0.5)]
            strokes.append(np.array(places[:1] if end - start == 1 else places))
    return strokes


def followed(middle: Flags) -> list[Stroke]:
    """Strokes along the middle lines of an image, as `middles` gives them."""
    rest = {(int(y), int(x)) for y, x in np.argwhere(middle)}
    whole = frozenset(rest)
    ends = sorted(p for p in rest if len(_near(p, whole)) == 1)
    lines: list[list[tuple[int, int]]] = []
    while rest:
        start = next((p for p in ends if p in rest), None) or min(rest)
        rest.discard(start)
        line = [start]
        while True:
            ahead = _near(line[-1], rest)
            if not ahead:
                break
            # Straight on where there is a choice.
            line.append(max(ahead, key=lambda p: _straight(line, p)))
            rest.discard(line[-1])
        # It goes on into a line that was followed before, where it meets one.
        for end in (0, -1):
            joined = [p for p in _near(line[end], whole) if p not in line]
            if joined and len(line) > 1:
                line.insert(0, joined[0]) if end == 0 else line.append(joined[0])
        if len(_near(line[0], whole)) > 2 and len(line) > 3 and line[-1] in _near(line[0], whole):
            line.append(line[0])
        lines.append(line)
    long = [line for line in lines if len(line) > SPUR] or lines
    return [_smooth(np.array([(x + 0.5, y + 0.5) for y, x in line])) for line in long]


def _near(
    place: tuple[int, int], among: set[tuple[int, int]] | frozenset[tuple[int, int]]
) -> list[tuple[int, int]]:
    y, x = place
    return [(y + dy, x + dx) for dy, dx in AROUND if (y + dy, x + dx) in among]


def _straight(line: list[tuple[int, int]], ahead: tuple[int, int]) -> float:
    back = line[max(0, len(line) - 4)]
    y, x = line[-1]
    way, on = (y - back[0], x - back[1]), (ahead[0] - y, ahead[1] - x)
    return (way[0] * on[0] + way[1] * on[1]) / float(np.hypot(*on))


def _smooth(places: Stroke) -> Stroke:
    """Without the steps of the pixels."""
    for _ in range(2):
        if len(places) > 2:
            places = np.vstack(
                [places[:1], (places[:-2] + 2 * places[1:-1] + places[2:]) / 4, places[-1:]]
            )
    return places


def middles(images: Image) -> Flags:
    """(n, 28, 28) the middle lines of the ink, a pixel wide (Zhang and Suen's thinning)."""
    ink = np.pad(images >= DRAWN, ((0, 0), (1, 1), (1, 1)))
    changed = True
    while changed:
        changed = False
        for half in (0, 1):
            p = [np.roll(ink, (-dy, -dx), axis=(1, 2)) for dy, dx in AROUND]
            count = sum(q.astype(np.int8) for q in p)
            turns = sum((~p[i] & p[(i + 1) % 8]).astype(np.int8) for i in range(8))
            up, right, down, left = p[0], p[2], p[4], p[6]
            if half == 0:
                free = ~(up & right & down) & ~(right & down & left)
            else:
                free = ~(up & right & left) & ~(up & down & left)
            gone = ink & (count >= 2) & (count <= 6) & (turns == 1) & free
            if gone.any():
                ink, changed = ink & ~gone, True
    return ink[:, 1:-1, 1:-1]
