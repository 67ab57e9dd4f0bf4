"""Progress bars on the standard error stream, redrawn at most ten times a second.

`Progress` is that of `fit`, one line an epoch; `Bar` shows the share of anything. Where
the stream is missing (in a program with windows), closed or broken, nothing is shown.
"""

import shutil
import sys
import time
from contextlib import suppress
from types import TracebackType

BAR = 24
BETWEEN = 0.1  # seconds


class Progress:
    """Writes to the standard error stream; a file or pipe gets finished epochs only."""

    def __init__(self, epochs: int, shown: bool) -> None:
        self.epochs, self.shown = epochs, shown
        self.live = shown and is_terminal()
        self.began = time.perf_counter()
        self.drawn = 0.0
        self.line = ""

    def __enter__(self) -> "Progress":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.live and self.line:
            show("\n")

    def step(self, epoch: int, step: int, steps: int, loss: float) -> None:
        now = time.perf_counter()
        self.number = epoch
        if not self.live or now - self.drawn < BETWEEN:
            return
        self.drawn = now
        done = "=" * (BAR * step // steps)
        self._write(f"{self._place()} [{done:<{BAR}}] loss {loss:.4f}")

    def epoch(self, measured: dict[str, float]) -> None:
        if not self.shown:
            return
        numbers = "  ".join(
            f"{name.replace('_', ' ')} {value:.4f}" for name, value in measured.items()
        )
        self._write(f"{self._place()} {numbers}  {time.perf_counter() - self.began:.1f} s")
        show("\n")
        self.line = ""

    def _place(self) -> str:
        return f"epoch {self.number}/{self.epochs}"

    def _write(self, line: str) -> None:
        # Blanks cover what is left of a longer line before it.
        show(("\r" if self.live else "") + line.ljust(len(self.line)))
        self.line = line


class Bar:
    """How much is done, on a terminal only; `clear` it before anything else is printed.

    timed  also how long it takes from now, if it goes on as since the first `draw`
    """

    def __init__(self, timed: bool = False) -> None:
        self.live, self.drawn, self.timed = is_terminal(), 0.0, timed
        self.began: tuple[float, float] | None = None  # when, and with which share
        self.line = ""

    @property
    def due(self) -> bool:
        """Whether `draw` would draw now; what it tells may take time to find out."""
        return self.live and time.perf_counter() - self.drawn >= BETWEEN

    def draw(self, share: float, told: str = "") -> None:
        """`told` is some words behind the bar."""
        if not self.due:
            return
        self.drawn = now = time.perf_counter()
        self.began = self.began or (now, share)
        line = f"[{'=' * int(BAR * share):<{BAR}}] {share:4.0%}"
        texts = [line, told, self._left(now, share) if self.timed else ""]
        # A line that the terminal breaks could not be drawn over.
        line = "  ".join(text for text in texts if text)[: shutil.get_terminal_size().columns - 1]
        show("\r" + line.ljust(len(self.line)))
        self.line = line

    def _left(self, now: float, share: float) -> str:
        began, first = self.began or (now, share)
        if share - first < 0.001 or now - began < 1.0:
            return ""  # as yet nobody knows
        return f"{time_text((now - began) * (1.0 - share) / (share - first))} left"

    def clear(self) -> None:
        if self.line:
            show("\r" + " " * len(self.line) + "\r")
            self.line = ""


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
