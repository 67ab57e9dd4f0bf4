"""Members in step: each mini-batch is shared out, and the sum of the gradients moves the network.

What comes out is a single machine's, but for rounding. Batch normalisation measures the rows of
a member against one another, as PyTorch's DistributedDataParallel does; what it remembers is the
mean of what the members do, by their rows. Dropout and augmentation draw from a seed of each
member and step.
"""

import weakref
from typing import Any

import numpy as np

from pynn.distributed.members import Members
from pynn.distributed.remote import Numbers, Remote, tally_of
from pynn.distributed.work import Gradient, Part, flat, gradient, put
from pynn.limits import MOST
from pynn.losses import Loss
from pynn.matmul import Array
from pynn.network import Network
from pynn.steps import Step


class Shared(Network):
    """A network's twin with the same arrays, whose gradients are worked out by members.

    Made by `over`. Its `backpropagate` gets rows by their numbers.
    """

    members: Members
    batches: Numbers

    @classmethod
    def over(cls, network: Network, members: Members, batches: Numbers) -> "Shared":
        twin = cls.__new__(cls)
        # The batches have this twin, and a circle would keep the members' rows for a while.
        own = {"members": members, "batches": weakref.proxy(batches), "most_kept": MOST}
        vars(twin).update(vars(network), **own)
        return twin

    def backpropagate(
        self,
        x: Array,
        targets: Array,
        loss: Loss,
        noise: np.random.Generator | None = None,
        weights: Array | None = None,
    ) -> float:
        parts, numbers = self.members.parts(x), flat(self.arrays)
        augment, tally = self.batches.augment, tally_of(loss)
        seeds: dict[int, Any] = {}
        if noise is not None and (self.needs_noise or augment is not None):
            drawn = noise.integers(2**63, size=len(self.members))
            seeds = {member: int(seed) for member, seed in enumerate(drawn)}
        found: list[Gradient] = self.members.ask(
            gradient,
            {
                member: Part(numbers, rows, seeds.get(member), augment, tally)
                for member, rows in parts.items()
            },
        )
        shares = [len(rows) / len(x) for rows in parts.values()]
        factors = shares if loss.reduction == "mean" else [1.0] * len(shares)
        put(_sum(factors, [one.gradient for one in found]), self.gradients)
        put(_sum(shares, [one.statistics for one in found]), self.statistics)
        for layer in self.neurons:
            layer.add_penalty_gradient()
        for one in found:
            if tally is not None and one.tally is not None:
                tally.merge(one.tally)
        return sum(factor * one.loss for factor, one in zip(factors, found, strict=True))


def _sum(factors: list[float], arrays: list[Array]) -> Array:
    """In the members' order, so that the bits do not depend on who is first."""
    total = arrays[0] * factors[0]
    for factor, array in zip(factors[1:], arrays[1:], strict=True):
        total += array * factor
    return total


class InStep(Remote):
    """A training of which each mini-batch is shared out."""

    batches: Numbers

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        # `group` trains the network of its batches.
        self.batches.network = Shared.over(self.network, self.members, self.batches)

    def group(self, most: int = MOST) -> list[Step]:
        with self.unmoved():
            return super().group(most)
