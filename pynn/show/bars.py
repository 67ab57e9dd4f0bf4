"""Progress bars on the standard error stream, redrawn at most ten times a second.

`Progress` is that of `fit`, one line an epoch; `Bar` shows the share of anything. Where
the stream is missing (in a program with windows), closed or broken, nothing is shown.
"""

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
    """How much is done, on a terminal only; `clear` it before anything else is printed."""

    def __init__(self) -> None:
        self.live, self.drawn = is_terminal(), 0.0
        self.line = ""

    def draw(self, share: float) -> None:
        if self.live and time.perf_counter() - self.drawn >= BETWEEN:
            self.drawn = time.perf_counter()
            self.line = f"[{'=' * int(BAR * share):<{BAR}}] {share:4.0%}"
            show("\r" + self.line)

    def clear(self) -> None:
        if self.line:
            show("\r" + " " * len(self.line) + "\r")
            self.line = ""


def is_terminal() -> bool:
    try:
        return sys.stderr.isatty()
    except (AttributeError, ValueError):  # missing or too simple; closed
        return False


def show(text: str) -> None:
    with suppress(AttributeError, ValueError, OSError):  # missing; closed; broken
        sys.stderr.write(text)
        sys.stderr.flush()
