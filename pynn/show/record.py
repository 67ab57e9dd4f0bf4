"""What a program shows, gathered for a page or a test, which takes it when it can draw it."""

from dataclasses import dataclass, field
from typing import TypeVar

from pynn.show.items import Compared, Diagram, File, Images, Item, Line, Plane, Point, Table

T = TypeVar("T")

MOST_LINES = 10_000
MOST_POINTS = 200  # of a curve, at a time


@dataclass
class Taken:
    """What has been shown since it was last taken."""

    lines: list[str] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    images: dict[str, Images] = field(default_factory=dict)  # the newest of each name
    plane: Plane | None = None  # the newest


class Record:
    """Keeps what may be looked at later, and a flood of anything within bounds.

    compared, files  all so far, the newest file of a name
    diagram, tables  the newest, of each name
    share            of the loop under way, 0 to 1
    left_out         lines beyond MOST_LINES
    """

    def __init__(self) -> None:
        self.compared: list[Compared] = []
        self.files: dict[str, File] = {}
        self.diagram: Diagram | None = None
        self.tables: dict[str, Table] = {}
        self.share, self.left_out = 0.0, 0
        self._lines = 0
        self._new = Taken()

    def item(self, item: Item) -> None:
        match item:
            case Line(text) if self._lines < MOST_LINES:
                self._lines += 1
                self._new.lines.append(text)
            case Line():
                self.left_out += 1
            case Point():
                self._new.points.append(item)
            case Images(name):
                self._new.images[name] = item
            case Plane():
                self._new.plane = item
            case Diagram():
                self.diagram = item
            case Table(name):
                self.tables[name] = item
            case Compared():
                self.compared.append(item)
            case File(name):
                self.files[name] = item

    def progress(self, share: float) -> None:
        self.share = share

    def take(self) -> Taken:
        """What is new; of each curve some points evenly, and always its last."""
        taken, self._new = self._new, Taken()
        taken.points = [point for name in curves(taken) for point in thinned(taken, name)]
        return taken


def curves(taken: Taken) -> list[str]:
    return list(dict.fromkeys(point.curve for point in taken.points))


def thinned(taken: Taken, curve: str) -> list[Point]:
    return thin([point for point in taken.points if point.curve == curve])


def thin(points: list[T]) -> list[T]:
    """At most MOST_POINTS of them evenly, the last among them."""
    every = max(1, -(-len(points) // MOST_POINTS))
    return points[(len(points) - 1) % every :: every]
