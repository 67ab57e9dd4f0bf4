"""A program on a terminal: lines on standard output, and a bar while a loop is under way.

Curves, images and maps are left to who can draw them, see `pynn/show/figures.py`.
"""

from collections.abc import Mapping
from pathlib import Path

from pynn.show.bars import Bar
from pynn.show.items import Compared, Diagram, File, Item, Line, Table

DIAGRAM_HEAD = ["layer", "output", "parameters"]
NAME, PUBLISHED = 36, 18  # columns of what is compared


class Terminal:
    """Prints everything at once, and the bar on the standard error stream."""

    def __init__(self) -> None:
        self.bar, self.headed = Bar(), False

    def item(self, item: Item) -> None:
        match item:
            case Line(text):
                self._print(text)
            case Compared(name, published, here, at):
                if not self.headed:
                    self._print(columns("", "published", "here"))
                self.headed = True
                self._print(columns(compared_name(name, at), published or "-", here))
            case Diagram():
                self._print(aligned([DIAGRAM_HEAD, *diagram_rows(item)]))
            case Table(_, head, rows):
                self._print(aligned([head, *rows] if head else rows))
            case File(name, content):
                Path(name).write_bytes(content)
                self._print(f"saved {name}")

    def progress(self, share: float) -> None:
        if share < 1.0:
            self.bar.draw(share)
        else:
            self.bar.end()

    def _print(self, text: str) -> None:
        self.bar.clear()
        print(text, flush=True)


def aligned(rows: list[list[str]]) -> str:
    """The columns below one another: numbers to the right, other texts to the left."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            text.rjust(width) if is_numeral(text) else text.ljust(width)
            for text, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    )


def diagram_rows(diagram: Diagram) -> list[list[str]]:
    rows = [["input", shape_text(diagram.inputs), ""]]
    return rows + [[text, shape_text(shape), f"{size:,}"] for text, shape, size in diagram.layers]


def compared_name(name: str, at: Mapping[str, int | float | str]) -> str:
    """The name of a result, and when or where it was had."""
    when = ", ".join(
        f"{value:,} {key}" if isinstance(value, (int, float)) else f"{key} {value}"
        for key, value in at.items()
    )
    return f"{name} ({when})" if when else name


def is_numeral(text: str) -> bool:
    try:
        float(text.replace(",", ""))
    except ValueError:
        return False
    return True


def shape_text(shape: tuple[int, ...]) -> str:
    return " x ".join(map(str, shape))


def columns(name: str, published: str, here: str) -> str:
    return f"{name:<{NAME}}  {published:<{PUBLISHED}}  {here}".rstrip()
