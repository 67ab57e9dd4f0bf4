"""What a table has in its cells."""

from collections.abc import Iterable
from itertools import islice
from typing import Any, TypeGuard

import numpy as np

from pynn.limits import shown, worded

# Nobody reads as many.
MOST_ROWS = 1_000_000


def table_of(rows: object, head: object) -> tuple[list[str], list[list[str]]]:
    """The titles and the cells, see `pynn.show.table`. Raises ValueError."""
    given = rows.tolist() if isinstance(rows, np.ndarray) else rows
    if not is_list(given):
        raise ValueError(f"table: expected rows as lists, got {shown(rows)}")
    if not (head is None or is_list(head)):
        raise ValueError(f"table: expected head as a list of titles, got {shown(head)}")
    lists = [_listed("cells", row) if is_list(row) else [row] for row in _listed("rows", given)]
    titles = [worded(title) for title in _listed("titles", () if head is None else head)]
    lengths = {len(row) for row in lists} | ({len(titles)} if titles else set())
    if len(lengths) > 1:
        raise ValueError(f"table: expected rows of one length, got {sorted(lengths)}")
    return titles, [[cell(one) for one in row] for row in lists]


def cell(value: object) -> str:
    """What a table has for it: of a float six digits that count."""
    if isinstance(value, (float, np.floating)):
        return f"{float(value):.6g}"
    return worded(value)


def is_list(value: object) -> TypeGuard[Iterable[Any]]:
    """Whether this is several values, one after another."""
    return np.iterable(value) and not isinstance(value, (str, bytes))


def _listed(name: str, values: Iterable[Any]) -> list[Any]:
    """All of them, where there is an end to it. Raises ValueError."""
    found = list(islice(values, MOST_ROWS + 1))
    if len(found) > MOST_ROWS:
        raise ValueError(f"table: expected at most {MOST_ROWS:,} {name}, got more")
    return found
