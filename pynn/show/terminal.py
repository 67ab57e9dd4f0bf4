"""A program on a terminal: lines on standard output, and a bar while a loop is under way.

Curves, images and maps are left to who can draw them.
"""

from pathlib import Path

from pynn.show.bars import Bar
from pynn.show.items import Compared, File, Item, Line

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
                when = ", ".join(
                    f"{value:,} {key}" if isinstance(value, (int, float)) else f"{key} {value}"
                    for key, value in at.items()
                )
                title = f"{name} ({when})" if when else name
                self._print(columns(title, published or "-", here))
            case File(name, content):
                Path(name).write_bytes(content)
                self._print(f"saved {name}")

    def progress(self, share: float) -> None:
        if share < 1.0:
            self.bar.draw(share)
        else:
            self.bar.clear()

    def _print(self, text: str) -> None:
        self.bar.clear()
        print(text, flush=True)


def columns(name: str, published: str, here: str) -> str:
    return f"{name:<{NAME}}  {published:<{PUBLISHED}}  {here}".rstrip()
