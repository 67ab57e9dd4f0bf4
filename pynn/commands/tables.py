"""Tables of numbers as CSV: a column is the target, all others are what it is told from.

Commas, semicolons or tabs stand between the cells. The first line is a head where none of its
cells is a number; without one, columns are called by their numbers, "1", "2", …
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np

from pynn.datasets.points_csv import number_in
from pynn.limits import shown
from pynn.matmul import Array

Line = tuple[int, list[str]]


@dataclass(frozen=True)
class Table:
    """What a file has.

    x        (n, columns) float64
    said     the target's cells; none where the file has no such column
    lines    where each row stands in the file
    """

    columns: list[str]
    x: Array
    target: str
    said: list[str]
    lines: list[int]
    name: str

    def numbers(self) -> Array:
        """The target's cells as (n,) float64. ValueError, with the line, where one is none."""
        found = []
        for line, cell in zip(self.lines, self.said, strict=True):
            number = number_in(cell)
            if number is None:
                raise ValueError(_bad(self.name, line, self.target, cell))
            found.append(number)
        return np.array(found)


def read_table(path: Path, target: str | None) -> Table:
    """The table with its target: a column's name or number from 1, else the last column.

    Raises ValueError, which names the line and the column of the first bad cell.
    """
    head, lines = _opened(path)
    place = len(head) - 1 if target is None else _place_of(target, head, path.name)
    if len(head) < 2:
        raise ValueError(f"{path.name}: expected at least two columns, got {len(head)}")
    return _filled(path, head, lines, [at for at in range(len(head)) if at != place], place)


def read_columns(path: Path, columns: Sequence[str], target: str) -> Table:
    """The table with these columns in this order, as a network has learned from them.

    They are found by their names; where either has none, by their places, which may leave the
    target out. Raises ValueError.
    """
    head, lines = _opened(path)
    target_at = head.index(target) if target in head else None
    missing = [name for name in columns if name not in head]
    unnamed = all(name == str(at) for at, name in enumerate(head, 1))
    if not missing and not (unnamed and len(head) == len(columns)):
        return _filled(path, head, lines, [head.index(name) for name in columns], target_at)
    if not unnamed and not all(name.isdecimal() for name in columns):
        raise ValueError(f"{path.name}: expected a column {shown(missing[0])}, got none")
    if len(head) == len(columns):
        return _filled(path, list(columns), lines, list(range(len(head))), None)
    raise ValueError(f"{path.name}: expected {len(columns)} columns, got {len(head)}")


def _opened(path: Path) -> tuple[list[str], Iterator[Line]]:
    """The names of the columns, and the lines of cells."""
    lines = _lines(path)
    first = next(lines, None)
    if first is None:
        raise ValueError(f"{path.name}: expected lines of numbers, got none")
    if any(number_in(cell) is not None for cell in first[1]):
        return [str(at) for at in range(1, len(first[1]) + 1)], chain([first], lines)
    return first[1], lines


def _lines(path: Path) -> Iterator[Line]:
    """Line numbers and cells of each line that is not empty."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            start = next((line for line in file if line.strip()), "")
            file.seek(0)
            between = max(",;\t", key=start.count)
            reader = csv.reader(file, delimiter=between, skipinitialspace=True)
            for row in reader:
                cells = [cell.strip() for cell in row]
                if any(cells):
                    yield reader.line_num, cells
    except (csv.Error, UnicodeDecodeError):
        raise ValueError(f"{path.name}: expected CSV as UTF-8 text, got another file") from None


def _place_of(target: str, head: list[str], file: str) -> int:
    """The column of this name, or else of this number from 1."""
    if head.count(target) == 1:
        return head.index(target)
    if target.isdecimal() and 1 <= int(target) <= len(head):
        return int(target) - 1
    raise ValueError(
        f"--target: expected one of {file}'s columns, {shown(', '.join(head))}, "
        f"or its number from 1 to {len(head)}, got {shown(target)}"
    )


def _filled(
    path: Path, head: list[str], lines: Iterator[Line], places: list[int], target: int | None
) -> Table:
    """The table with the columns at these places."""
    rows, said, numbers = [], [], []
    for line, cells in lines:
        if len(cells) != len(head):
            raise ValueError(
                f"{path.name}: line {line}: expected {len(head)} cells, got {len(cells)}"
            )
        try:
            row = np.array([float(cells[at]) for at in places])
            good = bool(np.isfinite(row).all())
        except ValueError:
            good = False
        if not good:  # or with a decimal comma
            row = np.array([_number(path.name, line, head[at], cells[at]) for at in places])
        if target is not None and not cells[target]:
            raise ValueError(f"{path.name}: line {line}: expected a target, got nothing")
        rows.append(row)
        numbers.append(line)
        said += [] if target is None else [cells[target]]
    if not rows:
        raise ValueError(f"{path.name}: expected lines of numbers, got only a head")
    columns, name = [head[at] for at in places], "" if target is None else head[target]
    return Table(columns, np.array(rows), name, said, numbers, path.name)


def _number(file: str, line: int, column: str, cell: str) -> float:
    number = number_in(cell)
    if number is None:
        raise ValueError(_bad(file, line, column, cell))
    return number


def _bad(file: str, line: int, column: str, cell: str) -> str:
    got = shown(cell) if cell else "nothing"
    return f"{file}: line {line}, column {column}: expected a number, got {got}"
