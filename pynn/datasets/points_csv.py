"""Points of one's own as CSV: what a spreadsheet or a text editor has."""

import csv
import io
import math
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pynn.datasets.points import HIGH, LOW, MOST_LABELS, MOST_OWN, PointsError, as_points, short
from pynn.limits import check_text


class Labelled(NamedTuple):
    """What a CSV file has.

    labels  the words of the classes, in the order of their numbers
    scaled  whether the points were moved into the plane
    """

    x: npt.NDArray[np.float64]
    y: npt.NDArray[np.int64]
    labels: list[str]
    scaled: bool


def read_csv(text: str) -> Labelled:
    """Lines of x1, x2 and a label; commas, semicolons or tabs between them; maybe a head.

    At most 2,000 points and four labels, which become classes in the order of their numbers,
    or of the alphabet. Points that reach beyond the plane are scaled into it, each axis by
    itself. Raises PointsError, which names the first bad line.
    """
    check_text("read_csv", "CSV", text)
    rows = list(_rows(text.removeprefix("\N{BYTE ORDER MARK}")))
    if rows and number_in(rows[0][1][0]) is None and number_in(rows[0][1][1]) is None:
        del rows[0]
    if not rows:
        raise PointsError("none", "lines of x1, x2 and a label", "none")
    if len(rows) > MOST_OWN:
        raise PointsError("many", f"at most {MOST_OWN:,} points", len(rows), high=MOST_OWN)
    places: list[list[float]] = []
    said: list[str] = []
    for line, (first, second, label) in rows:
        place = []
        for cell in (first, second):
            number = number_in(cell)
            if number is None:
                raise PointsError("number", "a number", short(cell) or "nothing", line=line)
            place.append(number)
        if not label:
            raise PointsError("label", "a label", "nothing", line=line)
        if label not in said and len(set(said)) == MOST_LABELS:
            wanted = f"at most {MOST_LABELS} labels"
            raise PointsError("labels", wanted, short(label), line=line, high=MOST_LABELS)
        places.append(place)
        said.append(label)
    labels = in_order(set(said))
    y = np.array([labels.index(label) for label in said], np.int64)
    x = np.array(places)
    scaled = bool((x < LOW).any() or (x > HIGH).any())
    return Labelled(_into_plane(x) if scaled else x, y, labels, scaled)


def write_csv(x: npt.ArrayLike, y: npt.ArrayLike) -> str:
    """CSV with the head "x1,x2,label"; `read_csv` gives the same points again.

    Raises ValueError unless x is (n, 2) and finite, and y (n,).
    """
    places, labels = as_points("write_csv", x, y)
    if not np.isfinite(places).all():
        raise ValueError("write_csv: expected x as finite numbers, got NaN or infinity")
    pairs = zip(places.tolist(), labels.tolist(), strict=True)
    lines = [f"{a!r},{b!r},{label}" for (a, b), label in pairs]
    return "\n".join(["x1,x2,label", *lines, ""])


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Line numbers and three cells of each line that is not empty."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    between = next((sign for sign in "\t;" if first.count(sign) >= 2), ",")
    reader = csv.reader(io.StringIO(text, newline=None), delimiter=between, skipinitialspace=True)
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if not any(cells):
                continue
            if len(cells) != 3:
                wanted, line = "x1, x2 and a label", reader.line_num
                raise PointsError("cells", wanted, len(cells), line=line)
            yield reader.line_num, cells
    except csv.Error as error:
        raise PointsError("csv", "CSV", short(str(error)), line=reader.line_num) from None


def number_in(cell: str) -> float | None:
    """A finite number; between semicolons it may have a decimal comma."""
    try:
        number = float(cell.replace(",", ".") if cell.count(",") == 1 else cell)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def in_order(labels: Iterable[str]) -> list[str]:
    """By their numbers where all are numbers, else by the alphabet."""
    numbers = {label: number_in(label) for label in labels}
    if any(number is None for number in numbers.values()):
        return sorted(numbers)
    return sorted(numbers, key=lambda label: (numbers[label], label))


def _into_plane(x: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Each axis from -1 to 1; one that is the same everywhere, at 0."""
    # Halves: the widest range of floats has no number.
    low, high = x.min(axis=0) / 2, x.max(axis=0) / 2
    wide = np.where(high > low, high - low, 1.0)
    return np.where(high > low, 2.0 * ((x / 2 - low) / wide) - 1.0, 0.0)
