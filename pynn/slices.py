"""Many rows, some at a time."""

from collections.abc import Iterator
from itertools import pairwise


def slices(count: int, most: int) -> Iterator[slice]:
    """Slices of so many rows, each but the last of `most`."""
    for start in range(0, count, most):
        yield slice(start, min(start + most, count))


def even_slices(count: int, most: int) -> Iterator[slice]:
    """The same, as even and as few as can be, none of more than `most`."""
    parts = -(-count // most)
    places = [count * part // parts for part in range(parts + 1)]
    for start, stop in pairwise(places):
        yield slice(start, stop)
