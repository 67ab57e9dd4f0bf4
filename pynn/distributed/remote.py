"""What trainings by members have in common: rows known by their numbers, and a place that
stays when the cluster is lost.
"""

from collections.abc import Generator, Iterator
from contextlib import contextmanager

import numpy as np

from pynn.batches import Batches
from pynn.distributed.members import Members
from pynn.losses import Loss
from pynn.matmul import Array
from pynn.network import Network
from pynn.steps import Diverged
from pynn.tally import Counted, Tally
from pynn.training import Plan
from pynn.training_steps import Training


class Numbers(Batches):
    """Mini-batches of rows that are elsewhere: their numbers in the whole of the data.

    count      rows
    extremes   the smallest and the largest numbers among them
    telling    targets that say what all are, see `Report`
    """

    def __init__(
        self, network: Network, plan: Plan, count: int, extremes: Array, telling: Array
    ) -> None:
        # As long as the data, in the memory of one row.
        rows = np.broadcast_to(extremes[:1], (count, 1))
        super().__init__(network, rows, telling, plan.size, plan.order, plan.augment, plan.noise)
        self.extremes = extremes

    def learn_units(self) -> None:
        self.network.units.learn(self.extremes)

    def group(self, most: int) -> Generator[tuple[Array, Array, Array | None]]:
        row = self.row
        numbers = self._numbers(row, self.move_on())
        if isinstance(numbers, slice):
            numbers = np.arange(numbers.start, numbers.stop)
        yield numbers, self.targets, None


class Remote(Training):
    """A training whose rows are with its members."""

    def __init__(self, network: Network, plan: Plan, members: Members, batches: Numbers) -> None:
        self.members = members
        super().__init__(network, batches, plan.loss, plan.optimizer, plan.epochs, plan.clip_norm)

    def _look(self) -> None:
        """It is a member who looks ahead, if anyone."""
        self._looked_for, self.ahead = (self.batches.size, self.batches.augment), None

    @contextmanager
    def unmoved(self) -> Iterator[None]:
        """What fails in here leaves the place in the epoch, and the noise, where they were."""
        batches, noise = self.batches, self.noise.bit_generator
        kept, drawn = (batches.row, batches.taken), noise.state
        try:
            yield
        except Diverged:  # the last step is one that was made
            raise
        except BaseException:
            (batches.row, batches.taken), noise.state = kept, drawn
            raise

    def seeds(self, count: int) -> list[int]:
        """One for each member, drawn from the noise."""
        return [int(seed) for seed in self.noise.integers(2**63, size=count)]


def tally_of(loss: Loss) -> Tally | None:
    """The tally that a loss shows its rows to, if there is one."""
    return loss.tally if isinstance(loss, Counted) else None
