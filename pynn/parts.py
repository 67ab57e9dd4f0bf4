"""The connected parts of a small picture in two colours.

Sets of its cells are integers, with a bit for each cell: a set grows by a cell on all sides
with a few shifts, two sets overlap where `a & b` is not 0, and `int.bit_count` measures one.
With arrays each of these is several calls of NumPy, too slow while somebody draws.
"""

import numpy as np
import numpy.typing as npt

Flags = npt.NDArray[np.bool_]


class Page:
    """A picture's cells, (rows, columns) flags.

    ink   the set of those that are True
    all   the set of all cells
    """

    def __init__(self, inked: Flags) -> None:
        rows, columns = inked.shape
        # A column that stays empty, or else each row would touch the next at its ends.
        self.shape = rows, columns + 1
        self.ink = self._set(inked)
        self.all = self._set(np.ones_like(inked))

    def _set(self, flags: Flags) -> int:
        padded = np.zeros(self.shape, bool)
        padded[:, :-1] = flags
        return int.from_bytes(np.packbits(padded, bitorder="little").tobytes(), "little")

    def flags(self, cells: int) -> Flags:
        """The set as (rows, columns) flags."""
        size = self.shape[0] * self.shape[1]
        packed = np.frombuffer(cells.to_bytes(-(-size // 8), "little"), np.uint8)
        bits = np.unpackbits(packed, count=size, bitorder="little")
        return bits.reshape(self.shape)[:, :-1].astype(bool)

    def grown(self, cells: int, times: int = 1, within: int | None = None) -> int:
        """The set with each cell's eight neighbours, again and again, and all of it `within`."""
        bounds = self.all if within is None else within
        for _ in range(times):
            cells |= cells << 1 | cells >> 1
            cells = (cells | cells << self.shape[1] | cells >> self.shape[1]) & bounds
        return cells

    def parts(self) -> list[int]:
        """The ink's connected parts; cells that touch at a corner are connected."""
        found, rest = [], self.ink
        while rest:
            part, more = 0, rest & -rest
            while more != part:
                part, more = more, self.grown(more, within=rest)
            found.append(part)
            rest ^= part
        return found


def ends(flags: Flags) -> tuple[int, int, int, int]:
    """Top, bottom, left and right of the box of all that is True; four zeros if nothing is."""
    rows, columns = np.any(flags, axis=1), np.any(flags, axis=0)
    if not rows.any():
        return 0, 0, 0, 0
    bottom, right = len(rows) - rows[::-1].argmax(), len(columns) - columns[::-1].argmax()
    return int(rows.argmax()), int(bottom), int(columns.argmax()), int(right)
