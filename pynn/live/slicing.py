"""Work in slices of time."""

import time
from collections.abc import Callable


def until(deadline: float, work: Callable[[], None], done: Callable[[], bool]) -> None:
    """Again and again until it is done, or the deadline of `time.perf_counter`; at least once."""
    while not done():
        work()
        if time.perf_counter() >= deadline:
            return
