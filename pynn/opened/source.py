"""The lines of Python that did it, as they stand in the package's own files."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Line:
    """text without its indentation, and where it stands: pynn/layers/dense.py, 63."""

    file: str
    number: int
    text: str


# What says nothing of the mathematics.
SILENT = ("#", "if not by_kernel", "if by_kernel", "return", '"""', "if not need_dx", "if done")
MOST = 12


ADAM = ("running_mean", "rate /=", "root =", "np.sqrt", "work", "w -=", "w *=", "w +=", "np.divide")
# Which lines of a kind of layer, an activation or an optimizer made what stands under a letter.
MADE: dict[str, dict[str, tuple[str, ...]]] = {
    "softmax": {"s": ("np.subtract",), "e": ("np.exp",), "a": ("out /=",)},
    "BatchNorm": {
        "a": ("mean =", "np.subtract", "squares", "variance", "self._divide"),
        "dγ": ("dx = np.multiply", "dx.sum"),
        "dβ": ("rows.sum",),
        "dx": ("np.multiply", "dx -=", "dx +=", "dx *="),
    },
    "Dropout": {
        "a": ("check_generator", "np.greater", "self.scale *=", "return np"),
        "dx": ("return",),
    },
    "MaxPool2D": {"a": ("np.copyto", "np.maximum"), "dx": ("largest", "np.multiply(da, largest")},
    "AvgPool2D": {"a": ("a +=", "a *="), "dx": ("da *=", "dx[")},
    "Dense": {
        "dW": ("self.matmul(x.T",),
        "db": ("self.sum_rows",),
        "dx": ("self.matmul(dz",),
    },
    "Conv2D": {
        "dW": ("total +=", "np.sum(windows"),
        "db": ("total +=", "np.sum(total"),
        "dx": ("spread", "windows.scatter"),
    },
    "SGD": {"W": ("step =", "velocity *=", "velocity +=", "np.multiply(velocity", "w +=")},
    "RMSprop": {"W": ("running_mean", "np.sqrt", "work +=", "np.divide", "work *=", "w +=")},
    "Adam": {"W": ADAM},
    "AdamW": {"W": ADAM},
    "Flatten": {"a": ("return",), "dx": ("return",)},
}  # fmt: skip


def lines_that_made(letter: str, kind: str, made_by: Callable[..., Any]) -> tuple[Line, ...]:
    """Of a function of that kind, the lines for one letter; all where it is not known which."""
    return lines_of(made_by, *MADE.get(kind, {}).get(letter, ()))


def lines_of(made_by: Callable[..., Any], *starts: str) -> tuple[Line, ...]:
    """The lines of a function that begin like one of `starts`; those of its body where none does.

    Nothing where the source is not at hand.
    """
    try:
        text, first = inspect.getsourcelines(made_by)
        path = inspect.getsourcefile(made_by) or ""
    except (OSError, TypeError):
        return ()
    parts = Path(path).parts
    at = len(parts) - 1 - parts[::-1].index("pynn") if "pynn" in parts else len(parts) - 1
    file = "/".join(parts[at:])
    body = 1 + next(i for i, line in enumerate(text) if line.rstrip().endswith(":"))
    lines = [Line(file, first + i, line.strip()) for i, line in enumerate(text) if i >= body]
    found = [line for line in lines if starts and line.text.startswith(starts)]
    said = [line for line in lines if line.text and not line.text.startswith(SILENT)]
    return tuple(found or said or lines)[:MOST]
