"""The bar on a terminal: what it tells beside the share, and how long it still takes."""

import io
import sys
import time

import pytest

from pynn.show.bars import Bar, time_text


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, which a test sets."""
    clock = [100.0]
    monkeypatch.setattr(time, "perf_counter", lambda: clock[0])
    return clock


def screen_in(monkeypatch: pytest.MonkeyPatch, columns: int) -> Screen:
    """Not a fixture: what pytest captures takes its place back before the test."""
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("COLUMNS", str(columns))
    return screen


def test_time_left_goes_by_the_share_since_the_first(
    now: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = screen_in(monkeypatch, 100)
    bar = Bar(timed=True)
    bar.draw(0.5, "loss 0.3")  # a training that goes on
    assert screen.getvalue() == "\r[============            ]  50%  loss 0.3"
    now[0] += 0.05
    assert not bar.due
    bar.draw(0.6)
    assert "60%" not in screen.getvalue()
    now[0] += 9.95
    assert bar.due
    bar.draw(0.6, "loss 0.2")
    assert screen.getvalue().endswith("60%  loss 0.2  40 s left")
    now[0] += 1
    bar.draw(0.7)
    # Blanks cover the longer line before it.
    assert screen.getvalue().rpartition("\r")[2].rstrip().endswith("70%  17 s left")
    bar.clear()
    assert screen.getvalue().endswith(" \r")


def test_a_line_is_no_longer_than_the_terminal(
    now: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = screen_in(monkeypatch, 50)
    Bar().draw(0.5, "x" * 100)
    assert len(screen.getvalue()) == 50  # and a column for the cursor


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.2, "0 s"), (59.4, "59 s"), (59.6, "1 min 0 s"), (200, "3 min 20 s"), (3900, "1 h 5 min")],
)
def test_times_are_read_at_a_glance(seconds: float, text: str) -> None:
    assert time_text(seconds) == text
