"""Where a program shows things at the moment, and the settings that it is run with."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar, Token
from functools import cache
from types import TracebackType
from typing import Any, TypeVar

from pynn.limits import shown
from pynn.show.cell import kernel_shell
from pynn.show.items import Backend
from pynn.show.terminal import Terminal

T = TypeVar("T")


class Stage:
    """`with stage:` shows there whatever is shown meanwhile; it may be entered again and again.

    backend   a terminal, say
    settings  values that take the place of those a program has by itself, by name
    """

    def __init__(self, backend: Backend, settings: Mapping[str, Any] | None = None) -> None:
        self.backend, self.settings = backend, dict(settings or {})
        # Of the loops under way, the outermost first: turns that are over, and turns in all.
        self._loops: list[list[float]] = []
        self._tokens: list[Token[Stage]] = []

    def __enter__(self) -> Backend:
        self._tokens.append(_present.set(self))
        return self.backend

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        _present.reset(self._tokens.pop())

    def turns(self, items: Collection[T]) -> Iterator[T]:
        """The items, while the backend is told how many of them are over."""
        with self.counting(len(items)) as over:
            for count, item in enumerate(items):
                over(count)
                yield item
            over(len(items))

    @contextmanager
    def counting(self, total: int) -> Iterator[Callable[[float], None]]:
        """A loop of this many turns: the backend is told of each that is over."""
        loop: list[float] = [0, total]
        self._loops.append(loop)

        def over(count: float) -> None:
            loop[0] = count
            self.backend.progress(self._share())

        try:
            yield over
        finally:
            self._loops = [other for other in self._loops if other is not loop]

    def _share(self) -> float:
        """A loop within another fills one turn of it."""
        share = 0.0
        for over, total in reversed(self._loops):
            share = (over + share) / total if total else 1.0
        return min(share, 1.0)


_present: ContextVar[Stage] = ContextVar("stage")
_terminal = Stage(Terminal())


@cache
def _notebook() -> Stage:
    from pynn.show.notebook import Notebook  # only where there is one

    return Stage(Notebook())


def usual() -> Stage:
    """Where nothing else is chosen: the terminal, or in a notebook the cell at work."""
    return _terminal if kernel_shell() is None else _notebook()


def present() -> Stage:
    return _present.get(None) or usual()


def check_countable(items: Any) -> Any:
    """The items of a loop. Raises ValueError where they cannot be counted beforehand."""
    try:
        len(items), iter(items)
    except TypeError:
        raise ValueError(
            f"progress: expected items that can be counted, got {shown(items)}; "
            f"list() makes them so"
        ) from None
    return items
