"""One member: the training itself travels, and goes on where the rows are.

It is the training that `pynn.train` makes, and so are its bits and its state.
"""

import time
from typing import Any

import numpy as np

from pynn.distributed.remote import Remote, tally_of
from pynn.distributed.work import Done, Stretch, advance
from pynn.limits import MOST
from pynn.state import State
from pynn.steps import Diverged, Step

# Seconds that a stretch of steps is to take: how often one sees how it goes, and what is at
# most done again when a worker dies.
STRETCH = 1.0


class Whole(Remote):
    """A training that is done in stretches of steps, each where its one member is."""

    def __init__(self, *given: Any) -> None:
        self._ahead: State | None = None
        self.pace = 8
        super().__init__(*given)

    def group(self, most: int = MOST) -> list[Step]:
        if self._failure is not None:
            failure, self._failure = self._failure, None
            raise failure
        batches = self.batches
        over = not batches.left and self.epochs is not None and batches.epoch >= self.epochs
        if most < 1 or self.diverged or over:
            return []
        tally, steps, began = tally_of(self.loss), min(most, self.pace), time.monotonic()
        stretch = Stretch(self.state(), steps, self.epochs, batches.augment, self.clip_norm, tally)
        done: Done = self.members.ask(advance, {0: stretch})[0]
        if len(done.steps) == self.pace:
            share = STRETCH / max(time.monotonic() - began, 1e-3)
            self.pace = max(1, int(self.pace * min(share, 4.0)))
        self.restore(done.state)
        if tally is not None and done.tally is not None:
            tally.clear()
            tally.merge(done.tally)
        if done.failure is not None:
            self._failure = Diverged(done.failure)
            if not done.steps:
                return self.group(most)
        return done.steps

    def state(self) -> State:
        """The same, and where the member has looked ahead, what it looks at."""
        state = super().state()
        if (ahead := self._ahead) is None:
            return state
        first = self.network.layers[0].params.get("weights", np.empty(0))
        # Who has changed the weights since then has ended that.
        same = np.array_equal(first, ahead.arrays[self._first_name])
        return state | State.join({"ahead": ahead.part("ahead")}) if same else state

    def restore(self, state: State) -> None:
        super().restore(state)
        looks = bool(state.part("ahead").arrays)
        self._ahead = state if looks else None

    @property
    def _first_name(self) -> str:
        return f"network/{self.network.layer_names[0]}.weights"
