"""Where a program shows things at the moment, and the settings that it is run with."""

from collections.abc import Collection, Iterator, Mapping
from contextvars import ContextVar, Token
from types import TracebackType
from typing import Any, TypeVar

from pynn.limits import shown
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
        self._loops: list[list[int]] = []
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
        loop = [0, len(items)]
        self._loops.append(loop)
        try:
            for item in items:
                self.backend.progress(self._share())
                yield item
                loop[0] += 1
            self.backend.progress(self._share())
        finally:
            self._loops = [other for other in self._loops if other is not loop]

    def _share(self) -> float:
        """A loop within another fills one turn of it."""
        share = 0.0
        for over, total in reversed(self._loops):
            share = (over + share) / total if total else 1.0
        return min(share, 1.0)


_present: ContextVar[Stage] = ContextVar("stage")
_usual = Stage(Terminal())


def present() -> Stage:
    return _present.get(_usual)


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
