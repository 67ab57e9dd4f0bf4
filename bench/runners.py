"""A runner is one peer at work, in a browser or natively; `interleave` measures several in turn."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol

PATIENCE = 600  # seconds for one answer


class Runner(Protocol):
    """What the bench needs of a peer; anything that goes wrong is an exception in plain words."""

    def open(self) -> str:
        """Starts it; versions for the results."""

    def prepare(self, task: dict[str, Any]) -> None: ...

    def timed(self, what: str) -> float:
        """Seconds of its `epoch` or `accuracy`, by the peer's own clock."""

    def accuracy(self) -> float: ...

    def close(self) -> None: ...


@dataclass
class Series:
    """What one peer showed: its figures, or why there are none."""

    name: str
    place: str  # "Chromium" or "native"
    about: str = ""
    values: list[float] = field(default_factory=list)
    accuracy: float | None = None
    problem: str = ""

    @property
    def median(self) -> float | None:
        return statistics.median(self.values) if self.values else None


@dataclass(frozen=True)
class Entry:
    name: str
    place: str
    make: Callable[[], Runner]


def in_words(error: Exception) -> str:
    """The last line of a message, which is where Python and JavaScript put the reason."""
    lines = [line for line in str(error).strip().splitlines() if line.strip()]
    named = [line for line in lines if "Error" in line and "  at " not in line]
    text = (named or lines or [type(error).__name__])[-1 if named else 0]
    for prefix in ("Page.evaluate: ", "Error: "):
        text = text.strip().removeprefix(prefix)
    return text.replace("|", "/")[:200]


class Contestants:
    """Several peers that are open at once. One that fails keeps its reason and sits out."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.all: list[tuple[Entry, Series, Runner]] = []
        for entry in entries:
            series = Series(entry.name, entry.place)
            self.all.append((entry, series, entry.make()))
            self._try(series, partial(self._open, self.all[-1][2], series))

    @staticmethod
    def _open(runner: Runner, series: Series) -> None:
        series.about = runner.open()

    @staticmethod
    def _try(series: Series, action: Callable[[], Any]) -> Any:
        if series.problem:
            return None
        try:
            return action()
        except Exception as error:
            series.problem = in_words(error)
            return None

    @property
    def series(self) -> list[Series]:
        return [series for _, series, _ in self.all]

    def each(self, action: Callable[..., Any], *own: Sequence[Any]) -> list[Any]:
        """What `action` gives for every peer in turn, None for those that failed.

        `own` holds further arguments, one of each for every peer.
        """
        return [
            self._try(series, partial(action, runner, *more))
            for (_, series, runner), *more in zip(self.all, *own, strict=True)
        ]

    def interleave(
        self, measure: Callable[[Runner], float], rounds: int, budget: float = 45.0
    ) -> None:
        """A B C A B C …; a peer that has used up its seconds sits out, from two values on."""
        for number in range(rounds):
            print(f"  round {number + 1} of {rounds}", flush=True)
            for _, series, runner in self.all:
                if len(series.values) >= 2 and sum(series.values) > budget:
                    continue
                value = self._try(series, partial(measure, runner))
                if value is not None:
                    series.values.append(value)

    def close(self) -> None:
        for _, series, runner in self.all:
            try:
                runner.close()
            except Exception as error:
                series.problem = series.problem or in_words(error)
