"""The members of a training, and the data that have been dealt to them."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from distributed import Future

from pynn.chance import Seed
from pynn.classes import tells_classes
from pynn.distributed.cluster import Cluster
from pynn.distributed.kit import Kit, same
from pynn.distributed.shards import Portion, Report, Source, joined, read, report
from pynn.example_weights import ClassWeight, weights_together
from pynn.matmul import Array
from pynn.network import Network
from pynn.training import Plan
from pynn.validation import split


class Loading:
    """Shards on their way: dealt to members once and in order, read and checked.

    Raises ValueError, which names the first shard that is wrong.
    """

    def __init__(
        self, cluster: Cluster, network: Network, plan: Plan, sources: Sequence[Source],
        weigh_classes: bool,
    ) -> None:  # fmt: skip
        who, members = cluster.who, cluster.members
        self.cluster, self.network = cluster, network
        self.kit = cluster.submit(same, Kit.of(network, plan))
        self.dealt = [list(part) for part in np.array_split(np.arange(len(sources)), members)]
        self.shards: list[Future] = []
        reports: list[Future] = []
        for member, numbers in enumerate(self.dealt):
            for source in (sources[number] for number in numbers):
                chunks = (source.x, source.y)
                x, y = (part if part is None else cluster.client.compute(part) for part in chunks)
                shard = cluster.submit_at_home(member, read, self.kit, source.name, x, y)
                self.shards.append(shard)
                reports.append(cluster.submit(report, self.kit, shard, weigh_classes))
        found: list[Report] = cluster.results(reports)
        for one in found:
            if one.fault:
                raise ValueError(f"{who}: {one.fault}")
        kinds = [one.extremes.dtype for one in found]
        for source, kind in zip(sources, kinds, strict=True):
            if kind != kinds[0]:
                raise ValueError(
                    f"{who}: expected all shards as {kinds[0]}, got {kind} in {source.name}"
                )
        self.counts = [one.count for one in found]
        self.extremes = np.concatenate([one.extremes for one in found]).reshape(-1, 1)
        self.telling = np.concatenate([one.telling for one in found])
        self.classes: Array | None = None
        if weigh_classes:
            if not tells_classes(self.telling, plan.loss):
                raise ValueError(
                    f"{who}: expected targets that are classes with class_weight, got other numbers"
                )
            self.classes = np.concatenate([one.classes for one in found if one.classes is not None])
        self.kept: Array | None = None

    def hold_out(self, share: float, seed: Seed) -> tuple[Array, Array]:
        """Such a share of the rows, as `fit` draws it, which no member then has."""
        self.kept, measured = split(sum(self.counts), share, seed)
        starts = np.cumsum([0, *self.counts])
        asked = []
        for shard, start, stop in zip(self.shards, starts, starts[1:], strict=False):
            own = _within(measured, start, stop)
            asked.append(self.cluster.submit(joined, [shard], own, None))
        parts: list[Portion] = self.cluster.results(asked)
        rows = np.concatenate([part.rows for part in parts])
        return rows, np.concatenate([part.targets for part in parts])

    def weights(
        self, sample_weight: npt.ArrayLike | None, class_weight: ClassWeight | None
    ) -> Array | None:
        """How much each row counts that is trained on (n,). Raises ValueError."""
        count, kept, classes = sum(self.counts), self.kept, self.classes
        if kept is not None:
            if sample_weight is not None and np.shape(sample_weight) == (count,):
                sample_weight = np.asarray(sample_weight)[kept]
            classes = None if classes is None else classes[kept]
            count = len(kept)
        who = self.cluster.who
        return weights_together(who, self.network, count, sample_weight, classes, class_weight)

    def members(self, weights: Array | None) -> "Members":
        """Each with its portion. `weights` are of the rows that are trained on."""
        kept = np.arange(sum(self.counts)) if self.kept is None else self.kept
        ends = np.cumsum([sum(self.counts[n] for n in numbers) for numbers in self.dealt])
        portions, counts, begin = [], [], 0
        for member, (start, stop) in enumerate(zip([0, *ends[:-1]], ends, strict=True)):
            own, shards = _within(kept, start, stop), [self.shards[n] for n in self.dealt[member]]
            end = begin + len(own)
            some = None if weights is None else weights[begin:end]
            chosen = None if self.kept is None else own
            portions.append(self.cluster.submit_at_home(member, joined, shards, chosen, some))
            counts.append(len(own))
            begin = end
        self.cluster.settle(portions, self.shards)
        self.shards = []
        return Members(self.cluster, self.kit, portions, counts)


class Members:
    """Who trains: the portion of each as a future, and how many rows it has."""

    def __init__(
        self, cluster: Cluster, kit: Future, portions: list[Future], counts: list[int]
    ) -> None:
        self.cluster, self.kit, self.portions, self.counts = cluster, kit, portions, counts
        self.ends = np.cumsum(counts)

    def __len__(self) -> int:
        return len(self.counts)

    def ask(self, work: Callable[..., Any], asked: dict[int, Any]) -> list[Any]:
        """What the work comes to for each of these members, with what it is asked."""
        return self.cluster.results(
            [
                self.cluster.submit(work, self.kit, self.portions[member], given)
                for member, given in asked.items()
            ]
        )

    def parts(self, numbers: Array) -> dict[int, Array]:
        """These rows of all, by the members that have some, as numbers within their portions."""
        owners = np.searchsorted(self.ends, numbers, side="right")
        starts = self.ends - self.counts
        return {int(m): numbers[owners == m] - starts[m] for m in np.unique(owners)}


def _within(numbers: Array, start: int, stop: int) -> Array:
    """Those of the sorted numbers that lie there, counted from `start`."""
    some: Array = numbers[slice(*np.searchsorted(numbers, (start, stop)))] - start
    return some
