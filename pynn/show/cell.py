"""A notebook's cell: whether one is at work, and an output of it that changes in place.

IPython is asked only where its kernel is running, and never imported elsewhere. Its outputs
are the same on every front end and in the saved file, which a carriage return is not.
"""

import os
import sys
import time
from typing import Any

BETWEEN = 0.1  # seconds
MOST_LINES = 100  # of a training in one output


def kernel_shell() -> Any | None:
    """The shell of the Jupyter kernel that runs this; None on a terminal, IPython's too."""
    get = getattr(sys.modules.get("IPython"), "get_ipython", None)
    shell = get() if get is not None else None
    return shell if getattr(shell, "kernel", None) is not None else None


class Output:
    """One output of the cell: it appears when it is first shown, and then changes in place."""

    def __init__(self) -> None:
        # Unlike a count it is never that of an output from before the kernel was restarted.
        self.key, self.shown = os.urandom(8).hex(), False

    def show(self, data: dict[str, str]) -> None:
        """The same thing in several forms, by their MIME types."""
        import IPython.display

        display: Any = IPython.display.display  # it has no types
        display(data, raw=True, display_id=self.key, update=self.shown)
        self.shown = True


class CellLine:
    """What `pynn.show.bars.Line` is on a terminal; its last text stays, and lines above it."""

    live = stays = True

    def __init__(self) -> None:
        self.output, self.drawn = Output(), 0.0
        self.over: list[str] = []
        self.text = ""
        self.behind = False  # the output, since it was drawn

    def write(self, text: str) -> None:
        self.text = text
        self._draw()

    def end(self, text: str) -> None:
        self.over.append(text)
        self.text, self.behind = "", True
        # Epochs may be over more often than anybody can read.
        if time.perf_counter() - self.drawn >= BETWEEN:
            self._draw()

    def clear(self) -> None:
        """Nothing more is written, or something else comes below."""
        if self.behind:
            self._draw()

    def _draw(self) -> None:
        self.drawn, self.behind = time.perf_counter(), False
        lines = [*self.over, self.text] if self.text else self.over
        left_out = len(lines) - MOST_LINES
        if left_out > 0:
            lines = [f"({left_out} lines before)", *lines[left_out:]]
        self.output.show({"text/plain": "\n".join(lines)})
