"""Local steps: members go some steps alone, and then what they have come to is averaged.

So a round of k steps sends once what k steps would send k times. It is another training than
that in step (McMahan et al. 2017, "Communication-efficient learning of deep networks from
decentralized data"). What the optimizer keeps is averaged too (Yu, Jin, Yang 2019, "On the
linear speedup analysis of communication efficient momentum SGD"), so all there is to remember
of a round is one network and one optimizer. The weight of a member is how many rows it has
learned from in the round.

A mini-batch is a member's own here. An epoch is over when every member has passed its rows.
"""

from typing import Any

import numpy as np

from pynn.distributed.remote import Numbers, Remote, tally_of
from pynn.distributed.work import Moved, Round, move
from pynn.limits import MOST, cast
from pynn.matmul import Array
from pynn.state import State
from pynn.steps import RunningLoss, Step


class RoundNumbers(Numbers):
    """The place in an epoch is that of the member who has most rows; `drawn` are seeds."""

    def __init__(self, *given: Any, local_steps: int, members: int) -> None:
        self.local_steps, self.members = local_steps, members
        super().__init__(*given)

    @property
    def left(self) -> int:
        """Rounds that this epoch still has."""
        return -(-(len(self.rows) - self.row) // (self.size * self.local_steps))

    @property
    def steps(self) -> int:
        """Rounds of this epoch, or of any."""
        whole = -(-len(self.rows) // (self.size * self.local_steps))
        return self.taken + self.left if self.epoch else whole

    def move_on(self) -> int:
        self.row = min(self.row + self.size * self.local_steps, len(self.rows))
        self.taken += 1
        return self.row

    def drawn(self, order: np.random.Generator) -> Array:
        """A seed of the order of each member's rows."""
        return order.integers(2**63, size=self.members)

    def order_seed(self, member: int) -> int | None:
        return None if self._shuffled is None else int(self._shuffled[member])


class Rounds(Remote):
    """A training of which each step is a round of local steps."""

    batches: RoundNumbers

    def group(self, most: int = MOST) -> list[Step]:
        if most < 1 or not self._left():
            return []
        batches, counts = self.batches, self.members.counts
        epoch, row, steps, tally = batches.epoch, batches.row, batches.steps, tally_of(self.loss)
        with self.network.lock, self.unmoved():
            parts = {"network": self.network.state(), "optimizer": self.optimizer.state()}
            state, noise = State.join(parts), self.seeds(len(counts))
            asked = {
                member: Round(
                    state, (batches.order_seed(member), noise[member]), row, batches.local_steps,
                    batches.size, batches.augment, self.clip_norm, tally,
                )
                for member, count in enumerate(counts)
                if row < count
            }  # fmt: skip
            moved: list[Moved] = self.members.ask(move, asked)
            self._meet(moved)
            batches.move_on()
        loss = RunningLoss(self.loss)
        for one in moved:
            loss.total, loss.examples = loss.total + one.total, loss.examples + one.rows
            if tally is not None and one.tally is not None:
                tally.merge(one.tally)
        if np.isfinite(loss.total):
            self.running.total += loss.total
            self.running.examples += loss.examples
        return self._sound([Step(epoch, batches.taken, steps, loss.examples, _value(loss))])

    def _meet(self, moved: list[Moved]) -> None:
        """Network and optimizer become the mean of what the members have made of them."""
        rows = sum(one.rows for one in moved) or 1
        plain = dict(moved[0].state.plain)
        updates = max(one.state.plain["optimizer/updates"] for one in moved)
        plain["optimizer/updates"] = updates
        arrays = {}
        for name, first in moved[0].state.arrays.items():
            # In the members' order, so that the bits do not depend on who is first.
            total = np.zeros(first.shape, np.float64)
            for one in moved:
                total += one.state.arrays[name] * (one.rows / rows)
            arrays[name] = cast(total, first.dtype)
        mean = State(arrays, plain)
        restoring = [
            self.network.restoring(mean.part("network")),
            self.optimizer.restoring(mean.part("optimizer"), self.network.parameters),
        ]
        for put_back in restoring:
            put_back()


def _value(loss: RunningLoss) -> float:
    """NaN where a member's loss was."""
    return loss.value if np.isfinite(loss.total) else float(loss.total)
