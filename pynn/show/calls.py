"""The calls by which a program shows something. Each is one line of it."""

from collections.abc import (
    AsyncIterator,
    Collection,
    Generator,
    Iterator,
    Mapping,
    Sequence,
)
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt

from pynn.limits import as_float, as_numbers, check_flag, check_text, is_number, shown, worded
from pynn.network import Network, check_network
from pynn.show.items import (
    Backend,
    Compared,
    Diagram,
    Extent,
    File,
    Images,
    Line,
    Plane,
    Point,
    Table,
)
from pynn.show.stage import Stage, check_countable, present
from pynn.show.tables import table_of
from pynn.show.wanted import setting_like

T = TypeVar("T")


def to(backend: Backend, settings: Mapping[str, Any] | None = None) -> Stage:
    """`with show.to(backend):` shows there what is shown meanwhile, in the place of a terminal.

    settings  what `setting` gives meanwhile, by name

    Raises ValueError for what nothing can be shown on.
    """
    able = all(callable(getattr(backend, name, None)) for name in ("item", "progress"))
    if isinstance(backend, type) or not able:
        raise ValueError(f"to: expected a backend with item and progress, got {shown(backend)}")
    if not isinstance(settings, Mapping | None):
        raise ValueError(f"to: expected settings by name, got {shown(settings)}")
    return Stage(backend, settings)


def setting(
    name: str,
    default: Any,
    *,
    short: Any = None,
    low: float | None = None,
    high: float | None = None,
    options: Sequence[str] = (),
    most: int = 1,
) -> Any:
    """A number or word that may be had otherwise: the published value unless another is wanted.

    default    a whole number, a number, a word, or a list of whole numbers
    short      what a shorter version of the program has in its place
    low, high  the limits of a number
    options    all words that it may be
    most       numbers in a list

    Who runs the program may want another, as `pynn recipe skyone --epochs 1` does. All these
    must stand in the text as they are: options and forms are made from it beforehand.
    Raises ValueError where another is wanted that does not fit.
    """
    check_text("setting", "name", name)
    kind = setting_like(name, default, low, high, options, most)
    wanted = present().settings.get(name, default)
    return wanted if kind is None else kind.read(wanted)


def line(text: object) -> None:
    """A line of text."""
    present().backend.item(Line(worded(text)))


class progress(Generic[T]):
    """`for item in show.progress(items):` is a loop whose progress is seen.

    A loop within another one fills one turn of it. Where a page runs the program in slices
    it may also pause here, see `pynn/show/script.py`. Raises ValueError for items without an end.
    """

    def __init__(self, items: Collection[T]) -> None:
        self.items = check_countable(items)

    def __iter__(self) -> Iterator[T]:
        return present().turns(self.items)

    def __aiter__(self) -> AsyncIterator[T]:
        return _Pausing(iter(self))


class _Pausing(AsyncIterator[T]):
    """The same loop in a program that runs in slices: it stands still before every turn."""

    def __init__(self, turns: Iterator[T]) -> None:
        self.turns = turns

    async def __anext__(self) -> T:
        await _PAUSE
        try:
            return next(self.turns)
        except StopIteration:
            raise StopAsyncIteration from None


class _Pause:
    def __await__(self) -> Generator[None]:
        yield


_PAUSE = _Pause()


def curve(name: str, x: npt.ArrayLike, y: npt.ArrayLike, chart: str = "") -> None:
    """One more point of the curve of this name, or several where x and y are rows (n,).

    A history is shown by curve("loss", range(30), history["loss"]). NaN and infinity leave a gap.

    chart  curves of one chart stand on the same axes
    """
    if not any(np.iterable(given) and not isinstance(given, str) for given in (x, y)):
        points = [(_number("curve", "x", x), _number("curve", "y", y))]
    else:
        rows = as_numbers("curve: expected x", x), as_numbers("curve: expected y", y)
        if rows[0].ndim != 1 or rows[0].shape != rows[1].shape:
            raise ValueError(
                f"curve: expected x and y as two numbers, or as two rows of one length, "
                f"got shapes {rows[0].shape} and {rows[1].shape}"
            )
        points = list(zip(rows[0].tolist(), rows[1].tolist(), strict=True))
    for left, (at, value) in zip(reversed(range(len(points))), points, strict=True):
        point = Point(worded(name), float(at), float(value), worded(chart), more=left > 0)
        present().backend.item(point)


