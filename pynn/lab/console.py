"""What a program of the lab writes and shows, as entries for a page while the program runs.

The page's thread cannot be asked anything meanwhile, so entries are posted as they come: at
once while they are few, and in bundles where they come in a flood. A flood of text loses its
oldest part, which nobody could have read, and says how much that was.
"""

import sys
import time
from collections import deque
from collections.abc import Callable
from typing import Any

import numpy as np

from pynn.frame import Frame, make_frame, to_scale
from pynn.matmul import Array
from pynn.show.items import Compared, Diagram, File, Images, Item, Line, Plane, Point, Table
from pynn.show.record import thin

POSTS = 25.0  # a second, in the long run
AT_ONCE = 20.0  # posts that may follow one another without a pause
MOST_TEXT = 40_000  # characters that wait for the next post
MOST_PIECE = 4_000  # characters of a line
MOST_IMAGES, MOST_SIDE = 64, 512
MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 200, 60, 4_000

Post = Callable[[Frame], None]


class Console:
    """A back end of `show`, and two streams.

    post   takes a frame: head["entries"] in their order, whose arrays are named by number
    file   the program's name in tracebacks: pictures without a name are told apart by the
           line of it that shows them
    """

    def __init__(self, post: Post, file: str) -> None:
        self.post, self.file = post, file
        self.out, self.err = Stream(self, "out"), Stream(self, "err")
        self._texts: deque[tuple[str, str]] = deque()
        self._waiting_text, self._left_out = 0, 0
        self._entries: list[dict[str, Any]] = []
        self._newest: dict[tuple[str, str], dict[str, Any]] = {}
        self._points: dict[tuple[str, str], list[tuple[float, float]]] = {}
        self._share: float | None = None
        self._blob: bytes | None = None
        self._tokens, self._time = AT_ONCE, time.monotonic()

    # What comes -----------------------------------------------------------------------------
    def write(self, stream: str, text: str) -> None:
        piece = text if len(text) <= MOST_PIECE else shortened(text)
        self._texts.append((stream, piece))
        self._waiting_text += len(piece)
        while self._waiting_text > MOST_TEXT:
            _, lost = self._texts.popleft()
            self._waiting_text -= len(lost)
            self._left_out += lost.count("\n")
        if text.endswith("\n"):
            self.due()

    def item(self, item: Item) -> None:
        match item:
            case Line(text):
                self.write("out", f"{text}\n")
                return
            case Point(curve, x, y, chart):
                self._points.setdefault((chart, curve), []).append((x, y))
            case File(name, content):
                self.flush()
                self._add({"kind": "file", "name": name})
                self._blob = content
                self.flush()
                return
            case Compared(name, published, here, at):
                when = {key: at[key] if is_plain(at[key]) else str(at[key]) for key in at}
                compared = {"name": name, "published": published, "here": here, "at": when}
                self._add({"kind": "compared", **compared})
            case Images(name, images, signed):
                some = scaled(images, signed)
                self._replace("images", name, signed=signed, count=len(images), image=some)
            case Plane():
                points = {f"map_{part}": rows for part, rows in item.points.items()}
                self._replace("map", "", extent=list(item.extent), map=item.chances(), **points)
            case Diagram(inputs, layers, weights):
                rows = [[text, list(shape), size] for text, shape, size in layers]
                arrays = {f"weights_{k}": matrix for k, matrix in enumerate(weights)}
                self._replace("network", "", inputs=list(inputs), layers=rows, **arrays)
            case Table(name, head, cells):
                columns = min(MOST_COLUMNS, max(len(cells[0]) if cells else 0, len(head), 1))
                most = min(MOST_ROWS, MOST_CELLS // columns)
                head = head[:columns]
                texts = [[one[:200] for one in row[:columns]] for row in cells[:most]]
                self._replace("table", name, head=head, rows=texts, count=len(cells))
        self.due()

    def progress(self, share: float) -> None:
        self._share = share
        self.due()

    # What goes ------------------------------------------------------------------------------
    def flush(self) -> None:
        """Posts all that waits."""
        self._gather_text()
        entries, arrays = [], dict[str, Array]()
        for (chart, curve), points in self._points.items():
            thinned = np.array(thin(points))
            self._entries.append({"kind": "points", "chart": chart, "name": curve, "of": thinned})
        if self._share is not None:
            self._entries.append({"kind": "progress", "share": self._share})
        for entry in self._entries:
            plain = {}
            for key, value in entry.items():
                if isinstance(value, np.ndarray):
                    arrays[name := str(len(arrays))] = value
                    value = {"array": name}
                plain[key] = value
            entries.append(plain)
        blob, self._blob = self._blob, None
        self._entries, self._newest, self._points, self._share = [], {}, {}, None
        if entries:
            self.post(make_frame({"entries": entries}, arrays, blob))

    def due(self) -> None:
        """Posts what waits, unless it is a flood."""
        now = time.monotonic()
        self._tokens = min(AT_ONCE, self._tokens + (now - self._time) * POSTS)
        self._time = now
        if self._tokens >= 1.0:
            self._tokens -= 1.0
            self.flush()

    def _gather_text(self) -> None:
        """Waiting text becomes entries, one for each turn of the streams."""
        if self._left_out:
            self._entries.append({"kind": "left_out", "lines": self._left_out})
        last: dict[str, Any] | None = None
        for stream, text in self._texts:
            if last and last["stream"] == stream:
                last["pieces"].append(text)
            else:
                last = {"kind": "text", "stream": stream, "pieces": [text]}
                self._entries.append(last)
        for entry in self._entries:
            if "pieces" in entry:
                entry["text"] = "".join(entry.pop("pieces"))
        self._texts.clear()
        self._waiting_text = self._left_out = 0

    def _add(self, entry: dict[str, Any]) -> None:
        self._gather_text()
        self._entries.append(entry)

    def _replace(self, kind: str, name: str, **words: Any) -> None:
        """Of pictures that nobody has seen yet only the newest goes out."""
        key = name or f"line {self._line()}"
        entry = {"kind": kind, "key": key, "name": name, **words}
        if (kind, key) in self._newest:
            waiting = self._newest[kind, key]
            waiting.clear()
            waiting.update(entry)
        else:
            self._newest[kind, key] = entry
            self._add(entry)

    def _line(self) -> int:
        """Which line of the program is at work."""
        frame = sys._getframe()
        while frame is not None and frame.f_code.co_filename != self.file:
            frame = frame.f_back  # type: ignore[assignment]
        return frame.f_lineno if frame is not None else 0


class Stream:
    """A standard stream of a program: text goes to the console, and it cannot be closed."""

    encoding, errors, closed = "utf-8", "strict", False

    def __init__(self, console: Console, name: str) -> None:
        self.console, self.name = console, f"<{name}>"
        self._name = name

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write: expected text, got {type(text).__name__}")
        if text:
            self.console.write(self._name, text)
        return len(text)

    def writelines(self, lines: Any) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """A line that is not over yet is wanted on the screen."""
        self.console.due()

    def close(self) -> None:
        """A program's streams outlive it."""

    def isatty(self) -> bool:
        return False

    def writable(self) -> bool:
        return True

    def readable(self) -> bool:
        return False


def shortened(text: str) -> str:
    """A very long text: its beginning and its end, with whole lines at its end if there are."""
    half = MOST_PIECE // 2
    left = len(text) - 2 * half
    return f"{text[:half]} … {left:,} characters … {text[-half:]}"


def scaled(images: Array, signed: bool) -> Array:
    """The first few, made smaller if large: within -1 to 1, or within 0 to 1."""
    step = max(1, -(-max(images.shape[1:]) // MOST_SIDE))
    some = np.nan_to_num(images[:MOST_IMAGES, ::step, ::step].astype(float))
    if signed:
        return to_scale(some, axis=(1, 2))
    low = np.minimum(some.min(axis=(1, 2), keepdims=True), 0.0)
    return to_scale(some - low, axis=(1, 2))


def is_plain(value: object) -> bool:
    return type(value) in (str, float, bool) or (type(value) is int and abs(value) < 2**53)
