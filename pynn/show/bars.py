"""Progress bars on the standard error stream, redrawn at most ten times a second.

`Progress` is that of `fit`, one line an epoch; `Bar` shows the share of anything. Where
the stream is missing (in a program with windows), closed or broken, nothing is shown.
In a notebook both are an output of the cell, see `pynn/show/cell.py`.
"""

import shutil
import sys
import time
from contextlib import suppress
from types import TracebackType

from pynn.show.cell import CellLine, kernel_shell

BAR = 24
BETWEEN = 0.1  # seconds


class Line:
    """The last line of the standard error stream, written over and over on a terminal.

    live   whether it is a terminal; a file or pipe gets only lines that are finished
    stays  whether its last text can be read when all is done
    """

    stays = False

    def __init__(self) -> None:
        self.live = is_terminal()
        self.text = ""

    def write(self, text: str) -> None:
        # Blanks cover what is left of a longer line before it.
        show(("\r" if self.live else "") + text.ljust(len(self.text)))
        self.text = text

    def end(self, text: str) -> None:
        """The text stays, and what is written next goes below it."""
        self.write(text)
        show("\n")
        self.text = ""

    def clear(self) -> None:
        if self.text:
            show("\r" + " " * len(self.text) + "\r")
            self.text = ""


def new_line() -> Line | CellLine:
    return Line() if kernel_shell() is None else CellLine()


class Progress:
    """A bar, and a line for each epoch that is over; `shown=False` writes nothing."""

    def __init__(self, epochs: int, shown: bool) -> None:
        self.epochs, self.shown = epochs, shown
        self.line = new_line()
        self.live = shown and self.line.live
        self.began = time.perf_counter()
        self.drawn = 0.0

    def __enter__(self) -> "Progress":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.live and self.line.stays:
            self.line.clear()
        elif self.live and self.line.text:
            show("\n")

    def step(self, epoch: int, step: int, steps: int, loss: float) -> None:
        now = time.perf_counter()
        self.number = epoch
        if not self.live or now - self.drawn < BETWEEN:
            return
        self.drawn = now
        done = "=" * (BAR * step // steps)
        self.line.write(f"{self._place()} [{done:<{BAR}}] loss {loss:.4f}")

    def epoch(self, measured: dict[str, float]) -> None:
        if not self.shown:
            return
        numbers = "  ".join(
            f"{name.replace('_', ' ')} {value:.4f}" for name, value in measured.items()
        )
        self.line.end(f"{self._place()} {numbers}  {time.perf_counter() - self.began:.1f} s")

    def _place(self) -> str:
        return f"epoch {self.number}/{self.epochs}"


class Bar:
    """How much is done, on a terminal or in a notebook; `clear` it before anything else is printed.

    timed  also how long it takes from now, if it goes on as since the first `draw`
    """

    def __init__(self, timed: bool = False) -> None:
        self.line, self.drawn, self.timed = new_line(), 0.0, timed
        self.began: tuple[float, float] | None = None  # when, and with which share

    @property
    def due(self) -> bool:
        """Whether `draw` would draw now; what it tells may take time to find out."""
        return self.line.live and time.perf_counter() - self.drawn >= BETWEEN

    def draw(self, share: float, told: str = "") -> None:
        """`told` is some words behind the bar."""
        if not self.due and not (self.line.stays and share >= 1.0):
            return
        self.drawn = now = time.perf_counter()
        self.began = self.began or (now, share)
        line = f"[{'=' * int(BAR * share):<{BAR}}] {share:4.0%}"
        texts = [line, told, self._left(now, share) if self.timed else ""]
        # A line that the terminal breaks could not be drawn over.
        line = "  ".join(text for text in texts if text)[: shutil.get_terminal_size().columns - 1]
        self.line.write(line)

    def _left(self, now: float, share: float) -> str:
        began, first = self.began or (now, share)
        if share - first < 0.001 or now - began < 1.0:
            return ""  # as yet nobody knows
        return f"{time_text((now - began) * (1.0 - share) / (share - first))} left"

    def clear(self) -> None:
        self.line.clear()

    def end(self) -> None:
        """All is done, which is seen where the bar stays."""
        if self.line.stays:
            self.draw(1.0)
        self.line.clear()


def time_text(seconds: float) -> str:
    """12 s, 3 min 20 s or 1 h 5 min."""
    whole = round(seconds)
    minutes, hours = whole // 60, whole // 3600
    if hours:
        return f"{hours} h {minutes % 60} min"
    return f"{minutes} min {whole % 60} s" if minutes else f"{whole} s"


def is_terminal() -> bool:
    try:
        return sys.stderr.isatty()
    except (AttributeError, ValueError):  # missing or too simple; closed
        return False


def show(text: str) -> None:
    with suppress(AttributeError, ValueError, OSError):  # missing; closed; broken
        sys.stderr.write(text)
        sys.stderr.flush()