def image(images: npt.ArrayLike, name: str = "", signed: bool = False) -> None:
    """An image (height, width), or several (count, height, width): the newest of a name is seen.

    signed  numbers below 0 are told from those above it, as in weights
    """
    array = as_numbers("image: expected images", images)
    if array.ndim not in (2, 3) or not array.size:
        raise ValueError(
            f"image: expected images of shape (height, width) or (count, height, width), "
            f"got {array.shape}"
        )
    signed = check_flag("image", "signed", signed)
    array = array.reshape(-1, *array.shape[-2:])
    present().backend.item(Images(worded(name), array, signed))


def map(
    network: Network, extent: Extent, points: Mapping[str, npt.ArrayLike] | None = None
) -> None:
    """What a network of two inputs answers everywhere on the plane.

    extent  left, right, bottom and top
    points  rows (x, y, class number) to draw on it, by what they are for: "train" or "test"
    """
    check_network("map", network)
    if network.input_shape != (2,):
        raise ValueError(f"map: expected a network of 2 inputs, got {network.input_shape}")
    rows = {
        name: as_numbers(f"map: expected {name} points", given)
        for name, given in (points or {}).items()
    }
    for name, array in rows.items():
        if array.ndim != 2 or array.shape[1] != 3:
            raise ValueError(f"map: expected {name} points (any, 3), got {array.shape}")
    sides = as_numbers("map: expected extent", extent)
    ordered = sides.shape == (4,) and sides[0] < sides[1] and sides[2] < sides[3]
    if not ordered or not np.isfinite(sides).all():
        raise ValueError(f"map: expected extent as (left, right, bottom, top), got {shown(extent)}")
    left, right, bottom, top = sides.tolist()
    present().backend.item(Plane(network, (left, right, bottom, top), rows))


def network(network: Network) -> None:
    """A network's diagram: its layers, and as lines the weights between them."""
    check_network("network", network)
    present().backend.item(Diagram.of(network))


def table(
    rows: npt.ArrayLike | Sequence[Sequence[object]],
    head: Sequence[str] | None = None,
    name: str = "",
) -> None:
    """A table of numbers and texts: the newest of a name is seen.

    rows  lists of equal length, or an array (rows, columns); a single list is one column
    head  a title for each column
    """
    titles, cells = table_of(rows, head)
    present().backend.item(Table(worded(name), titles, cells))


def compare(name: str, published: str | Sequence[str], here: Any, **at: int | float | str) -> None:
    """Results beside the published ones, with as many decimals as were published.

    published  a text, or one for each number of `here`; "" where nothing was published
    here       a text, which is taken as it is, a number, or an array of them
    at         when or where: `updates=10_000`, say
    """
    texts = [published] if isinstance(published, str) else published
    if not isinstance(texts, (list, tuple)) or not all(isinstance(text, str) for text in texts):
        raise ValueError(f"compare: expected published results as text, got {shown(published)}")
    results = [here] if isinstance(here, str) else as_numbers("compare: expected results", here)
    if len(texts) != np.size(results):
        raise ValueError(
            f"compare: expected as many results as were published, "
            f"got {np.size(results)} beside {len(texts)}"
        )
    for text, result in zip(texts, np.ravel(results).tolist(), strict=True):
        decimals = len(text.partition(".")[2])
        told = result if isinstance(result, str) else f"{result:.{decimals}f}"
        present().backend.item(Compared(worded(name), text, told, at))


def _number(who: str, name: str, value: object) -> float:
    if not is_number(value):
        raise ValueError(f"{who}: expected {name} as a number, got {shown(value)}")
    return as_float(value)


def is_plain(name: str) -> bool:
    """Whether a file in the present folder may be called so."""
    return name not in (".", "..") and not set(name) & set("/\\\0")


def file(name: str, content: bytes) -> None:
    """A file that the program writes, into the present folder, or for the person to save."""
    if not isinstance(content, bytes):
        raise ValueError(f"file: expected content as bytes, got {type(content).__name__}")
    if not isinstance(name, str) or not 0 < len(name) < 100 or not is_plain(name):
        raise ValueError(f"file: expected name as a file name, got {shown(name)}")
    present().backend.item(File(name, content))
