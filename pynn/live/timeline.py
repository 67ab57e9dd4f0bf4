"""The states of a run that can be gone back to."""

from bisect import bisect_right
from collections.abc import Callable

from pynn.state import State

# Bytes of all states together.
MOST_BYTES = 32 << 20
# Steps between two states to begin with: a state costs a good part of a small network's step.
EVERY = 16
# What one weighs beside its numbers: names and dictionaries, and the heads of its arrays.
OVERHEAD, ARRAY_OVERHEAD = 3_300, 200


class Timeline:
    """States `every` steps apart.

    When they weigh too much, every second one goes and `every` doubles; so a run gets back to
    any step by the state before it and a replay of fewer than `every` steps.
    """

    def __init__(self, most_bytes: int = MOST_BYTES, every: int = EVERY) -> None:
        self.most_bytes, self.every = most_bytes, every
        self._steps: list[int] = []  # rising; multiples of `every` after the first
        self._states: list[State] = []
        self.nbytes = 0

    def __len__(self) -> int:
        return len(self._steps)

    @property
    def first(self) -> int:
        return self._steps[0]

    def note(self, step: int, state: Callable[[], State]) -> None:
        """What the run is after so many steps; `state` is asked only where one is due."""
        if self._steps and (step % self.every or step <= self._steps[-1]):
            return
        self._steps.append(step)
        self._states.append(state())
        self.nbytes += _weight(self._states[-1])
        while self.nbytes > self.most_bytes and len(self) > 1:
            self._thin()

    def before(self, step: int) -> tuple[int, State]:
        """The last kept step that is not after this one, and its state.

        Raises ValueError where there is none.
        """
        place = bisect_right(self._steps, step) - 1
        if place < 0:
            raise ValueError(f"Timeline: expected a step that has been noted, got {step}")
        return self._steps[place], self._states[place]

    def cut(self, step: int) -> None:
        """Forgets what came after this step."""
        place = bisect_right(self._steps, step)
        self.nbytes -= sum(map(_weight, self._states[place:]))
        del self._steps[place:], self._states[place:]

    def _thin(self) -> None:
        self.every *= 2
        stay = [
            place for place, step in enumerate(self._steps) if not place or not step % self.every
        ]
        self._steps = [self._steps[place] for place in stay]
        self._states = [self._states[place] for place in stay]
        self.nbytes = sum(map(_weight, self._states))


def _weight(state: State) -> int:
    return state.nbytes + OVERHEAD + ARRAY_OVERHEAD * len(state.arrays)
